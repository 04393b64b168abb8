//! SQL of what waits for an answer that comes back once.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::database::At;
use crate::ids::UserId;

/// Keeps what waits.
pub async fn insert(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    kind: &str,
    owner: Option<UserId>,
    state: &Value,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ceremonies (token_hash, kind, owner_id, state, created_at) values ($1, $2, $3, $4, $5)",
        token_hash,
        kind,
        owner as _,
        Json(state) as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What waited under a token since then, which no longer waits.
pub async fn take(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    kind: &str,
    owner: Option<UserId>,
    begun_since: Timestamp,
) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!(
        "delete from ceremonies
         where token_hash = $1 and kind = $2 and owner_id is not distinct from $3 and created_at > $4 returning state",
        token_hash,
        kind,
        owner as _,
        At(begun_since) as _,
    )
    .fetch_optional(db)
    .await
}

/// Forgets what began before.
pub async fn forget_old(db: impl PgExecutor<'_>, begun_before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from ceremonies where created_at <= $1", At(begun_before) as _).execute(db).await?;
    Ok(())
}

/// Ends whatever waits for an account.
pub async fn delete_all(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from ceremonies where owner_id = $1", user as _).execute(db).await?;
    Ok(())
}
