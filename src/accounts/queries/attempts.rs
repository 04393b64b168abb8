//! SQL of attempts that are counted.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::database::At;

/// How often a key was tried in its window.
pub struct Attempts {
    pub count: i32,
    pub resets_at: Timestamp,
}

/// Counts an attempt; a window that is over starts anew.
pub async fn count(db: impl PgExecutor<'_>, key: &str, now: Timestamp, resets_at: Timestamp) -> sqlx::Result<Attempts> {
    let row = sqlx::query!(
        r#"insert into rate_limits as l (key, count, resets_at) values ($1, 1, $3)
           on conflict (key) do update set
               count = case when l.resets_at <= $2 then 1 else l.count + 1 end,
               resets_at = case when l.resets_at <= $2 then excluded.resets_at else l.resets_at end
           returning count, resets_at as "resets_at: At""#,
        key,
        At(now) as _,
        At(resets_at) as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Attempts { count: row.count, resets_at: row.resets_at.0 })
}

/// Forgets the attempts of a key.
pub async fn forget(db: impl PgExecutor<'_>, key: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from rate_limits where key = $1", key).execute(db).await?;
    Ok(())
}

/// Gives one attempt back: it was no guess.
pub async fn give_back(db: impl PgExecutor<'_>, key: &str) -> sqlx::Result<()> {
    sqlx::query!("update rate_limits set count = count - 1 where key = $1 and count > 0", key).execute(db).await?;
    Ok(())
}

/// Forgets windows that are over.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from rate_limits where resets_at < $1", At(now) as _).execute(db).await?;
    Ok(())
}
