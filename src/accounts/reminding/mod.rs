//! What an account is reminded of by mail and on its devices, and when. What is told then, and the job that tells it, is `reminders`'.

pub mod queries;
pub mod rule;
pub mod wishes;

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;

/// Has the job look at an account's reminders anew: what decides about their time was changed. Run it in the change's transaction.
///
/// # Errors
/// Only the database's.
pub async fn look_again(db: impl PgExecutor<'_>, by: Owner, now: Timestamp) -> sqlx::Result<()> {
    queries::look_again(db, by, None, now).await
}

/// The same where a talk was set, moved or brought back.
///
/// # Errors
/// Only the database's.
pub async fn talks_changed(db: impl PgExecutor<'_>, by: Owner, now: Timestamp) -> sqlx::Result<()> {
    queries::look_again(db, by, Some(wishes::Kind::Talk), now).await
}
