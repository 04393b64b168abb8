//! Into the bin and out of it again.

use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::OpeningId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /openings/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<OpeningId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let title = queries::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/openings").saying(format!("{title} is in the bin.")).undo(format!("/openings/{id}/restorations")))
}

/// `POST /openings/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<OpeningId>) -> Result<Done> {
    let by = visit.by;
    let title = queries::restore(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/openings/{id}")).saying(format!("{title} is back.")))
}
