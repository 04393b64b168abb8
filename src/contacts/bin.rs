//! Into the bin and out of it again.

use super::queries::edit::{self as queries, Restored};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /contacts/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = queries::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/contacts").saying(format!("{name} is in the bin.")).undo(format!("/contacts/{id}/restorations")))
}

/// `POST /contacts/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let by = visit.by;
    match queries::restore(visit.db(), by, id).await? {
        Restored::Yes(back) => Ok(Done::to(format!("/contacts/{id}")).saying(said(&back.name, back.import_is_undone))),
        Restored::ProfileTaken => Ok(Done::to(format!("/contacts/{id}/join"))),
        Restored::Gone => Err(Error::NotFound),
    }
}

fn said(name: &str, import_is_undone: bool) -> String {
    let import = if import_is_undone { " They came with an import that you took back since." } else { "" };
    format!("{name} is back.{import}")
}
