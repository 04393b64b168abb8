//! Goals and pace: the settings whose change re-plans what is open.
//!
//! They are stored with the other settings, in `accounts`; this room stands above `contacts` and
//! `referrals`, because next steps move with them.

pub mod days_off;
pub mod form;
pub mod holidays;
pub mod pages;

use sqlx::PgConnection;

use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::accounts::settings::queries;
use crate::contacts::record as contacts;
use crate::playbook::cadence::Cadence;
use crate::referrals::record as referrals;
use crate::web::words;

/// Stores preferences whose cadence was `before`, and plans the open next steps anew where that changed. Says so in words.
/// Run it inside the transaction that locked them.
///
/// # Errors
/// The database's.
pub async fn store(
    db: &mut PgConnection,
    by: Owner,
    before: &Cadence,
    preferences: &Preferences,
) -> sqlx::Result<String> {
    queries::store(&mut *db, by, preferences).await?;
    let moved = match preferences.cadence == *before {
        true => 0,
        false => {
            let contacts = contacts::replan_all(&mut *db, by, &preferences.cadence).await?;
            contacts + referrals::replan_all(db, by, before, &preferences.cadence).await?
        }
    };
    Ok(match moved {
        0 => "Saved.".into(),
        n => format!("Saved. {} moved to other days.", words::count(n as i64, "next step", "next steps")),
    })
}
