//! What became of a talk: held, cancelled, not taken place; said on a page or by a program, and taken back.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::accounts::reminding;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self, Recorded};
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::interviews::kinds::Outcome;
use crate::interviews::queries::changes::{self, Afterwards, Before};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::talk::Status;

/// What a form says became of a talk, and when it is said.
pub struct Said<'a> {
    /// What became of it.
    pub outcome: Outcome,
    /// How it went, where the form speaks of it.
    pub afterwards: Option<Afterwards>,
    /// Which state of the talk the form was drawn from.
    pub version: i32,
    /// The user's zone.
    pub zone: TimeZone,
    /// The user's day.
    pub today: Date,
    /// The instant.
    pub now: Timestamp,
    /// By which days steps follow.
    pub cadence: &'a Cadence,
}

/// What came of noting an outcome.
pub struct Noted {
    /// With whom the talk was.
    pub contact: ContactId,
    /// The day of the talk; today, for one that was to come.
    pub on: Date,
    /// Nobody had said so before.
    pub is_news: bool,
}

/// Notes what became of a talk; nothing where someone saved meanwhile. Run it inside a transaction.
///
/// # Errors
/// Where there is no such talk, and the database's.
pub async fn note(db: &mut PgConnection, by: Owner, id: InterviewId, said: &Said<'_>) -> Result<Option<Noted>> {
    let Said { outcome, today, now, cadence, .. } = *said;
    let before = changes::lock(&mut *db, by, id).await?.ok_or(Error::NotFound)?;
    if said.afterwards.is_some() && before.version != said.version {
        return Ok(None);
    }
    let talk_on = said.zone.to_datetime(before.starts_at.0).date();
    let is_news = before.status != outcome.status();
    if is_news {
        let on = day_of(&mut *db, by, &before, outcome, talk_on, today).await?;
        take_back_outcome(&mut *db, by, id, &before, cadence, today, now).await?;
        changes::set_status(&mut *db, by, id, outcome.status(), now).await?;
        let touchpoint = NewTouchpoint { interview: Some(id), ..NewTouchpoint::new(outcome.kind(), on, now) };
        told(record::record(&mut *db, by, before.contact_id, &touchpoint, cadence, now).await?)?;
    }
    if let Some(afterwards) = &said.afterwards {
        changes::set_afterwards(&mut *db, by, id, afterwards).await?;
    }
    Ok(Some(Noted { contact: before.contact_id, on: talk_on.min(today), is_news }))
}

/// Where an outcome leads, and what is said of it.
pub fn answer(id: InterviewId, said: &Said<'_>) -> (String, &'static str) {
    match (said.outcome, &said.afterwards) {
        (Outcome::Held, None) => (format!("/interviews/{id}/wrap-up"), "Noted: the talk took place."),
        (Outcome::Held, Some(_)) => (format!("/interviews/{id}/wrap-up"), "Saved."),
        (Outcome::Cancelled, _) => {
            (format!("/interviews/{id}"), "The talk is cancelled. Agree on another time when you like.")
        }
        (Outcome::NoShow, _) => (format!("/interviews/{id}"), "Noted. It happens; offer another time."),
    }
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
    now: Timestamp,
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

/// Takes back what was said of a talk: it is to come again. Run it inside a transaction.
pub async fn withdraw(
    db: &mut PgConnection,
    by: Owner,
    id: InterviewId,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> Result<()> {
    let before = changes::lock(&mut *db, by, id).await?.ok_or(Error::NotFound)?;
    if before.status != Status::Scheduled {
        take_back_outcome(&mut *db, by, id, &before, cadence, today, now).await?;
        changes::set_status(&mut *db, by, id, Status::Scheduled, now).await?;
        reminding::talks_changed(&mut *db, by, now).await?;
    }
    Ok(())
}

/// That the line is there; a contact that is gone has none.
///
/// # Errors
/// Where there is no such contact.
pub fn told(recorded: Recorded) -> Result<()> {
    match recorded {
        Recorded::NoContact => Err(Error::NotFound),
        _ => Ok(()),
    }
}
