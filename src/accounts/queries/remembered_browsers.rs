//! SQL of browsers that are not asked for the second step.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{RememberedBrowserId, UserId};

/// Remembers one.
pub async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: RememberedBrowserId,
    token_hash: &[u8],
    user_agent: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into remembered_browsers (user_id, id, token_hash, user_agent, created_at) values ($1, $2, $3, $4, $5)",
        user as _,
        id as _,
        token_hash,
        user_agent,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the account remembers the browser of a token since then.
pub async fn is_known(
    db: impl PgExecutor<'_>,
    user: UserId,
    token_hash: &[u8],
    since: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from remembered_browsers
               where user_id = $1 and token_hash = $2 and created_at > $3) as "is_known!""#,
        user as _,
        token_hash,
        At(since) as _,
    )
    .fetch_one(db)
    .await
}

/// A browser in the list of its owner.
pub struct Listed {
    pub id: RememberedBrowserId,
    pub user_agent: String,
    pub created_at: At,
}

/// The browsers an account remembers since then, the last first.
pub async fn list(db: impl PgExecutor<'_>, by: Owner, since: Timestamp) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id: RememberedBrowserId", user_agent, created_at as "created_at: At"
           from remembered_browsers where user_id = $1 and created_at > $2 order by created_at desc, id desc"#,
        by.user_id() as _,
        At(since) as _,
    )
    .fetch_all(db)
    .await
}

/// Forgets those of an account that were remembered before.
pub async fn forget_old(db: impl PgExecutor<'_>, user: UserId, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from remembered_browsers where user_id = $1 and created_at <= $2", user as _, At(before) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets one. False where the account has no such.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: RememberedBrowserId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from remembered_browsers where user_id = $1 and id = $2", user as _, id as _)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets all of an account.
pub async fn delete_all(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from remembered_browsers where user_id = $1", user as _).execute(db).await?;
    Ok(())
}
