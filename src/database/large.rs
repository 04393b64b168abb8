//! What writing thousands of rows needs: time, and a planner that knows of them at once.

use sqlx::PgConnection;

use super::queries;
pub use super::queries::take_time;

/// New rows from which on the planner has to know of them at once, and not when PostgreSQL next looks by itself.
const STATISTICS_FROM: u64 = 500;

/// Tells the planner of so many new rows, if they are many. What was written stands, whatever comes of this; run it after the
/// transaction.
pub async fn tell_the_planner(db: &mut PgConnection, rows: u64) {
    if rows < STATISTICS_FROM {
        return;
    }
    if let Err(error) = renew(db).await {
        tracing::warn!(%error, "the statistics of the tables could not be renewed after many rows came in");
    }
}

async fn renew(db: &mut PgConnection) -> sqlx::Result<()> {
    queries::renew_statistics(&mut *db).await?;
    queries::renew_visibility(db).await
}
