//! SQL of the answers that are kept for programs that ask the same again.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::Owner;
use crate::database::At;

/// An answer to something that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status, from 200 to 299.
    pub status: i16,
    /// The tag of what was written; nothing where it is gone.
    pub etag: Option<String>,
    /// Where it is, if it is new.
    pub location: Option<String>,
    /// The body, as JSON.
    pub body: String,
}

/// What was asked before with a key, and answered.
pub struct Before {
    pub request_hash: Vec<u8>,
    pub answer: Answer,
}

/// What came of taking a key.
pub enum Claimed {
    /// Nobody had it.
    Yes,
    /// It was used before.
    Before(Before),
    /// Someone is using it now.
    UnderWay,
}

struct Row {
    request_hash: Vec<u8>,
    status: Option<i16>,
    etag: Option<String>,
    location: Option<String>,
    answer: Option<String>,
}

/// Takes a key, inside the transaction of what is written with it. One that was taken before `since` is free again.
pub async fn claim(
    db: &mut PgConnection,
    by: Owner,
    id: Uuid,
    request_hash: &[u8],
    now: Timestamp,
    since: Timestamp,
) -> sqlx::Result<Claimed> {
    sqlx::query!(
        "delete from idempotency_keys where user_id = $1 and id = $2 and made_at < $3",
        by.user_id() as _,
        id,
        At(since) as _,
    )
    .execute(&mut *db)
    .await?;
    // Whoever has the key holds its row until their end: nobody waits for that.
    let usual = lock_timeout(&mut *db, "100ms").await?;
    let inserted = sqlx::query!(
        "insert into idempotency_keys (user_id, id, request_hash, made_at) values ($1, $2, $3, $4) on conflict do nothing",
        by.user_id() as _,
        id,
        request_hash,
        At(now) as _,
    )
    .execute(&mut *db)
    .await;
    match inserted {
        Ok(done) if done.rows_affected() == 1 => {
            lock_timeout(db, &usual).await?;
            return Ok(Claimed::Yes);
        }
        Ok(_) => {}
        Err(error) if error.as_database_error().and_then(|error| error.code()).as_deref() == Some("55P03") => {
            return Ok(Claimed::UnderWay);
        }
        Err(error) => return Err(error),
    }
    let row = sqlx::query_as!(
        Row,
        "select request_hash, status, etag, location, answer from idempotency_keys where user_id = $1 and id = $2",
        by.user_id() as _,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(match row {
        Some(Row { request_hash, status: Some(status), etag, location, answer: Some(body) }) => {
            Claimed::Before(Before { request_hash, answer: Answer { status, etag, location, body } })
        }
        _ => Claimed::UnderWay,
    })
}

/// Sets for how long this transaction waits for what others hold. Returns what it was.
async fn lock_timeout(db: &mut PgConnection, to: &str) -> sqlx::Result<String> {
    let was = sqlx::query_scalar!(r#"select current_setting('lock_timeout') as "was!""#).fetch_one(&mut *db).await?;
    sqlx::query!("select set_config('lock_timeout', $1, true) as lock", to).fetch_one(db).await?;
    Ok(was)
}

/// Keeps the answer with the key that was taken for it.
pub async fn keep(db: impl PgExecutor<'_>, by: Owner, id: Uuid, answer: &Answer) -> sqlx::Result<()> {
    sqlx::query!(
        "update idempotency_keys set status = $3, etag = $4, location = $5, answer = $6 where user_id = $1 and id = $2",
        by.user_id() as _,
        id,
        answer.status,
        answer.etag.as_deref(),
        answer.location.as_deref(),
        answer.body,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the answers that were made before that instant.
pub async fn forget(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from idempotency_keys where user_id = $1 and made_at < $2",
        by.user_id() as _,
        At(before) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
