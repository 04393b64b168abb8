//! A document that was sent is taken off the page of where it went, and put on it again.

use super::queries::sent::set_unsent;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::SentDocumentId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /sent-documents/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<SentDocumentId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let to = set_unsent(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(to.address()).saying("Removed.").undo(format!("/sent-documents/{id}/restorations")))
}

/// `POST /sent-documents/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<SentDocumentId>) -> Result<Done> {
    let by = visit.by;
    let to = set_unsent(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(to.address()).saying("It is back."))
}
