//! How the next step is put off to a day or skipped with a reason, on a page or by a program.

use std::cmp::Ordering;

use jiff::civil::Date;
use sqlx::Connection;

use super::contact::NewTouchpoint;
use super::queries::before::{self as queries, Stands};
use super::record::{self, Recorded};
use super::wording::next_in_words;
use crate::accounts::acting::Acting;
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::text::Text;
use crate::web::words;

impl Stands {
    /// The step as it is shown on that day.
    fn step_on(&self, today: Date) -> Option<Step> {
        let next = self.next_step.map(|step| Next { step, due: self.next_due.map(|day| day.0) });
        next.map(|next| next.on(self.next_turns_on.map(|day| day.0), today).step)
    }
}

/// Puts the next step off to a day. Returns what was done, in words; nothing where the same form was sent before.
///
/// # Errors
/// Where there is no such contact or no step, and the database's.
pub async fn snooze(
    acting: &mut Acting<'_>,
    contact: ContactId,
    id: TouchpointId,
    until: Date,
) -> Result<Option<String>> {
    let new = NewTouchpoint { id, until: Some(until), ..NewTouchpoint::new(Kind::Snoozed, acting.today(), acting.now) };
    let refuse = |step: Option<Step>| match step {
        Some(_) => None,
        None => Some("There is no next step to snooze."),
    };
    set_aside(acting, contact, new, "Snoozed.", refuse).await
}

/// Skips the next step, with the reason why. Returns what was done, in words; nothing where the same form was sent before.
///
/// # Errors
/// Where there is no such contact or no step that can be skipped, and the database's.
pub async fn skip(
    acting: &mut Acting<'_>,
    contact: ContactId,
    id: TouchpointId,
    note: Text<2_000>,
) -> Result<Option<String>> {
    let new = NewTouchpoint { id, note: Some(note), ..NewTouchpoint::new(Kind::Dismissed, acting.today(), acting.now) };
    let refuse = |step: Option<Step>| match step {
        Some(step) if step.is_dismissable() => None,
        Some(_) => Some("A talk that has a date is held, moved or cancelled instead."),
        None => Some("There is no next step to skip."),
    };
    set_aside(acting, contact, new, "Skipped.", refuse).await
}

/// Why a step is due on another day than the one that was chosen.
fn why_moved(until: Date, due: Date, cadence: &Cadence, today: Date) -> Option<String> {
    let chosen = words::full_day(until, today);
    match due.cmp(&until) {
        Ordering::Equal => None,
        Ordering::Greater if cadence.holidays.contains(until) => {
            Some(format!(" You are off on {chosen}, so it moved."))
        }
        Ordering::Greater => Some(" It waits for the talk.".into()),
        Ordering::Less => Some(format!(" The talk comes before {chosen}.")),
    }
}

/// Adds what is done to a step, if there is one that takes it.
async fn set_aside(
    acting: &mut Acting<'_>,
    contact: ContactId,
    new: NewTouchpoint,
    said: &str,
    refuse: impl FnOnce(Option<Step>) -> Option<&'static str>,
) -> Result<Option<String>> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let stands = queries::stands(&mut *transaction, by, contact, new.id).await?.ok_or(Error::NotFound)?;
    if stands.again {
        return Ok(None);
    }
    if let Some(why_not) = refuse(stands.step_on(today)) {
        return Err(Error::Invalid(why_not.into()));
    }
    let recorded = record::record(&mut transaction, by, contact, &new, cadence, now).await?;
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(standing) => {
            let due = standing.on(today).and_then(|next| next.due);
            let moved =
                new.until.zip(due).and_then(|(until, due)| why_moved(until, due, cadence, today)).unwrap_or_default();
            Ok(Some(format!("{said} {}{moved}", next_in_words(&standing, today))))
        }
        Recorded::Again => Ok(None),
        Recorded::NoContact | Recorded::NothingToUndo => Err(Error::NotFound),
    }
}
