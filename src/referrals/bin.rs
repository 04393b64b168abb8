//! Into the bin and out of it again.

use axum::response::{IntoResponse, Response};

use super::queries::{self, Written};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ReferralId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /referrals/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<ReferralId>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    if !queries::delete(visit.db(), by, id, now).await? {
        return Err(Error::NotFound);
    }
    let done =
        Done::to("/referrals").saying("The referral is in the bin. What happened stays in the contact's history.");
    Ok(done.undo(format!("/referrals/{id}/restorations")).into_response())
}

/// `POST /referrals/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ReferralId>) -> Result<Response> {
    let by = visit.by;
    match queries::restore(visit.db(), by, id).await? {
        Some(Written::Yes | Written::Again) => {
            Ok(Done::to(format!("/referrals/{id}")).saying("The referral is back.").into_response())
        }
        Some(Written::Taken) => {
            let text = "It stays in the bin: they have another referral for the same by now.";
            Ok(Done::to("/referrals").saying(text).into_response())
        }
        None => Err(Error::NotFound),
    }
}
