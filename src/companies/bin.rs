//! Into the bin and out of it again.

use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::database::Restored;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /companies/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<CompanyId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = queries::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/companies").saying(format!("{name} is in the bin.")).undo(format!("/companies/{id}/restorations")))
}

/// `POST /companies/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<CompanyId>) -> Result<Done> {
    let by = visit.by;
    match queries::restore(visit.db(), by, id).await? {
        Restored::Yes(back) => {
            let import = if back.import_is_undone { " It came with an import that you took back since." } else { "" };
            Ok(Done::to(format!("/companies/{id}")).saying(format!("{} is back.{import}", back.name)))
        }
        Restored::Taken => Ok(Done::to(format!("/companies/{id}/join"))),
        Restored::Gone => Err(Error::NotFound),
    }
}
