//! The news a referrer is not told of, and taking that back.

use axum::response::Response;

use super::actions::{BackForm, back_or_page, change, is_made};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::ReferralId;
use crate::links::with_query;
use crate::playbook::referral::Status;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;

/// `POST /referrals/{id}/dismissals`: what has happened so far need not be told; the next change asks again.
pub async fn let_go(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<BackForm>) -> Result<Response> {
    let now = visit.now;
    let undo = with_query(&format!("/referrals/{id}/dismissals/undos"), &[("back", &form.back)]);
    let said = |done: Done, ()| done.saying("Let go. The next change asks again.").undo(undo);
    change(
        visit,
        id,
        back_or_page(&form.back, id),
        is_made,
        |state| {
            if state.status == Status::Made {
                state.let_go_at = Some(now);
            }
        },
        said,
    )
    .await
}

/// `POST /referrals/{id}/dismissals/undos`
pub async fn undo(visit: Visit<Owner>, Id(id): Id<ReferralId>, Query(form): Query<BackForm>) -> Result<Response> {
    let said = |done: Done, ()| done.saying("There is something to tell again.");
    change(visit, id, back_or_page(&form.back, id), is_made, |state| state.let_go_at = None, said).await
}
