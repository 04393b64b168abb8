//! SQL of passkeys.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;
use webauthn_rs::prelude::Passkey;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{PasskeyId, UserId};

/// A passkey as it is checked.
pub struct Stored {
    pub id: PasskeyId,
    pub name: String,
    pub credential: Json<Passkey>,
}

/// The credential ids of an account that may log in.
pub async fn credential_ids(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "select p.credential_id from passkeys p join users u on u.id = p.owner_id and u.disabled_at is null
         where p.owner_id = $1 order by p.id",
        user as _
    )
    .fetch_all(db)
    .await
}

/// The passkey of a credential id, if it is of that account, which may log in.
pub async fn of_credential(
    db: impl PgExecutor<'_>,
    user: UserId,
    credential_id: &[u8],
) -> sqlx::Result<Option<Stored>> {
    sqlx::query_as!(
        Stored,
        r#"select p.id as "id: PasskeyId", p.name, p.credential as "credential: Json<Passkey>"
           from passkeys p join users u on u.id = p.owner_id and u.disabled_at is null
           where p.owner_id = $1 and p.credential_id = $2"#,
        user as _,
        credential_id,
    )
    .fetch_optional(db)
    .await
}

/// A passkey in the list of its owner.
pub struct Listed {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: At,
    pub used_at: Option<At>,
}

/// The passkeys of an account, the oldest first.
pub async fn list(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id: PasskeyId", name, created_at as "created_at: At", used_at as "used_at: At"
           from passkeys where owner_id = $1 order by id"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Keeps a new one. False where the account has this one, or so many.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: PasskeyId,
    name: &str,
    passkey: &Passkey,
    most: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into passkeys (owner_id, id, credential_id, name, credential, sign_count, created_at)
         select $1, $2, $3, $4, $5, 0, $6 where (select count(*) from passkeys where owner_id = $1) < $7
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        passkey.cred_id().as_slice(),
        name,
        Json(passkey) as _,
        At(now) as _,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that one was used, with what it said of itself. False where its counter did not go on since: two answers at once are of
/// two copies.
pub async fn used(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: PasskeyId,
    passkey: &Passkey,
    sign_count: u32,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update passkeys set credential = $3, sign_count = $4, used_at = $5
         where owner_id = $1 and id = $2 and (sign_count < $4 or $4 = 0 and sign_count = 0)",
        user as _,
        id as _,
        Json(passkey) as _,
        i64::from(sign_count),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives one another name. False where the account has no such.
pub async fn rename(db: impl PgExecutor<'_>, by: Owner, id: PasskeyId, name: &str) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("update passkeys set name = $3 where owner_id = $1 and id = $2", by.user_id() as _, id as _, name)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// What keeps a passkey from being removed.
pub struct LeftWithout {
    pub name: String,
    /// It is the last one, and the second step rests on it.
    pub second_step: bool,
    /// It is the last one, and nothing else logs in.
    pub login: bool,
}

/// One of an account's passkeys, and what would be without it; `issuer` is the one that is set up, or nothing. Run it once the
/// account is held.
pub async fn without(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: PasskeyId,
    issuer: &str,
) -> sqlx::Result<Option<LeftWithout>> {
    sqlx::query_as!(
        LeftWithout,
        r#"with held as (select id, name from passkeys where owner_id = $1 order by id for update)
           select h.name,
               (select count(*) from held) = 1 and u.second_step_since is not null and u.totp_secret is null as "second_step!",
               (select count(*) from held) = 1 and u.password_hash is null
                   and not exists (select from identities i where i.owner_id = $1 and i.issuer = $3) as "login!"
           from held h join users u on u.id = $1 where h.id = $2"#,
        by.user_id() as _,
        id as _,
        issuer,
    )
    .fetch_optional(db)
    .await
}

/// Removes one.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: PasskeyId) -> sqlx::Result<()> {
    sqlx::query!("delete from passkeys where owner_id = $1 and id = $2", by.user_id() as _, id as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes all of an account. False where it had none.
pub async fn delete_all(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from passkeys where owner_id = $1", user as _).execute(db).await?;
    Ok(done.rows_affected() > 0)
}
