//! What the user does with a referral that is no event with the contact: withdrawn, reopened, put off, its outcome; and taking back.

use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Connection;

use super::queries;
use super::record::{self, Change};
use super::state::State;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ReferralId, TouchpointId};
use crate::playbook::referral::{Outcome, Status};
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::path::{Id, Ids};
use crate::web::words;

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackForm {
    pub(super) back: String,
}

/// The address to go back to, or else the referral's page.
pub(super) fn back_or_page(back: &str, id: ReferralId) -> String {
    own_path_or(back, format!("/referrals/{id}"))
}

/// The answer to a change that did not happen; `to` is where it would have led.
pub(super) async fn not_done(visit: &mut Visit<Owner>, change: Change, to: String) -> Result<Response> {
    match change {
        Change::Done(_) | Change::WayChanged(_) | Change::Again => Ok(Done::to(to).into_response()),
        Change::Refused(status) => {
            let text = format!("Nothing was changed: this referral is at '{}' by now.", status.label());
            Ok(Done::to(to).saying(text).into_response())
        }
        Change::NoWay => Err(Error::Invalid("Choose how they referred you.".into())),
        Change::Taken(state) => {
            let by = visit.by;
            let live = queries::live(visit.db(), by, state.contact, state.company, state.opening).await?;
            let to = live.map_or(to, |id| format!("/referrals/{id}"));
            Ok(Done::to(to)
                .saying("Nothing was changed: they already have this referral for the same opening.")
                .into_response())
        }
        Change::Gone => Err(Error::NotFound),
    }
}

/// Whatever the status.
fn always(_: &State) -> bool {
    true
}

/// Whether the user's name is in.
pub(super) fn is_made(state: &State) -> bool {
    state.status == Status::Made
}

/// Changes the state in a transaction of its own, and answers with what `done` says, given what `edit` returned; where the state
/// is one that `may` not be changed so, that it cannot be. `edit` leaves such a state as it is.
pub(super) async fn change<T: Default>(
    mut visit: Visit<Owner>,
    id: ReferralId,
    to: String,
    may: fn(&State) -> bool,
    edit: impl FnOnce(&mut State) -> T,
    done: impl FnOnce(Done, T) -> Done,
) -> Result<Response> {
    let (by, cadence) = (visit.by, visit.person.preferences.cadence.clone());
    let mut told = T::default();
    let mut transaction = visit.db().begin().await?;
    let changed = record::change(&mut transaction, by, id, &cadence, |state| told = edit(state)).await?;
    let Change::Done(state) = changed else {
        transaction.rollback().await?;
        return not_done(&mut visit, changed, to).await;
    };
    transaction.commit().await?;
    if !may(&state) {
        return not_done(&mut visit, Change::Refused(state.status), to).await;
    }
    Ok(done(Done::to(to), told).into_response())
}

/// `POST /referrals/{id}/withdrawals`
pub async fn withdraw(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<BackForm>) -> Result<Response> {
    let today = visit.today();
    let edit = |state: &mut State| {
        if state.status != Status::Withdrawn {
            state.withdraw(today);
        }
    };
    change(visit, id, back_or_page(&form.back, id), always, edit, |done, ()| {
        done.saying("Withdrawn.").undo(format!("/referrals/{id}/reopenings"))
    })
    .await
}

/// `POST /referrals/{id}/reopenings`
pub async fn reopen(visit: Visit<Owner>, Id(id): Id<ReferralId>) -> Result<Response> {
    let to = format!("/referrals/{id}");
    change(visit, id, to, always, State::reopen, |done, ()| done.saying("Open again, where it was.")).await
}

/// What came of it; nothing takes an earlier outcome back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OutcomeForm {
    outcome: String,
    back: String,
}

