//! SQL of referrals and their tasks put off together.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::{ReferralId, ReferralTaskId};

/// Notes that a referral was put off together with others, and the plan it had before.
pub async fn note(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ReferralId,
    from: Option<Date>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update referrals set put_off_from = $3, put_off_at = $4 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        from.map(Day) as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the notes of that instant, and tells what they said.
pub async fn forget(
    db: impl PgExecutor<'_>,
    by: Owner,
    at: Timestamp,
) -> sqlx::Result<Vec<(ReferralId, Option<Date>)>> {
    let rows = sqlx::query!(
        r#"update referrals set put_off_at = null where user_id = $1 and put_off_at = $2 and deleted_at is null
           returning id as "id: ReferralId", put_off_from as "from: Day""#,
        by.user_id() as _,
        At(at) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.from.map(|day| day.0))).collect())
}

/// Puts off those tasks that are due by `today`, and keeps the day each had. Returns how many were.
pub async fn put_off_tasks(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[ReferralTaskId],
    until: Date,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "update referral_tasks set due_on = $3, put_off_from = due_on, put_off_at = $5
         where user_id = $1 and id = any($2) and due_on <= $4 and done_at is null",
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

/// Gives the tasks put off at the instant `at` their day back, save those moved again since. Returns how many were.
pub async fn take_back_tasks(db: impl PgExecutor<'_>, by: Owner, at: Timestamp, until: Date) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update referral_tasks set due_on = put_off_from, put_off_from = null, put_off_at = null
         where user_id = $1 and put_off_at = $2 and due_on = $3",
        by.user_id() as _,
        At(at) as _,
        Day(until) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
