//! What became of a talk: held, cancelled, not taken place; prepared; and each of it taken back.

use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use sqlx::PgConnection;

use super::queries::changes::{self, Before};
use super::queries::talks;
use super::talk::Outcome;
use super::wrap_up::{self, WrapUpForm};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self, Recorded};
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::talk::Status;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// `POST /interviews/{id}/outcomes`: the outcome alone, or with how it went.
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(form): Form<WrapUpForm>,
) -> Result<Response> {
    use sqlx::Connection;
    let by = visit.by;
    let outcome: Outcome =
        form.status.parse().map_err(|_| Error::Invalid("The outcome is held, cancelled or no show.".into()))?;
    let afterwards = match form.afterwards() {
        Some(Err(errors)) => return wrap_up::again(visit, id, form, errors).await,
        Some(Ok(afterwards)) => Some(afterwards),
        None => None,
    };
    let now = visit.now;
    let zone = visit.person.zone.clone();
    let today = visit.today();
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if afterwards.is_some() && before.version != form.version {
        drop(transaction);
        return wrap_up::meanwhile(visit, id, form).await;
    }
    let is_news = before.status != outcome.status();
    if is_news {
        let on =
            day_of(&mut transaction, by, &before, outcome, zone.to_datetime(before.starts_at.0).date(), today).await?;
        take_back_outcome(&mut transaction, by, id, &before, &cadence, today, now).await?;
        changes::set_status(&mut *transaction, by, id, outcome.status(), now).await?;
        let touchpoint = NewTouchpoint { interview: Some(id), ..NewTouchpoint::new(outcome.kind(), on, now) };
        told(record::record(&mut transaction, by, before.contact_id, &touchpoint, &cadence, now).await?)?;
    }
    if let Some(afterwards) = &afterwards {
        changes::set_afterwards(&mut *transaction, by, id, afterwards).await?;
    }
    transaction.commit().await?;
    let (to, text) = match (outcome, &afterwards) {
        (Outcome::Held, None) => (format!("/interviews/{id}/wrap-up"), "Noted: the talk took place.".to_owned()),
        (Outcome::Held, Some(_)) => (format!("/interviews/{id}/wrap-up"), "Saved.".to_owned()),
        (Outcome::Cancelled, _) => {
            (format!("/interviews/{id}"), "The talk is cancelled. Agree on another time when you like.".to_owned())
        }
        (Outcome::NoShow, _) => (format!("/interviews/{id}"), "Noted. It happens; offer another time.".to_owned()),
    };
    let done = Done::to(to).saying(text);
    Ok(if is_news { done.undo(format!("/interviews/{id}/outcome-withdrawals")) } else { done }.into_response())
}

/// The day an outcome stands under in the history: the talk's own once it is past, but never before what led to the talk.
async fn day_of(
    db: &mut PgConnection,
    by: Owner,
    before: &Before,
    outcome: Outcome,
    talk_on: Date,
    today: Date,
) -> Result<Date> {
    if outcome == Outcome::Cancelled {
        return Ok(today);
    }
    let noted = changes::noted_until(db, by, before.contact_id).await?;
    Ok(talk_on.max(noted.unwrap_or(talk_on)).min(today))
}

/// Takes the last outcome back, if there is one.
async fn take_back_outcome(
    db: &mut PgConnection,
    by: Owner,
    id: InterviewId,
    before: &Before,
    cadence: &Cadence,
    today: Date,
    now: jiff::Timestamp,
) -> Result<()> {
    let happened = changes::happened(&mut *db, by, id).await?;
    let last = happened.iter().rev().find(|line| is_outcome(line.kind));
    if let Some(line) = last {
        let undo = NewTouchpoint { interview: Some(id), ..NewTouchpoint::undoing(line.id, today, now) };
        record::record(db, by, before.contact_id, &undo, cadence, now).await?;
    }
    Ok(())
}

/// Whether a line of the history says what became of a talk.
fn is_outcome(kind: Kind) -> bool {
    matches!(kind, Kind::Held | Kind::AnsweredInWriting | Kind::Cancelled | Kind::NoShow)
}

/// `POST /interviews/{id}/outcome-withdrawals`: the talk is to come again.
pub async fn withdraw(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if before.status != Status::Scheduled {
        take_back_outcome(&mut transaction, by, id, &before, &cadence, today, now).await?;
        changes::set_status(&mut *transaction, by, id, Status::Scheduled, now).await?;
        transaction.commit().await?;
    }
    Ok(Done::to(format!("/interviews/{id}")).saying("Taken back: the talk is scheduled again."))
}

/// `POST /interviews/{id}/preparations`
pub async fn prepare(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let talk = talks::find(&mut *transaction, by, id, false).await?.ok_or(Error::NotFound)?;
    let done = Done::to(format!("/interviews/{id}"));
    if talk.status != Status::Scheduled {
        return Ok(done.saying("This talk is over: there is nothing left to prepare."));
    }
    if !talk.prepared {
        let touchpoint = NewTouchpoint { interview: Some(id), ..NewTouchpoint::new(Kind::Prepared, today, now) };
        told(record::record(&mut transaction, by, talk.contact_id, &touchpoint, &cadence, now).await?)?;
        transaction.commit().await?;
    }
    Ok(done.saying("You are prepared.").undo(format!("/interviews/{id}/preparation-withdrawals")))
}

/// `POST /interviews/{id}/preparation-withdrawals`
pub async fn withdraw_preparation(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let happened = changes::happened(&mut *transaction, by, id).await?;
    if let Some(line) = happened.iter().rev().find(|line| line.kind == Kind::Prepared) {
        let undo = NewTouchpoint { interview: Some(id), ..NewTouchpoint::undoing(line.id, today, now) };
        record::record(&mut transaction, by, before.contact_id, &undo, &cadence, now).await?;
        transaction.commit().await?;
    }
    Ok(Done::to(format!("/interviews/{id}/prepare")).saying("Taken back: not prepared yet."))
}

fn told(recorded: Recorded) -> Result<()> {
    match recorded {
        Recorded::NoContact => Err(Error::NotFound),
        _ => Ok(()),
    }
}
