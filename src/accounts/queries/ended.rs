//! SQL of ending sessions, and of those that are over.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::database::At;

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

/// Ends the session of a token.
pub async fn end_session_of(db: impl PgExecutor<'_>, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where token_hash = $1", token_hash).execute(db).await?;
    Ok(())
}
