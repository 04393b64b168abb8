//! Several referrals put off with one press, and the news a referrer is not told of. Both are taken back as easily.

use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::actions::{BackForm, back_or_page, change, is_made};
use super::queries::put_off as queries;
use super::record::{self, Change};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::ReferralId;
use crate::links::with_query;
use crate::playbook::cadence::Cadence;
use crate::playbook::referral::Status;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;

/// Puts off the next step of those referrals that are due by `today`. Run it inside a transaction. Returns how many were.
pub async fn put_off(
    db: &mut PgConnection,
    by: Owner,
    ids: &[ReferralId],
    until: Date,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let mut put_off = 0;
    for &id in ids {
        let mut before = None;
        let changed = record::change(&mut *db, by, id, cadence, |state| {
            if state.next(cadence).and_then(|next| next.due).is_some_and(|due| due <= today) {
                before = Some(state.planned_on);
                state.planned_on = Some(until);
            }
        })
        .await?;
        if let (Some(from), Change::Done(_)) = (before, changed) {
            queries::note(&mut *db, by, id, from, now).await?;
            put_off += 1;
        }
    }
    Ok(put_off)
}

/// Gives the referrals put off at the instant `at` their plan back, save those moved again since. Run it inside a transaction.
pub async fn take_back(
    db: &mut PgConnection,
    by: Owner,
    at: Timestamp,
    until: Date,
    cadence: &Cadence,
) -> sqlx::Result<usize> {
    let mut taken_back = 0;
    for (id, from) in queries::forget(&mut *db, by, at).await? {
        record::change(&mut *db, by, id, cadence, |state| {
            if state.planned_on == Some(until) {
                state.planned_on = from;
                taken_back += 1;
            }
        })
        .await?;
    }
    Ok(taken_back)
}

/// `POST /referrals/{id}/dismissals`: what has happened so far need not be told; the next change asks again.
pub async fn let_go(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<BackForm>) -> Result<Response> {
    let now = visit.now;
    let undo = with_query(&format!("/referrals/{id}/dismissal-withdrawals"), &[("back", &form.back)]);
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

/// `POST /referrals/{id}/dismissal-withdrawals`
pub async fn take_up(visit: Visit<Owner>, Id(id): Id<ReferralId>, Query(form): Query<BackForm>) -> Result<Response> {
    let said = |done: Done, ()| done.saying("There is something to tell again.");
    change(visit, id, back_or_page(&form.back, id), is_made, |state| state.let_go_at = None, said).await
}
