//! SQL of an opening's next step.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::OpeningId;
use crate::openings::opening::Next;

/// Writes the next step, or that there is none; false if another version was saved meanwhile, or there is no such opening.
pub async fn set(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: OpeningId,
    version: i32,
    next: Option<&Next>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update openings set next_step = $4, next_on = $5, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        next.map(|next| next.step.as_str()),
        next.and_then(|next| next.on).map(Day) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the next step away, and tells it and its day; nothing if there is none.
pub async fn take(db: impl PgExecutor<'_>, by: Owner, id: OpeningId) -> sqlx::Result<Option<(String, Option<Date>)>> {
    let row = sqlx::query!(
        r#"update openings o set next_step = null, next_on = null, version = o.version + 1
           from (select next_step, next_on from openings where user_id = $1 and id = $2) b
           where o.user_id = $1 and o.id = $2 and o.deleted_at is null and b.next_step is not null
           returning b.next_step as "step!", b.next_on as "on: Day""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.step, row.on.map(|day| day.0))))
}

/// Writes a next step where none has come since.
pub async fn put_back(db: impl PgExecutor<'_>, by: Owner, id: OpeningId, next: &Next) -> sqlx::Result<()> {
    sqlx::query!(
        "update openings set next_step = $3, next_on = $4, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null and next_step is null",
        by.user_id() as _,
        id as _,
        next.step.as_str(),
        next.on.map(Day) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves the next step to another day, and tells the one before; nothing if there is no such step.
pub async fn move_to(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: OpeningId,
    on: Date,
) -> sqlx::Result<Option<Option<Date>>> {
    let row = sqlx::query!(
        r#"update openings o set next_on = $3, version = o.version + 1
           from (select next_on from openings where user_id = $1 and id = $2) b
           where o.user_id = $1 and o.id = $2 and o.deleted_at is null and o.next_step is not null
           returning b.next_on as "on: Day""#,
        by.user_id() as _,
        id as _,
        Day(on) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.on.map(|day| day.0)))
}

/// Puts off the next steps of those openings that are due by `today`. Returns how many were.
pub async fn put_off(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[OpeningId],
    until: Date,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "update openings set next_on = $3, put_off_from = next_on, put_off_at = $5, version = version + 1
         where user_id = $1 and id = any($2) and next_on <= $4 and deleted_at is null",
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

/// Gives the next steps put off at the instant `at` their day back, save those moved again since. Returns how many were.
pub async fn take_back(db: impl PgExecutor<'_>, by: Owner, at: Timestamp, until: Date) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update openings set next_on = put_off_from, put_off_from = null, put_off_at = null, version = version + 1
         where user_id = $1 and put_off_at = $2 and next_on = $3 and deleted_at is null",
        by.user_id() as _,
        At(at) as _,
        Day(until) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
