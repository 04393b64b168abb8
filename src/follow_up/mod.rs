//! Following up: the settings whose change re-plans what is open (goals, intervals, days off), and being away.
//!
//! They are stored with the other settings, in `accounts`; this room stands above `contacts` and
//! `referrals`, because next steps move with them.

pub mod days_off;
pub mod form;
pub mod leaving;
pub mod moves;
pub mod queries;
pub mod replan;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::accounts::settings::queries as settings;
use crate::contacts::record as contacts;
use crate::playbook::cadence::Cadence;
use crate::referrals::record as referrals;
use moves::Moved;
use replan::{Cause, Move};

/// Stores preferences whose cadence was `before`, plans the open next steps anew where that changed, and keeps what moved for
/// the page that tells it; `also` is what moved besides. Run it inside the transaction that locked them.
///
/// # Errors
/// The database's.
pub async fn store(
    db: &mut PgConnection,
    by: Owner,
    before: &Cadence,
    preferences: &Preferences,
    (cause, also): (Cause, Vec<Move>),
    now: Timestamp,
) -> sqlx::Result<Moved> {
    settings::store(&mut *db, by, preferences).await?;
    let mut moved = Vec::new();
    if preferences.cadence != *before {
        let cadence = &preferences.cadence;
        moved.extend(contacts::replan_all(&mut *db, by, cadence).await?.into_iter().map(Move::of_step));
        moved.extend(referrals::replan_all(&mut *db, by, before, cadence).await?.into_iter().map(Move::of_referral));
    }
    moved.extend(also);
    // By the day they lie on now; what has none any more stands last.
    moved.sort_by_key(|moved| (moved.now.is_none(), moved.now, moved.was));
    queries::keep(db, by, cause, &moved, now).await?;
    Ok(Moved { count: moved.len() })
}

/// What is over is forgotten.
pub fn forget_past(preferences: &mut Preferences, today: Date) {
    preferences.aways.retain(|away| !away.is_over(today));
}
