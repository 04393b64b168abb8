//! Into the bin and out of it again.

use super::queries::{self, Written};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::IntroductionId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /introductions/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<IntroductionId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    if !queries::delete(visit.db(), by, id, now).await? {
        return Err(Error::NotFound);
    }
    let said = "The introduction is in the bin. What happened stays in both histories.";
    Ok(Done::to("/introductions").saying(said).undo(format!("/introductions/{id}/restorations")))
}

/// `POST /introductions/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<IntroductionId>) -> Result<Done> {
    let by = visit.by;
    match queries::restore(visit.db(), by, id).await? {
        Some(Written::Yes | Written::Again) => {
            Ok(Done::to(format!("/introductions/{id}")).saying("The introduction is back."))
        }
        Some(Written::Taken) => {
            Ok(Done::to("/introductions")
                .saying("It stays in the bin: an introduction of the same two was added since."))
        }
        None => Err(Error::NotFound),
    }
}
