//! SQL of the tokens programs have.

pub mod answers;

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::accounts::programs::scope::Scope;
use crate::database::At;
use crate::ids::{AccessTokenId, UserId};

/// Whose account a token opens, for what, and how often it called in this minute.
pub struct Call {
    pub token: AccessTokenId,
    pub scopes: Vec<Scope>,
    pub owner: UserId,
    pub name: String,
    pub email: String,
    pub version: i32,
    pub documents_mb: Option<i16>,
    pub zone: String,
    pub preferences: Json<Preferences>,
    pub calls: i32,
    pub minute_began: At,
}

/// Counts a call with this token. Nothing where there is no such token, it has expired, or its account is disabled.
pub async fn call(db: impl PgExecutor<'_>, token_hash: &[u8], now: Timestamp) -> sqlx::Result<Option<Call>> {
    sqlx::query_as!(
        Call,
        r#"with called as (
               update access_tokens t set used_at = $2,
                   calls = case when t.minute_began > $2 - interval '1 minute' then t.calls + 1 else 1 end,
                   minute_began = case when t.minute_began > $2 - interval '1 minute' then t.minute_began else $2 end
               where t.token_hash = $1 and t.expires_at > $2
                   and exists (select from users u where u.id = t.owner_id and u.disabled_at is null)
               returning t.id, t.scopes, t.owner_id, t.calls, t.minute_began
           )
           select c.id as "token: AccessTokenId", c.scopes as "scopes: Vec<Scope>", u.id as "owner: UserId", u.name, u.email,
               u.version, u.documents_mb, u.time_zone as zone, u.preferences as "preferences: Json<Preferences>", c.calls,
               c.minute_began as "minute_began: At"
           from called c join users u on u.id = c.owner_id"#,
        token_hash,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// What the token of a program that writes is called, held until the transaction ends: whoever ends the token waits for what
/// it writes, and once it is ended it writes nothing. Nothing where it is ended, or a person writes.
pub async fn held(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select label from access_tokens where owner_id = $1 and id = $2 for key share",
        by.user_id() as _,
        by.program() as _,
    )
    .fetch_optional(db)
    .await
}

/// A token in the list.
pub struct TokenRow {
    pub id: AccessTokenId,
    pub label: String,
    pub scopes: Vec<Scope>,
    pub created_at: At,
    pub expires_at: At,
    pub used_at: Option<At>,
}

/// The tokens of an account, the newest first.
pub async fn tokens(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<TokenRow>> {
    sqlx::query_as!(
        TokenRow,
        r#"select id as "id: AccessTokenId", label, scopes as "scopes: Vec<Scope>", created_at as "created_at: At",
               coalesce(ends_at, expires_at) as "expires_at!: At", used_at as "used_at: At"
           from access_tokens where owner_id = $1 order by id desc"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// A token to be.
pub struct New<'a> {
    pub id: AccessTokenId,
    pub label: &'a str,
    pub scopes: &'a [Scope],
    pub token_hash: &'a [u8],
    pub expires_at: Timestamp,
}

/// Makes a token, unless this very form made it before or the account has `most` of them.
pub async fn insert(db: impl PgExecutor<'_>, by: Owner, new: New<'_>, most: i64, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into access_tokens (id, owner_id, label, token_hash, created_at, expires_at, minute_began, calls, scopes)
         select $2, $1, $3, $4, $5, $6, $5, 0, $8
         where (select count(*) from access_tokens where owner_id = $1) < $7
         on conflict do nothing",
        by.user_id() as _,
        new.id as _,
        new.label,
        new.token_hash,
        At(now) as _,
        At(new.expires_at) as _,
        most,
        new.scopes as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a token. Returns what it was called.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: AccessTokenId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "delete from access_tokens where owner_id = $1 and id = $2 returning label",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
