//! Into the bin and out of it again.

use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /documents/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<DocumentId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = queries::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/documents").saying(format!("{name} is in the bin.")).undo(format!("/documents/{id}/restorations")))
}

/// `POST /documents/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<DocumentId>) -> Result<Done> {
    let by = visit.by;
    let name = queries::restore(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/documents/{id}")).saying(format!("{name} is back.")))
}
