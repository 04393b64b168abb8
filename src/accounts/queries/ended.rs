//! SQL of ending sessions, and of those that are over.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use crate::accounts::cohorts::queries::members;
use crate::database::At;
use crate::ids::UserId;

/// Forgets sessions that ended by themselves, with the address and browser they name.
pub async fn forget_sessions(
    db: impl PgExecutor<'_>,
    seen_since: Timestamp,
    created_since: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from sessions where seen_at <= $1 or created_at <= $2",
        At(seen_since) as _,
        At(created_since) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends the session of a token, and the notices on the browser it was of.
pub async fn end_session_of(db: impl PgExecutor<'_>, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "with ended as (delete from sessions where token_hash = $1 returning id, user_id)
         delete from push_devices d using ended where d.owner_id = ended.user_id and d.session_id = ended.id",
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes an account with everything in it; the schema's foreign keys take the rest along. Not done, and false, for the
/// only administrator while others have accounts. Run it after `lock_instance`, so that two administrators cannot leave at once.
pub async fn delete_account(db: &mut PgConnection, id: UserId, now: Timestamp) -> sqlx::Result<bool> {
    members::forget_weeks(&mut *db, id, now).await?;
    // Otherwise those who look at it would lose their own sessions with it.
    sqlx::query!("update sessions set looking_at = null where looking_at = $1", id as _).execute(&mut *db).await?;
    let done = sqlx::query!(
        "delete from users u where u.id = $1
             and (not u.is_admin
                  or not exists (select from users o where o.id <> $1)
                  or exists (select from users o where o.id <> $1 and o.is_admin and o.disabled_at is null))",
        id as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
