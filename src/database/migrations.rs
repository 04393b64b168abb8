//! Bringing the schema up to date, and knowing whether it is.

use std::time::Duration;

use anyhow::bail;
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgPool};

use super::Database;

/// The migrations this program knows.
pub static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long a migration waits for a lock, and so for how long it can hold up the statements queued behind it.
const LOCK_TIMEOUT: &str = "2s";
/// Attempts at a lock: about two minutes, for another program that is migrating the same database.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(400);

/// Brings the schema up to date, one program at a time however many start together.
///
/// Errors when the schema is newer than this program knows, or a migration cannot be applied; what was applied before
/// stays, each migration wholly or not at all.
pub async fn migrate(database: &Database) -> anyhow::Result<()> {
    let options: PgConnectOptions = database.direct_url.expose().parse()?;
    let options = options.application_name("inroad migrate").options([("lock_timeout", LOCK_TIMEOUT)]);
    for attempt in 1..=ATTEMPTS {
        // A connection of its own for every attempt: closing it gives the lock back whatever happened.
        let mut connection = options.connect().await?;
        let outcome = MIGRATIONS.run_direct(None, &mut connection, false).await;
        connection.close().await.ok();
        match outcome {
            Ok(()) => return Ok(()),
            Err(error) if is_lock_timeout(&error) => {
                tracing::info!(attempt, "waiting for a lock on the database's schema");
                tokio::time::sleep(PAUSE).await;
            }
            Err(MigrateError::VersionMissing(version)) if Some(version) > newest() => bail!(
                "The database's schema (version {version}) is newer than this Inroad knows (version {}). \
                 Start the Inroad that wrote it or a newer one, or restore a backup made before the update.",
                newest().unwrap_or_default()
            ),
            Err(error) => return Err(error.into()),
        }
    }
    bail!(
        "The database's schema has been locked by somebody else for two minutes. \
         End the long transaction or the other migration, and start again."
    )
}

/// Whether every migration this program knows has been applied.
///
/// A newer schema counts as current, so that the version before keeps serving while its successor starts beside it.
pub async fn schema_is_current(pool: &PgPool) -> sqlx::Result<bool> {
    let mut connection = pool.acquire().await?;
    let applied = match connection.list_applied_migrations("_sqlx_migrations").await {
        Ok(applied) => applied,
        Err(MigrateError::Execute(error)) if has_code(&error, UNDEFINED_TABLE) => return Ok(false),
        Err(MigrateError::Execute(error)) => return Err(error),
        Err(error) => return Err(sqlx::Error::Migrate(Box::new(error))),
    };
    Ok(MIGRATIONS.iter().all(|known| {
        applied.iter().any(|applied| applied.version == known.version && applied.checksum == known.checksum)
    }))
}

const UNDEFINED_TABLE: &str = "42P01";
const LOCK_NOT_AVAILABLE: &str = "55P03";

fn newest() -> Option<i64> {
    MIGRATIONS.iter().map(|migration| migration.version).max()
}

fn is_lock_timeout(error: &MigrateError) -> bool {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => has_code(error, LOCK_NOT_AVAILABLE),
        _ => false,
    }
}

fn has_code(error: &sqlx::Error, code: &str) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|found| found == code)
}
