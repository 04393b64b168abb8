//! SQL of new passwords, and of links to set one with: one an account, used once.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::database::At;
use crate::ids::UserId;

/// Whose password a link sets.
pub struct Account {
    pub id: UserId,
    pub name: String,
    pub email: String,
    /// A second step follows the password.
    pub second_step: bool,
}

/// Gives an account a link, in place of the one before. Returns whose it is, unless there is no such account that may log in.
pub async fn make(
    db: impl PgExecutor<'_>,
    email: &str,
    token_hash: &[u8],
    until: Timestamp,
) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"update users set password_link_hash = $2, password_link_until = $3 where email = $1 and disabled_at is null
           returning id as "id: UserId", name, email, second_step_since is not null as "second_step!""#,
        email,
        token_hash,
        At(until) as _,
    )
    .fetch_optional(db)
    .await
}

/// The account of a link that still works.
pub async fn account(db: impl PgExecutor<'_>, token_hash: &[u8], now: Timestamp) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select id as "id: UserId", name, email, second_step_since is not null as "second_step!" from users
           where password_link_hash = $1 and password_link_until > $2 and disabled_at is null"#,
        token_hash,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Sets the password with a link that still works, uses the link up, and ends every session and every notice of the account. False where the
/// link no longer works.
pub async fn spend(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    password_hash: &str,
    now: Timestamp,
) -> sqlx::Result<Option<UserId>> {
    sqlx::query_scalar!(
        r#"with done as (
               update users set password_hash = $2, password_link_hash = null, password_link_until = null, feed_hash = null, version = version + 1
               where password_link_hash = $1 and password_link_until > $3 and disabled_at is null
               returning id),
           ended as (delete from sessions s using done where s.user_id = done.id),
           quiet as (delete from push_devices d using done where d.owner_id = done.id),
           tokens as (delete from access_tokens t using done where t.owner_id = done.id)
           select id as "id: UserId" from done"#,
        token_hash,
        password_hash,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Gives an account a new password.
pub async fn set_password(db: impl PgExecutor<'_>, id: UserId, hash: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "with ended as (delete from access_tokens where owner_id = $1)
         update users set password_hash = $2, password_link_hash = null, password_link_until = null, feed_hash = null, version = version + 1 where id = $1",
        id as _,
        hash
    )
    .execute(db)
    .await?;
    Ok(())
}
