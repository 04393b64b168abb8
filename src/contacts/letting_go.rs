//! How long contacts are kept: until a day of their own, for good, or as the settings say. Whoever was kept long enough is named
//! on Today, and goes to the bin thirty days later.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::queries::retention::{self as queries, Rule};
use super::record;
use crate::access::Owner;
use crate::playbook::cadence::Cadence;

/// Days between the reminder and the bin.
pub const NOTICE: i32 = 30;

/// Notes who of an account was kept long enough, and puts those in the bin whose day has come. Returns how many went. Run it
/// inside a transaction.
pub async fn keep_to_it(
    db: &mut PgConnection,
    by: Owner,
    months: Option<u16>,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<usize> {
    queries::mark(&mut *db, by, Rule { today, months, notice: NOTICE }).await?;
    let gone = queries::let_go(&mut *db, by, today, now).await?;
    record::replan_beside(db, by, &gone, cadence).await?;
    Ok(gone.len())
}
