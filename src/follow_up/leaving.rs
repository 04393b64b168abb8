//! Going away, back early, and not going after all: each changes the days off and what is due in one transaction.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Connection, PgConnection};

use super::moves::Moved;
use super::replan::{Cause, Move};
use crate::access::Owner;
use crate::accounts::settings::queries as settings;
use crate::interviews::queries::away as promises;
use crate::playbook::away::Away;
use crate::referrals::queries::away as tasks;

/// The most stretches that are kept ahead.
const MOST: usize = 20;

/// Why nobody can go away then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The stretch meets another.
    #[error("You're already away then: end that first, or choose other days")]
    Meets,
    /// Too many days off.
    #[error("At most 400 days off are kept; remove holidays that are over")]
    TooManyDays,
    /// Too many stretches.
    #[error("You can plan 20 times off ahead at most")]
    TooMany,
}

/// The user goes away.
///
/// # Errors
/// The database's; a refusal says why in words.
pub async fn begin(
    db: &mut PgConnection,
    by: Owner,
    (from, to, word): (Date, Date, String),
    today: Date,
    now: Timestamp,
) -> sqlx::Result<Result<(Away, Moved), Refused>> {
    let mut transaction = db.begin().await?;
    let stored = settings::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    super::forget_past(&mut preferences, today);
    // Sent twice, the form goes away once.
    if let Some(same) = preferences.aways.iter().find(|away| (away.from, away.to) == (from, to)) {
        return Ok(Ok((same.clone(), Moved { count: 0 })));
    }
    if preferences.aways.iter().any(|away| away.meets(from, to)) {
        return Ok(Err(Refused::Meets));
    }
    if preferences.aways.len() >= MOST {
        return Ok(Err(Refused::TooMany));
    }
    let Ok(away) = Away::begin(from, to, word, &mut preferences.cadence) else {
        return Ok(Err(Refused::TooManyDays));
    };
    preferences.aways.push(away.clone());
    preferences.aways.sort_by_key(|away| away.from);
    let mut also: Vec<Move> =
        promises::leave(&mut *transaction, by, &away).await?.into_iter().map(Move::of_promise).collect();
    also.extend(tasks::leave(&mut *transaction, by, &away).await?.into_iter().map(Move::of_task));
    let change = (Cause::Away, also);
    let moved = super::store(&mut transaction, by, &stored.preferences.cadence, &preferences, change, now).await?;
    transaction.commit().await?;
    Ok(Ok((away, moved)))
}

/// How a time away ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Back early: the days that are over stay days off, and nothing is due before today.
    Back,
    /// Not gone at all: everything as if it had never been said.
    Cancelled,
}

/// Ends the time away that begins on `from`; nothing if there is none.
///
/// # Errors
/// The database's.
pub async fn end(
    db: &mut PgConnection,
    by: Owner,
    from: Date,
    how: End,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<Option<(Away, Moved)>> {
    let mut transaction = db.begin().await?;
    let stored = settings::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    let Some(at) = preferences.aways.iter().position(|away| away.from == from) else { return Ok(None) };
    let away = preferences.aways.remove(at);
    super::forget_past(&mut preferences, today);
    let day = match how {
        End::Back => today.max(away.from),
        End::Cancelled => away.from,
    };
    away.end(day, &mut preferences.cadence);
    let floor = match how {
        End::Back => preferences.cadence.on_or_after(day),
        End::Cancelled => day,
    };
    let mut also: Vec<Move> =
        promises::come_back(&mut *transaction, by, &away, floor).await?.into_iter().map(Move::of_promise).collect();
    also.extend(tasks::come_back(&mut *transaction, by, &away, floor).await?.into_iter().map(Move::of_task));
    let change = (Cause::Away, also);
    let moved = super::store(&mut transaction, by, &stored.preferences.cadence, &preferences, change, now).await?;
    transaction.commit().await?;
    Ok(Some((away, moved)))
}
