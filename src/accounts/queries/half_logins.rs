//! SQL of logins whose second step is still to come.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::database::At;
use crate::ids::{HalfLoginId, UserId};

/// Keeps one.
pub async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: HalfLoginId,
    token_hash: &[u8],
    next: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into half_logins (user_id, id, token_hash, next, created_at) values ($1, $2, $3, $4, $5)",
        user as _,
        id as _,
        token_hash,
        next,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where the one of a token leads to, if it began since then.
pub async fn waiting(
    db: impl PgExecutor<'_>,
    user: UserId,
    token_hash: &[u8],
    begun_since: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select next from half_logins where user_id = $1 and token_hash = $2 and created_at > $3",
        user as _,
        token_hash,
        At(begun_since) as _,
    )
    .fetch_optional(db)
    .await
}

/// Ends the one of a token. False where it has ended.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, token_hash: &[u8]) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from half_logins where user_id = $1 and token_hash = $2", user as _, token_hash)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets those of an account that began before.
pub async fn forget_old(db: impl PgExecutor<'_>, user: UserId, begun_before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from half_logins where user_id = $1 and created_at <= $2", user as _, At(begun_before) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends all of an account.
pub async fn delete_all(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from half_logins where user_id = $1", user as _).execute(db).await?;
    Ok(())
}
