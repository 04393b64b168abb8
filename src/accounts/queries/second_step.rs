//! SQL of the second step at login.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::UserId;

/// The secret codes are checked with, while the second step is on.
pub async fn secret(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Option<Vec<u8>>> {
    let row = sqlx::query_scalar!(
        "select totp_secret from users where id = $1 and second_step_since is not null and disabled_at is null",
        user as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.flatten())
}

/// Uses the code of a step up. False for one that was used, or is older than one that was. A step that lies further ahead than
/// codes count was used before a clock was set right; it keeps nobody out.
pub async fn use_step(db: impl PgExecutor<'_>, user: UserId, secret: &[u8], step: i32, now: i32) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set totp_step = $3
         where id = $1 and totp_secret = $2 and second_step_since is not null and (totp_step < $3 or totp_step > $4 + 1)",
        user as _,
        secret,
        step,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses a recovery code up. False where it is none of the account's, or was used.
pub async fn use_recovery_code(db: impl PgExecutor<'_>, user: UserId, hash: &[u8]) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set recovery_hashes = array_remove(recovery_hashes, $2)
         where id = $1 and $2 = any(recovery_hashes) and second_step_since is not null and disabled_at is null",
        user as _,
        hash,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What an account's second step can be, beside a recovery code.
pub struct SecondStep {
    /// A code of an app.
    pub app: bool,
    /// A passkey.
    pub passkeys: bool,
}

/// What an account that may log in is asked for after the password; nothing where that is enough.
pub async fn asked(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Option<SecondStep>> {
    sqlx::query_as!(
        SecondStep,
        r#"select totp_secret is not null as "app!", exists (select from passkeys where owner_id = $1) as "passkeys!"
           from users where id = $1 and second_step_since is not null and disabled_at is null"#,
        user as _
    )
    .fetch_optional(db)
    .await
}

/// How many recovery codes an account has left.
pub async fn codes_left(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        r#"select coalesce(cardinality(recovery_hashes), 0) as "left!" from users where id = $1"#,
        by.user_id() as _
    )
    .fetch_one(db)
    .await
}

/// Keeps a secret that is to be shown, in place of the one before.
pub async fn offer(db: impl PgExecutor<'_>, by: Owner, secret: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update users set totp_offered = $2 where id = $1", by.user_id() as _, secret).execute(db).await?;
    Ok(())
}

/// The secret that was shown, and is not in use yet.
pub async fn offered(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select totp_offered from users where id = $1", by.user_id() as _).fetch_one(db).await
}

/// Turns the second step on with the secret that was shown, and the code of that step used. False where another was shown since.
pub async fn turn_on(
    db: impl PgExecutor<'_>,
    by: Owner,
    offered: &[u8],
    step: i32,
    recovery_hashes: &[Vec<u8>],
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set totp_secret = $2, totp_offered = null, totp_step = $3, recovery_hashes = $4, second_step_removed_at = null,
             second_step_since = coalesce(second_step_since, $5)
         where id = $1 and totp_offered = $2",
        by.user_id() as _,
        offered,
        step,
        recovery_hashes,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Turns the second step on without an app, for an account that has passkeys. False where it is on.
pub async fn turn_on_with_passkeys(
    db: impl PgExecutor<'_>,
    by: Owner,
    recovery_hashes: &[Vec<u8>],
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set recovery_hashes = $2, second_step_since = $3, second_step_removed_at = null
         where id = $1 and second_step_since is null",
        by.user_id() as _,
        recovery_hashes,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives an account new recovery codes. False while the second step is off.
pub async fn set_recovery_codes(db: impl PgExecutor<'_>, by: Owner, hashes: &[Vec<u8>]) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set recovery_hashes = $2 where id = $1 and second_step_since is not null",
        by.user_id() as _,
        hashes,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Turns the second step off. `removed_at` says when someone else did. False where it was off.
pub async fn turn_off(db: impl PgExecutor<'_>, user: UserId, removed_at: Option<Timestamp>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set second_step_since = null, second_step_removed_at = $2, totp_secret = null, totp_step = null,
             totp_offered = null, recovery_hashes = null
         where id = $1 and second_step_since is not null",
        user as _,
        removed_at.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
