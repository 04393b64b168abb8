//! One thing done to several contacts with one press, and taken back with one. The instant of the press holds them together.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::contact::NewTouchpoint;
use super::queries::bulk as queries;
use super::record::{Recorded, record};
use crate::access::Owner;
use crate::ids::ContactId;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;

/// Puts off the next step of those contacts that are due by `today`. Run it inside a transaction. Returns how many were.
pub async fn put_off(
    db: &mut PgConnection,
    by: Owner,
    ids: &[ContactId],
    until: Date,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let due = queries::due(&mut *db, by, ids, today).await?;
    for contact in &due {
        let new = NewTouchpoint { until: Some(until), ..NewTouchpoint::new(Kind::Snoozed, today, now) };
        record(&mut *db, by, *contact, &new, cadence, now).await?;
    }
    Ok(due.len())
}

/// Moves on from those contacts that do not rest yet, with the door open. Run it inside a transaction. Returns how many it were.
pub async fn move_on(
    db: &mut PgConnection,
    by: Owner,
    ids: &[ContactId],
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let awake = queries::awake(&mut *db, by, ids).await?;
    for contact in &awake {
        record(&mut *db, by, *contact, &NewTouchpoint::new(Kind::MovedOn, today, now), cadence, now).await?;
    }
    Ok(awake.len())
}

/// Takes back what of that kind was written at the instant `at`. Run it inside a transaction. Returns how many lines were taken back.
pub async fn take_back(
    db: &mut PgConnection,
    by: Owner,
    kind: Kind,
    at: Timestamp,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let mut taken_back = 0;
    for line in queries::written_at(&mut *db, by, kind, at).await? {
        let undoing = NewTouchpoint::undoing(line.id, today, now);
        let recorded = record(&mut *db, by, line.contact, &undoing, cadence, now).await?;
        taken_back += usize::from(matches!(recorded, Recorded::Yes(_)));
    }
    Ok(taken_back)
}
