//! SQL of confirming an e-mail address: a link one an account, used by whoever is signed in to it.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::UserId;

/// The account of an address, as a mail to it needs to know it.
pub struct Addressed {
    pub id: UserId,
    pub confirmed: bool,
}

/// The account of an address that may log in.
pub async fn addressed(db: impl PgExecutor<'_>, email: &str) -> sqlx::Result<Option<Addressed>> {
    sqlx::query_as!(
        Addressed,
        r#"select id as "id: UserId", email_confirmed_at is not null as "confirmed!" from users
           where email = $1 and disabled_at is null"#,
        email
    )
    .fetch_optional(db)
    .await
}

/// Gives an account a link to confirm this address with, in place of the one before. False where it has another address by now,
/// or this one is confirmed.
pub async fn make(
    db: impl PgExecutor<'_>,
    account: UserId,
    email: &str,
    token_hash: &[u8],
    until: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set email_link_hash = $3, email_link_until = $4
         where id = $1 and email = $2 and email_confirmed_at is null and disabled_at is null",
        account as _,
        email,
        token_hash,
        At(until) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The address a link confirms, if it is this account's and still works.
pub async fn confirmable(
    db: impl PgExecutor<'_>,
    by: Owner,
    token_hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select email from users where id = $1 and email_link_hash = $2 and email_link_until > $3",
        by.user_id() as _,
        token_hash,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Confirms the address with a link of this account that still works, and uses the link up. False where it does not work.
pub async fn confirm(db: impl PgExecutor<'_>, by: Owner, token_hash: &[u8], now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set email_confirmed_at = $3, email_link_hash = null, email_link_until = null
         where id = $1 and email_link_hash = $2 and email_link_until > $3",
        by.user_id() as _,
        token_hash,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The address of an account, and whether it is confirmed.
pub async fn standing(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<(String, bool)> {
    let row = sqlx::query!(
        r#"select email, email_confirmed_at is not null as "confirmed!" from users where id = $1"#,
        by.user_id() as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.email, row.confirmed))
}
