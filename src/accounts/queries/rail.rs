//! SQL of what the frame of every page says, as it is kept.
//!
//! A request that may change something forgets it before it begins, and says when it is done; what was counted meanwhile, or
//! before, is not kept. Each is a statement of its own, outside the change's transaction: nobody waits for anybody. A job, which
//! has one transaction an account, forgets in it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::database::{At, Day};

/// How long a change may take; longer than any request, and than any account's turn in a job.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// Begins a change of whatever may be due.
pub async fn begin(db: impl PgExecutor<'_>, by: Owner, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into rails as r (owner_id, stamp, writers, writing_until) values ($1, $2, 1, $4)
         on conflict (owner_id) do update set stamp = excluded.stamp, due = null, due_on = null, due_on_utc = null, by_stage = null,
             writers = case when r.writing_until > $3 then r.writers + 1 else 1 end, writing_until = excluded.writing_until",
        by.user_id() as _,
        Uuid::now_v7(),
        At(now) as _,
        At(now + LONGEST) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When a change began of which this is kept; nothing where none ever did.
pub fn begun_at(writing_until: Timestamp) -> Option<Timestamp> {
    (writing_until > Timestamp::UNIX_EPOCH).then(|| writing_until - LONGEST)
}

/// Ends a change, whatever came of it.
pub async fn end(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    sqlx::query!("update rails set writers = greatest(writers - 1, 0) where owner_id = $1", by.user_id() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets it together with a change in the same transaction.
pub async fn forget(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into rails as r (owner_id, stamp, writers, writing_until) values ($1, $2, 0, timestamptz 'epoch')
         on conflict (owner_id) do update set stamp = excluded.stamp, due = null, due_on = null, due_on_utc = null, by_stage = null",
        by.user_id() as _,
        Uuid::now_v7(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps how many things are due, unless something was changed since `stamp` was read. It is a new one where nothing was kept.
pub async fn keep(
    db: impl PgExecutor<'_>,
    by: Viewer,
    stamp: Uuid,
    due: usize,
    today: Date,
    utc: Date,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into rails as r (owner_id, stamp, writers, writing_until, due, due_on, due_on_utc)
         values ($1, $2, 0, timestamptz 'epoch', $3, $4, $5)
         on conflict (owner_id) do update set due = excluded.due, due_on = excluded.due_on, due_on_utc = excluded.due_on_utc
             where r.stamp = excluded.stamp",
        by.user_id() as _,
        stamp,
        i32::try_from(due).unwrap_or(i32::MAX),
        Day(today) as _,
        Day(utc) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps how many contacts stand where, unless something was changed since `stamp` was read.
pub async fn keep_contacts(db: impl PgExecutor<'_>, by: Viewer, stamp: Uuid, by_stage: &[i32]) -> sqlx::Result<()> {
    sqlx::query!(
        "update rails set by_stage = $3 where owner_id = $1 and stamp = $2",
        by.user_id() as _,
        stamp,
        by_stage
    )
    .execute(db)
    .await?;
    Ok(())
}
