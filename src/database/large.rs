//! What writing thousands of rows needs: time, and a planner that knows of them at once.

use std::time::Duration;

use sqlx::{Connection, PgConnection, Postgres, Transaction};

use super::queries;
pub use super::queries::take_time;

/// New rows from which on the planner has to know of them at once, and not when PostgreSQL next looks by itself.
const STATISTICS_FROM: u64 = 500;
/// How long those who read meanwhile are waited for, one pause after the other. Later PostgreSQL notes it by itself.
const PAUSES_MS: [u64; 5] = [50, 100, 200, 500, 1_000];

/// Commits what wrote so many rows. If they are many, the planner knows of them by then: whoever sees them plans for them, where
/// plans for empty tables would compare each of them with each other.
///
/// # Errors
/// Nothing was written. That the planner could not be told is none: what was written stands.
pub async fn commit(mut transaction: Transaction<'_, Postgres>, rows: u64) -> sqlx::Result<()> {
    if rows >= STATISTICS_FROM
        && let Err(error) = renew_statistics(&mut transaction).await
    {
        tracing::warn!(%error, "the statistics of the tables could not be renewed after many rows came in");
    }
    transaction.commit().await
}

/// In a transaction of its own inside the other, which goes on if it fails.
async fn renew_statistics(db: &mut PgConnection) -> sqlx::Result<()> {
    let mut inner = db.begin().await?;
    queries::renew_statistics(&mut *inner).await?;
    inner.commit().await
}

/// Lets the new rows be counted from indexes alone, if they are many. After they were committed.
///
/// Whoever began to read before that keeps their pages from being noted until it is done, so they are looked at again.
pub async fn note_visibility(db: &mut PgConnection, rows: u64) {
    if rows < STATISTICS_FROM {
        return;
    }
    if let Err(error) = note_in_time(db).await {
        tracing::warn!(%error, "many new rows could not be noted as seen by all");
    }
}

async fn note_in_time(db: &mut PgConnection) -> sqlx::Result<()> {
    for pause in PAUSES_MS {
        queries::renew_visibility(&mut *db).await?;
        if queries::is_visible(&mut *db).await? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
    queries::renew_visibility(db).await
}
