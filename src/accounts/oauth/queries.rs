//! SQL of programs that are let in. None of it is of one account's data: who is let in says the session that pressed, and what a
//! program shows is as good as a login.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::accounts::oauth::client::NewClient;
use crate::accounts::programs::scope::Scope;
use crate::database::At;
use crate::ids::{AccessTokenId, OauthClientId};

/// Remembers a program.
pub async fn insert_client(
    db: impl PgExecutor<'_>,
    id: OauthClientId,
    new: &NewClient,
    now: Timestamp,
) -> sqlx::Result<()> {
    let uris: Vec<&str> = new.redirect_uris.iter().map(|uri| uri.as_str()).collect();
    sqlx::query!(
        "insert into oauth_clients (id, name, redirect_uris, registered_at) values ($1, $2, $3, $4)",
        id as _,
        new.name.as_str(),
        uris as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A program that introduced itself.
pub struct Client {
    pub name: String,
    pub redirect_uris: Vec<String>,
}

/// The program with this id.
pub async fn client(db: impl PgExecutor<'_>, id: OauthClientId) -> sqlx::Result<Option<Client>> {
    sqlx::query_as!(Client, "select name, redirect_uris from oauth_clients where id = $1", id as _)
        .fetch_optional(db)
        .await
}

/// What someone said yes to.
pub struct NewCode<'a> {
    pub code_hash: &'a [u8],
    pub client: OauthClientId,
    pub redirect_uri: &'a str,
    pub challenge: &'a str,
    pub scopes: &'a [Scope],
}

/// Keeps someone's yes until the program turns it into a token, and the program for good. False where the program is forgotten.
pub async fn insert_code(db: impl PgExecutor<'_>, by: Owner, new: NewCode<'_>, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with used as (update oauth_clients set used_at = $7 where id = $2 returning id)
         insert into oauth_codes (code_hash, client_id, owner_id, redirect_uri, challenge, scopes, made_at)
         select $1, u.id, $3, $4, $5, $6, $7 from used u",
        new.code_hash,
        new.client as _,
        by.user_id() as _,
        new.redirect_uri,
        new.challenge,
        new.scopes as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The secrets of a token to be, hashed, and how long each is worth something.
pub struct Secrets {
    pub token_hash: Vec<u8>,
    pub refresh_hash: Vec<u8>,
    pub expires_at: Timestamp,
}

/// What a program shows for its code.
pub struct Shown<'a> {
    pub code_hash: &'a [u8],
    pub client: OauthClientId,
    pub redirect_uri: &'a str,
    pub challenge: &'a str,
}

/// Turns a code into a token, once: whoever shows a code that does not fit has spent it all the same. Returns what the token is for;
/// nothing where the code is unknown, spent, too old or another program's, or the account is disabled or has `most` tokens.
pub async fn exchange(
    db: impl PgExecutor<'_>,
    id: AccessTokenId,
    shown: Shown<'_>,
    secrets: &Secrets,
    (made_after, ends_at): (Timestamp, Timestamp),
    (most, now): (i64, Timestamp),
) -> sqlx::Result<Option<Vec<Scope>>> {
    sqlx::query_scalar!(
        r#"with spent as (
               update oauth_codes set token_id = $2 where code_hash = $1 and token_id is null and made_at > $3
               returning client_id, owner_id, redirect_uri, challenge, scopes
           )
           insert into access_tokens (id, owner_id, label, scopes, token_hash, created_at, expires_at, minute_began, calls,
               client_id, refresh_hash, ends_at)
           select $2, s.owner_id, c.name, s.scopes, $4, $5, $6, $5, 0, s.client_id, $7, $8
           from spent s join oauth_clients c on c.id = s.client_id join users u on u.id = s.owner_id and u.disabled_at is null
           where s.client_id = $9 and s.redirect_uri = $10 and s.challenge = $11
               and (select count(*) from access_tokens t where t.owner_id = s.owner_id) < $12
           returning scopes as "scopes: Vec<Scope>""#,
        shown.code_hash,
        id as _,
        At(made_after) as _,
        &secrets.token_hash[..],
        At(now) as _,
        At(secrets.expires_at) as _,
        &secrets.refresh_hash[..],
        At(ends_at) as _,
        shown.client as _,
        shown.redirect_uri,
        shown.challenge,
        most,
    )
    .fetch_optional(db)
    .await
}

/// Ends what a code was turned into: it is shown a second time.
pub async fn end_of_code(db: impl PgExecutor<'_>, code_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from access_tokens t where exists (select from oauth_codes c where c.code_hash = $1 and c.token_id = t.id)",
        code_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Renews a token by its secret for that, which changes with it. Returns what the token is for.
pub async fn renew(
    db: impl PgExecutor<'_>,
    client: OauthClientId,
    refresh_hash: &[u8],
    secrets: &Secrets,
    now: Timestamp,
) -> sqlx::Result<Option<Vec<Scope>>> {
    sqlx::query_scalar!(
        r#"update access_tokens t set token_hash = $3, spent_refresh_hash = t.refresh_hash, refresh_hash = $4,
               expires_at = least($5::timestamptz, t.ends_at)
           where t.refresh_hash = $1 and t.client_id = $2 and t.ends_at > $6
               and exists (select from users u where u.id = t.owner_id and u.disabled_at is null)
           returning scopes as "scopes: Vec<Scope>""#,
        refresh_hash,
        client as _,
        &secrets.token_hash[..],
        &secrets.refresh_hash[..],
        At(secrets.expires_at) as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Ends the token that was renewed by this secret before: someone has it who should not.
pub async fn end_of_spent(db: impl PgExecutor<'_>, refresh_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from access_tokens where spent_refresh_hash = $1", refresh_hash).execute(db).await?;
    Ok(())
}

/// Ends the token with this secret, or with this one for renewing it.
pub async fn end(db: impl PgExecutor<'_>, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from access_tokens where client_id is not null and (token_hash = $1 or refresh_hash = $1)",
        hash
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets codes, tokens and programs that are worth nothing any more.
pub async fn forget_old(db: &mut sqlx::PgConnection, unused_before: Timestamp, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from oauth_codes where made_at < $1", At(unused_before) as _).execute(&mut *db).await?;
    sqlx::query!("delete from access_tokens where ends_at < $1", At(now) as _).execute(&mut *db).await?;
    sqlx::query!(
        "delete from oauth_clients c where coalesce(c.used_at, c.registered_at) < $1
             and not exists (select from access_tokens t where t.client_id = c.id)
             and not exists (select from oauth_codes o where o.client_id = c.id)",
        At(unused_before) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
