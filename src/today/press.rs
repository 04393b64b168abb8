//! One press on a line of Today from elsewhere: done, or put off to the next day. It writes what the line's own buttons write.

use sha2::{Digest, Sha256};

use super::items::{Action, Item};
use super::lines::{Sorted, TodayLine};
use super::putting_off::{put_off, undo_of};
use crate::accounts::acting::Acting;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self as contacts, Recorded};
use crate::error::Result;
use crate::ids::{OpeningChangeId, ReferralTaskId};
use crate::interviews::queries::learned;
use crate::introductions::record as introductions;
use crate::links::with_query;
use crate::openings::record::step_done;
use crate::playbook::event::Kind;
use crate::playbook::introduction;
use crate::referrals::record::{self as referrals, set_task_done};
use crate::referrals::state::Move;

/// Where a press leads back to.
const TODAY: &str = "/";

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
        Action::There(about) => about.to_string(),
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
/// The database's, and where there is no such thing any more.
pub async fn done(acting: &mut Acting<'_>, item: &Item) -> Result<Option<String>> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    match &item.action {
        Action::Contact { id, done_as, .. } => {
            let Some(kind) = done_as.and_then(|word| word.parse::<Kind>().ok()) else { return Ok(None) };
            let new = NewTouchpoint::new(kind, today, now);
            let recorded = contacts::record(acting.db, by, *id, &new, cadence, now).await?;
            let undo = format!("/contacts/{id}/touchpoints/{}/undos", new.id);
            Ok(matches!(recorded, Recorded::Yes(_)).then(|| with_query(&undo, &[("back", TODAY)])))
        }
        Action::Promise(id) => {
            let was = learned::set_done(&mut *acting.db, by, *id, Some(now)).await?;
            let undo = format!("/action-items/{id}/done-marks");
            Ok(was.map(|_| with_query(&undo, &[("done", "false"), ("back", TODAY)])))
        }
        Action::Task(id) => {
            let task = set_task_done(acting, ReferralTaskId(*id), true).await?;
            Ok(task.map(|_| format!("/referral-tasks/{id}/done-marks/undos")))
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
            let change = referrals::take(acting.db, by, *id, taken, line, cadence, now).await?;
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
            let change = introductions::take(acting.db, by, *id, taken, line, cadence, now).await?;
            let is_done = matches!(change, introductions::Change::Done(_));
            Ok(is_done.then(|| format!("/introductions/{id}/touchpoints/{touchpoint}/undos")))
        }
        Action::Opening(id) => {
            let line = OpeningChangeId::new();
            let done = step_done(acting, *id, line).await?;
            Ok(done.map(|done| done.undo(*id, line, TODAY)))
        }
        Action::There(_) => Ok(None),
    }
}

/// Puts the line off to the next working day. Run it inside a transaction. Returns the address that takes it back; nothing where
/// it cannot wait.
///
/// # Errors
/// Only the database's.
pub async fn later(acting: &mut Acting<'_>, item: &Item) -> sqlx::Result<Option<String>> {
    let Ok(line) = item.key().parse::<TodayLine>() else { return Ok(None) };
    let (lines, until) = (Sorted::from_iter([line]), acting.cadence().next_day(acting.today()));
    let count = put_off(acting, &lines, until).await?;
    Ok((count == 1).then(|| undo_of(acting.now, until, TODAY)))
}
