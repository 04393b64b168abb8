//! SQL of the proxy that nobody listed.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::database::At;

/// Notes a proxy that passed a request on and is not listed.
pub async fn note(db: impl PgExecutor<'_>, peer: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update settings set unlisted_proxy = $1, unlisted_proxy_seen_at = $2", peer, At(now) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// The proxy noted last, and when.
pub async fn noted(db: impl PgExecutor<'_>) -> sqlx::Result<Option<(String, At)>> {
    let row = sqlx::query!(
        r#"select unlisted_proxy, unlisted_proxy_seen_at as "seen_at: At" from settings where unlisted_proxy is not null"#
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| row.unlisted_proxy.zip(row.seen_at)))
}
