//! What writing thousands of rows needs: time, and a planner that knows of them at once.

use sqlx::{Connection, PgConnection, Postgres, Transaction};

use super::queries;
pub use super::queries::take_time;

/// New rows from which on the planner has to know of them at once, and not when PostgreSQL next looks by itself.
const STATISTICS_FROM: u64 = 500;

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
pub async fn note_visibility(db: &mut PgConnection, rows: u64) {
    if rows < STATISTICS_FROM {
        return;
    }
    if let Err(error) = queries::renew_visibility(db).await {
        tracing::warn!(%error, "many new rows could not be noted as seen by all");
    }
}
