//! Several referrals put off with one press, and given their plan back as easily.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::queries::put_off as queries;
use super::record::{self, Change};
use crate::access::Owner;
use crate::ids::ReferralId;
use crate::playbook::cadence::Cadence;

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
