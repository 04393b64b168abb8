//! SQL of browsers that are known.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::database::At;
use crate::ids::{DeviceId, UserId};

/// The browser of a token, if the account was signed in to on it since then.
pub async fn device(
    db: impl PgExecutor<'_>,
    user: UserId,
    token_hash: &str,
    seen_since: Timestamp,
) -> sqlx::Result<Option<DeviceId>> {
    sqlx::query_scalar!(
        r#"select id as "id: DeviceId" from devices where user_id = $1 and token_hash = $2 and seen_at > $3"#,
        user as _,
        token_hash,
        At(seen_since) as _,
    )
    .fetch_optional(db)
    .await
}

/// Notes that the account was signed in to on the browser of a token.
pub async fn remember(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: DeviceId,
    token_hash: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into devices (user_id, id, token_hash, created_at, seen_at) values ($1, $2, $3, $4, $4)
         on conflict (user_id, token_hash) do update set seen_at = excluded.seen_at",
        user as _,
        id as _,
        token_hash,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the browsers of an account that were not used since then, and all but so many of the others.
pub async fn forget_but(db: impl PgExecutor<'_>, user: UserId, seen_since: Timestamp, most: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from devices where user_id = $1 and (seen_at <= $2 or id not in (
             select id from devices where user_id = $1 order by seen_at desc, id desc limit $3))",
        user as _,
        At(seen_since) as _,
        most,
    )
    .execute(db)
    .await?;
    Ok(())
}
