//! SQL of promises put off together.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::ActionItemId;

/// Puts off those promises that are due by `today`, and keeps the day each had. Returns how many were.
pub async fn put_off(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[ActionItemId],
    until: Date,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "update action_items set due_on = $3, put_off_from = due_on, put_off_at = $5, version = version + 1
         where user_id = $1 and id = any($2) and due_on <= $4 and done_at is null and dismissed_at is null and deleted_at is null",
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

/// Gives the promises put off at the instant `at` their day back, save those moved again since. Returns how many were.
pub async fn take_back(db: impl PgExecutor<'_>, by: Owner, at: Timestamp, until: Date) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update action_items set due_on = put_off_from, put_off_from = null, put_off_at = null, version = version + 1
         where user_id = $1 and put_off_at = $2 and due_on = $3 and deleted_at is null",
        by.user_id() as _,
        At(at) as _,
        Day(until) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