/// `POST /referrals/{id}/outcomes`; the address may carry the outcome, for taking one back.
pub async fn set_outcome(
    visit: Visit<Owner>,
    Id(id): Id<ReferralId>,
    Query(query): Query<OutcomeForm>,
    Form(form): Form<OutcomeForm>,
) -> Result<Response> {
    let word = if form.outcome.is_empty() { &query.outcome } else { &form.outcome };
    let outcome: Option<Outcome> = match word.as_str() {
        "" | "none" => None,
        word => Some(word.parse().map_err(|_| Error::Invalid("Choose an outcome from the list.".into()))?),
    };
    let today = visit.today();
    let edit = |state: &mut State| {
        let before = state.outcome;
        if state.status == Status::Made {
            state.set_outcome(outcome, today);
        }
        before
    };
    let done = |done: Done, before: Option<Outcome>| {
        let text = outcome
            .map_or("No outcome yet.".to_owned(), |outcome| format!("Outcome: {}.", outcome.label().to_lowercase()));
        let undo = format!("/referrals/{id}/outcomes?outcome={}", before.map_or("none", Outcome::as_str));
        done.saying(text).undo(undo)
    };
    change(visit, id, back_or_page(&form.back, id), is_made, edit, done).await
}

/// The day a step is put off to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SnoozeForm {
    until: String,
    back: String,
}

/// `POST /referrals/{id}/snoozes`; the address may carry the day, for taking one back.
pub async fn snooze(
    mut visit: Visit<Owner>,
    Id(id): Id<ReferralId>,
    Query(query): Query<SnoozeForm>,
    Form(form): Form<SnoozeForm>,
) -> Result<Response> {
    let (by, today, cadence) = (visit.by, visit.today(), visit.person.preferences.cadence.clone());
    let until = match form.until.as_str() {
        "" if query.until == "none" => None,
        "" => Some(day_to_come(&query.until, None)?),
        typed => Some(day_to_come(typed, Some(today))?),
    };
    let to = back_or_page(&form.back, id);
    let mut before = None;
    let mut transaction = visit.db().begin().await?;
    let changed = record::change(&mut transaction, by, id, &cadence, |state| {
        before = state.planned_on;
        state.planned_on = until;
    })
    .await?;
    let Change::Done(state) = changed else {
        transaction.rollback().await?;
        return not_done(&mut visit, changed, to).await;
    };
    transaction.commit().await?;
    let text = match state.next(&cadence).and_then(|next| next.due) {
        Some(due) => format!("Due {}.", words::day(due, today)),
        None => "Nothing is planned.".to_owned(),
    };
    let undo = format!("/referrals/{id}/snoozes?until={}", before.map_or("none".to_owned(), |day| day.to_string()));
    Ok(Done::to(to).saying(text).undo(undo).into_response())
}

/// Reads a day within the next two years; `after` is today, unless an earlier choice is put back.
fn day_to_come(text: &str, after: Option<Date>) -> Result<Date> {
    let day: Date =
        text.parse().map_err(|_| Error::Invalid("Write the date as year-month-day, like 2026-11-24.".into()))?;
    let within = after.is_none_or(|today| day > today && words::days_between(today, day) <= 730);
    if within && (1970..=9000).contains(&day.year()) {
        Ok(day)
    } else {
        Err(Error::Invalid("Snooze it to a day after today, within two years.".into()))
    }
}

/// `POST /referrals/{id}/touchpoints/{touchpoint}/undos`
pub async fn undo(mut visit: Visit<Owner>, Ids(id, touchpoint): Ids<ReferralId, TouchpointId>) -> Result<Response> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let to = format!("/referrals/{id}");
    let mut transaction = visit.db().begin().await?;
    let changed = record::take_back(&mut transaction, by, id, touchpoint, &cadence, today, now).await?;
    if !matches!(changed, Change::Done(_)) {
        transaction.rollback().await?;
        return not_done(&mut visit, changed, to).await;
    }
    transaction.commit().await?;
    Ok(Done::to(to).saying("Undone.").into_response())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_step_is_put_off_to_a_day_that_comes() {
        let today = date(2026, 11, 24);
        assert!(day_to_come("2026-11-25", Some(today)).is_ok());
        assert!(day_to_come("2026-11-24", Some(today)).is_err());
        assert!(day_to_come("2029-11-24", Some(today)).is_err());
        assert!(day_to_come("tomorrow", Some(today)).is_err());
        assert!(day_to_come("2026-11-01", None).is_ok(), "an earlier choice may be put back");
        assert!(day_to_come("-009999-01-01", None).is_err());
    }
}
