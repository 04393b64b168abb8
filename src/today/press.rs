//! One press on a line of Today from elsewhere: done, or put off to the next day. It writes what the line's own buttons write.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::items::{Action, Item};
use super::lines::{Sorted, TodayLine};
use super::putting_off::{put_off_within, undo_of};
use crate::access::Owner;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self as contacts, Recorded};
use crate::ids::{OpeningChangeId, ReferralTaskId};
use crate::interviews::queries::learned;
use crate::introductions::record as introductions;
use crate::links::with_query;
use crate::openings::queries::{self as openings, Change, next};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::introduction;
use crate::referrals::queries::tasks;
use crate::referrals::record as referrals;
use crate::referrals::state::Move;
use crate::text::Text;

/// Where a press leads back to.
const TODAY: &str = "/";

/// When a press happens, and what decides what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The civil date where the person is.
    pub today: Date,
    /// The instant.
    pub now: Timestamp,
    /// The intervals of their search.
    pub cadence: &'a Cadence,
}

impl Moment<'_> {
    /// The day to which one press puts off.
    pub fn later(&self) -> Date {
        self.cadence.on_or_after(self.today.saturating_add(1.day()))
    }
}

/// What tells a line's step from every other the line may have: whoever saw this one presses on no other.
pub fn state(item: &Item) -> String {
    let step = match &item.action {
        Action::Contact { done_as, .. } => format!("{} {} {}", item.verb, done_as.unwrap_or_default(), item.due),
        Action::Promise(_) | Action::Task(_) | Action::Opening(_) => {
            format!("{} {} {}", item.verb, item.line, item.due)
        }
        Action::Referral(_, done_by) => format!("{} {done_by} {}", item.verb, item.due),
        // One that can wait is due anew each day.
        Action::Introduction(_, done_by) => (*done_by).to_owned(),
        Action::There(name) => (*name).to_owned(),
    };
    let digest = Sha256::digest(format!("{} {step}", item.key()));
    data_encoding::HEXLOWER.encode(digest.get(..8).unwrap_or_default())
}

/// Whether one press says all there is to say.
pub fn can_be_done(item: &Item) -> bool {
    match &item.action {
        Action::Contact { done_as, .. } => done_as.is_some(),
        // How they referred is to be said.
        Action::Referral(_, done_by) => *done_by != "makings",
        Action::There(_) => false,
        _ => true,
    }
}

/// Does what the line says. Run it inside a transaction, and commit only what was done. Returns the address that takes it back;
/// nothing where it could not be done.
///
/// # Errors
/// Only the database's.
pub async fn done(db: &mut PgConnection, by: Owner, item: &Item, at: Moment<'_>) -> sqlx::Result<Option<String>> {
    let Moment { today, now, cadence } = at;
    match &item.action {
        Action::Contact { id, done_as, .. } => {
            let Some(kind) = done_as.and_then(|word| word.parse::<Kind>().ok()) else { return Ok(None) };
            let new = NewTouchpoint::new(kind, today, now);
            let recorded = contacts::record(db, by, *id, &new, cadence, now).await?;
            let undo = format!("/contacts/{id}/touchpoints/{}/undos", new.id);
            Ok(matches!(recorded, Recorded::Yes(_)).then(|| with_query(&undo, &[("back", TODAY)])))
        }
        Action::Promise(id) => {
            let was = learned::set_done(db, by, *id, Some(now)).await?;
            let undo = format!("/action-items/{id}/done-marks");
            Ok(was.map(|_| with_query(&undo, &[("done", "false"), ("back", TODAY)])))
        }
        Action::Task(id) => {
            let Some((referral, _)) = tasks::set_done(&mut *db, by, ReferralTaskId(*id), Some(now)).await? else {
                return Ok(None);
            };
            referrals::tasks_changed(db, by, referral, today, cadence).await?;
            Ok(Some(format!("/referral-tasks/{id}/done-marks/undos")))
        }
        Action::Referral(id, done_by) => {
            let taken = match *done_by {
                "asks" => Move::Ask,
                "reminders" => Move::Remind,
                "tellings" => Move::Tell,
                _ => return Ok(None),
            };
            let line = NewTouchpoint::new(taken.kind(), today, now);
            let touchpoint = line.id;
            let change = referrals::take(db, by, *id, taken, line, cadence, now).await?;
            let is_done = matches!(change, referrals::Change::Done(_));
            Ok(is_done.then(|| format!("/referrals/{id}/touchpoints/{touchpoint}/undos")))
        }
        Action::Introduction(id, done_by) => {
            let taken = match *done_by {
                "asks" => introduction::Move::Ask,
                "reminders" => introduction::Move::Remind,
                _ => return Ok(None),
            };
            let line = NewTouchpoint::new(taken.of_introduced().unwrap_or(Kind::Wrote), today, now);
            let touchpoint = line.id;
            let change = introductions::take(db, by, *id, taken, line, cadence, now).await?;
            let is_done = matches!(change, introductions::Change::Done(_));
            Ok(is_done.then(|| format!("/introductions/{id}/touchpoints/{touchpoint}/undos")))
        }
        Action::Opening(id) => {
            let Some(held) = openings::lock(&mut *db, by, *id).await? else { return Ok(None) };
            let Some((step, on)) = next::take(&mut *db, by, *id).await? else { return Ok(None) };
            let note = Text::parse(&format!("Done: {step}")).ok();
            let change = Change { id: OpeningChangeId::new(), status: held.status, on: today, note };
            openings::insert_change(db, by, *id, &change, now).await?;
            let on = on.map(|on| on.to_string()).unwrap_or_default();
            let undo = format!("/openings/{id}/next-steps/undos");
            let parameters = [("change", &*change.id.to_string()), ("step", &step), ("on", &on), ("back", TODAY)];
            Ok(Some(with_query(&undo, &parameters)))
        }
        Action::There(_) => Ok(None),
    }
}

/// Puts the line off to the next working day. Run it inside a transaction. Returns the address that takes it back; nothing where
/// it cannot wait.
///
/// # Errors
/// Only the database's.
pub async fn later(db: &mut PgConnection, by: Owner, item: &Item, at: Moment<'_>) -> sqlx::Result<Option<String>> {
    let Ok(line) = item.key().parse::<TodayLine>() else { return Ok(None) };
    let (lines, until) = (Sorted::from_iter([line]), at.later());
    let count = put_off_within(db, by, &lines, until, at.cadence, at.today, at.now).await?;
    Ok((count == 1).then(|| undo_of(at.now, until, TODAY)))
}
