//! Into the bin and out of it again.

use super::binning;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::database::Restored;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /contacts/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let name = binning::delete(&mut visit.acting(), id).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/contacts").saying(format!("{name} is in the bin.")).undo(format!("/contacts/{id}/restorations")))
}

/// `POST /contacts/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    match binning::restore(&mut visit.acting(), id).await? {
        Restored::Yes(back) => Ok(Done::to(format!("/contacts/{id}")).saying(said(&back.name, back.import_is_undone))),
        Restored::Taken => Ok(Done::to(join_path(id))),
        Restored::Gone => Err(Error::NotFound),
    }
}

/// Where someone in the bin is joined with whoever was added since under the same profile.
pub(super) fn join_path(id: ContactId) -> String {
    format!("/contacts/{id}/join")
}

fn said(name: &str, import_is_undone: bool) -> String {
    let import = if import_is_undone { " They came with an import that you took back since." } else { "" };
    format!("{name} is back.{import}")
}
