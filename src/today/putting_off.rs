//! How lines of a day are put off, of whatever kind, and taken back: with one press, or by a program.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Connection;

use super::lines::Sorted;
use crate::accounts::acting::Acting;
use crate::contacts::bulk;
use crate::interviews::queries::put_off as promises;
use crate::introductions::queries::put_off as introductions;
use crate::links::with_query;
use crate::openings::queries::next as openings;
use crate::playbook::event::Kind;
use crate::referrals::put_off as referrals;
use crate::referrals::queries::put_off as tasks;

/// Puts lines off until a day, each kind through its own room. Returns how many were put off: what is not due yet stays.
///
/// # Errors
/// Only the database's.
pub async fn put_off(acting: &mut Acting<'_>, lines: &Sorted, until: Date) -> sqlx::Result<u64> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let db = &mut *transaction;
    let contacts = bulk::put_off(&mut *db, by, &lines.contacts, until, cadence, today, now).await?;
    let asked = referrals::put_off(&mut *db, by, &lines.referrals, until, cadence, today, now).await?;
    let promised = promises::put_off(&mut *db, by, &lines.promises, until, today, now).await?;
    let agreed = tasks::put_off_tasks(&mut *db, by, &lines.tasks, until, today, now).await?;
    let opened = openings::put_off(&mut *db, by, &lines.openings, until, today, now).await?;
    let introduced = introductions::put_off(db, by, &lines.introductions, until, today, now).await?;
    transaction.commit().await?;
    Ok(contacts as u64 + asked as u64 + promised + agreed + opened + introduced)
}

/// The address that takes back what was put off at the instant `now`.
pub fn undo_of(now: Timestamp, until: Date, back: &str) -> String {
    let (at, day) = (now.as_microsecond().to_string(), until.to_string());
    with_query("/today/snoozes/undos", &[("at", &at), ("until", &day), ("back", back)])
}

/// Takes back what was put off at that instant until that day. Returns how many lines are back.
///
/// # Errors
/// Only the database's.
pub async fn take_back(acting: &mut Acting<'_>, at: Timestamp, until: Date) -> sqlx::Result<u64> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let db = &mut *transaction;
    let contacts = bulk::take_back(&mut *db, by, Kind::Snoozed, at, cadence, today, now).await?;
    let asked = referrals::take_back(&mut *db, by, at, until, cadence).await?;
    let promised = promises::take_back(&mut *db, by, at, until).await?;
    let agreed = tasks::take_back_tasks(&mut *db, by, at, until).await?;
    let opened = openings::take_back(&mut *db, by, at, until).await?;
    let introduced = introductions::take_back(db, by, at, until).await?;
    transaction.commit().await?;
    Ok(contacts as u64 + asked as u64 + promised + agreed + opened + introduced)
}
