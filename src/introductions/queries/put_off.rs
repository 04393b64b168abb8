//! SQL of introductions put off together with other lines of a day.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::IntroductionId;

/// Puts off those that are open and not put off further already. Returns how many were.
pub async fn put_off(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[IntroductionId],
    until: Date,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "update introductions set planned_on = $3, put_off_from = planned_on, put_off_at = $5
         where user_id = $1 and id = any($2) and status in ('possible', 'asked') and deleted_at is null
             and (planned_on is null or planned_on <= $4)",
        by.user_id() as _,
        &ids,
        Day(until) as _,
        Day(today) as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Gives those put off at the instant `at` their day back, save those moved again since. Returns how many were.
pub async fn take_back(db: impl PgExecutor<'_>, by: Owner, at: Timestamp, until: Date) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update introductions set planned_on = put_off_from, put_off_from = null, put_off_at = null
         where user_id = $1 and put_off_at = $2 and planned_on = $3 and deleted_at is null",
        by.user_id() as _,
        At(at) as _,
        Day(until) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
