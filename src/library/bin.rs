//! Into the bin and out of it again.

use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::database::Restored;
use crate::error::{Error, Result};
use crate::ids::TemplateId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /templates/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<TemplateId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = queries::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/library").saying(format!("'{name}' is in the bin.")).undo(format!("/templates/{id}/restorations")))
}

/// `POST /templates/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<TemplateId>) -> Result<Done> {
    let by = visit.by;
    match queries::restore(visit.db(), by, id).await? {
        Restored::Yes(name) => Ok(Done::to(format!("/templates/{id}")).saying(format!("'{name}' is back."))),
        Restored::Taken => Ok(Done::to("/library")
            .saying("Another template has its name by now. Rename that one, then take this out of the bin.")),
        Restored::Gone => Err(Error::NotFound),
    }
}
