//! SQL of the calendar feed: whose it is, and what it gives.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::database::At;
use crate::ids::UserId;

/// What a feed gives beside talks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// What is due, too.
    pub steps: bool,
    /// Minutes before a talk at which the calendar reminds of it.
    pub alarm: Option<i16>,
}

/// The account a feed is of.
pub struct Subscribed {
    pub owner: UserId,
    pub name: String,
    pub zone: String,
    pub preferences: Json<Preferences>,
    pub steps: bool,
    pub alarm: Option<i16>,
    pub read_at: Option<At>,
}

/// Whose feed has this address, unless they may no longer log in.
pub async fn subscribed(db: impl PgExecutor<'_>, hash: &[u8]) -> sqlx::Result<Option<Subscribed>> {
    sqlx::query_as!(
        Subscribed,
        r#"select id as "owner: UserId", name, time_zone as zone, preferences as "preferences: Json<Preferences>",
               coalesce(feed_steps, false) as "steps!", feed_alarm_minutes as alarm, feed_read_at as "read_at: At"
           from users where feed_hash = $1 and disabled_at is null"#,
        hash,
    )
    .fetch_optional(db)
    .await
}

/// Notes that a calendar asked.
pub async fn note(db: impl PgExecutor<'_>, by: Owner, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update users set feed_read_at = $2 where id = $1", by.user_id() as _, At(now) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// The feed as its settings show it.
pub struct Feed {
    pub steps: bool,
    pub alarm: Option<i16>,
    pub made_at: At,
    pub read_at: Option<At>,
}

/// The account's feed, if it has one.
pub async fn feed(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Option<Feed>> {
    sqlx::query_as!(
        Feed,
        r#"select coalesce(feed_steps, false) as "steps!", feed_alarm_minutes as alarm, feed_made_at as "made_at!: At",
               feed_read_at as "read_at: At"
           from users where id = $1 and feed_hash is not null and feed_made_at is not null"#,
        by.user_id() as _,
    )
    .fetch_optional(db)
    .await
}

/// Gives the account a feed under a new address; the one before is over.
pub async fn make(
    db: impl PgExecutor<'_>,
    by: Owner,
    hash: &[u8],
    contents: Contents,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set feed_hash = $2, feed_steps = $3, feed_alarm_minutes = $4, feed_made_at = $5, feed_read_at = null where id = $1",
        by.user_id() as _,
        hash,
        contents.steps,
        contents.alarm,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets what the feed gives. False where there is none.
pub async fn set(db: impl PgExecutor<'_>, by: Owner, contents: Contents) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set feed_steps = $2, feed_alarm_minutes = $3 where id = $1 and feed_hash is not null",
        by.user_id() as _,
        contents.steps,
        contents.alarm,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the feed. False where there was none.
pub async fn end(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set feed_hash = null, feed_made_at = null, feed_read_at = null where id = $1 and feed_hash is not null",
        by.user_id() as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
