//! Bringing the schema up to date, and knowing whether it is.

use std::time::{Duration, Instant};

use anyhow::bail;
use sqlx::migrate::{Migrate, MigrateError, Migration, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, SqlStr};

use super::lease::connection;
use super::open::Database;
use super::sql::statements;
use super::trouble::{Trouble, has_code};
use super::{connect, queries};

/// The migrations this program knows.
pub static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The one that creates extensions.
const SEARCH: i64 = 45;
/// Where the applied ones are written down.
const TABLE: &str = "_sqlx_migrations";
/// How long it is tried to bring the schema up to date against others who hold what it needs, another program that is
/// migrating among them.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(400);

/// Brings the schema up to date, one program at a time however many start together.
///
/// Errors when the schema is newer than this program knows, or a migration cannot be applied; what was applied before
/// stays, each migration wholly or not at all.
pub async fn migrate(database: &Database) -> anyhow::Result<()> {
    let options = connect::options(&database.direct_url)?.application_name("inroad migrate");
    let deadline = Instant::now() + PATIENCE;
    let mut attempt = 0;
    let last = loop {
        attempt += 1;
        match try_to_migrate(&options).await {
            Ok(()) => return Ok(()),
            Err(error) if passes(&error) => {
                tracing::info!(attempt, reason = %error, "the schema is not up to date yet; trying again");
                if Instant::now() >= deadline {
                    break error;
                }
                tokio::time::sleep(PAUSE).await;
            }
            Err(MigrateError::VersionMissing(version)) if Some(version) > newest() => bail!(
                "The database's schema (version {version}) is newer than this Inroad knows (version {}). \
                 Start the Inroad that wrote it or a newer one, or restore a backup made before the update.",
                newest().unwrap_or_default()
            ),
            Err(MigrateError::VersionMissing(version) | MigrateError::VersionMismatch(version)) => bail!(
                "Step {version} of the database's schema is not the one this Inroad knows: another build of Inroad wrote \
                 it. Start that build again, or a newer release of it; or restore a backup made before it was started."
            ),
            Err(error) if lacks_extension(&error) => bail!(
                "The search needs two extensions that come with PostgreSQL, pg_trgm and btree_gin, and they could not be \
                 created ({error}). Install PostgreSQL's contrib package where they are missing (postgresql-contrib on \
                 Fedora, RHEL and Alpine). Where this user may not create them, let an administrator run in this database: \
                 create extension pg_trgm; create extension btree_gin;"
            ),
            Err(error) => return Err(error.into()),
        }
    };
    bail!(
        "The database's schema could not be brought up to date within two minutes, because others hold what it needs \
         ({last}). End the long transaction or the other migration, and start again."
    )
}

/// One attempt, on a connection of its own: closing it gives the lock back whatever happened.
async fn try_to_migrate(options: &PgConnectOptions) -> Result<(), MigrateError> {
    let mut connection = options.connect().await?;
    let outcome = apply_all(&mut connection).await;
    connection.close().await.ok();
    outcome
}

/// Applies what is missing, each migration in a transaction that first holds the tables everyone writes, in the order in
/// which the program locks them: a migration that took them the other way round would wait for a writer who waits for it.
async fn apply_all(connection: &mut PgConnection) -> Result<(), MigrateError> {
    queries::limit_migration(&mut *connection).await?;
    connection.lock().await?;
    connection.ensure_migrations_table(TABLE).await?;
    let applied = connection.list_applied_migrations(TABLE).await?;
    let missing = MIGRATIONS
        .iter()
        .map(|known| known.version)
        .filter(|version| applied.iter().all(|applied| applied.version != *version));
    let noting = without_statements();
    for version in missing {
        let mut transaction = connection.begin().await?;
        queries::hold_busy_tables(&mut transaction).await?;
        noting.run_direct(Some(version), &mut *transaction, false).await?;
        let scripts = MIGRATIONS.iter().filter(|known| known.version == version);
        for statement in scripts.flat_map(|migration| statements(migration.sql.as_str())) {
            queries::run(&mut transaction, statement)
                .await
                .map_err(|error| MigrateError::ExecuteMigration(error, version))?;
        }
        transaction.commit().await?;
    }
    // Refuses what is not known here, also where nothing is missing.
    MIGRATIONS.run_direct(None, connection, false).await
}

/// The same migrations with nothing to do: sqlx checks what was applied and writes down what is, and a distributed PostgreSQL,
/// which passes a string on to its workers as it is, gets one statement at a time.
fn without_statements() -> Migrator {
    let emptied = |migration: &Migration| Migration { sql: SqlStr::from_static(""), ..migration.clone() };
    Migrator::with_migrations(MIGRATIONS.iter().map(emptied).collect())
}

/// Whether every migration this program knows has been applied.
///
/// A newer schema counts as current, so that the version before keeps serving while its successor starts beside it.
pub async fn schema_is_current(pool: &PgPool) -> sqlx::Result<bool> {
    let mut connection = connection(pool).await?;
    let applied = match connection.list_applied_migrations(TABLE).await {
        Ok(applied) => applied,
        Err(MigrateError::Execute(error)) if has_code(&error, &[UNDEFINED_TABLE]) => return Ok(false),
        Err(MigrateError::Execute(error)) => return Err(error),
        Err(error) => return Err(sqlx::Error::Migrate(Box::new(error))),
    };
    Ok(MIGRATIONS.iter().all(|known| {
        applied.iter().any(|applied| applied.version == known.version && applied.checksum == known.checksum)
    }))
}

const UNDEFINED_TABLE: &str = "42P01";
/// Not on the machine, in the words of older and newer releases, and not allowed.
const NO_EXTENSION: &[&str] = &["58P01", "0A000", "42501"];

fn newest() -> Option<i64> {
    MIGRATIONS.iter().map(|migration| migration.version).max()
}

/// Whether the migration that creates extensions could not.
fn lacks_extension(error: &MigrateError) -> bool {
    matches!(error, MigrateError::ExecuteMigration(error, SEARCH) if has_code(error, NO_EXTENSION))
}

/// Locks and deadlocks with those who use the database meanwhile, and whatever else passes.
fn passes(error: &MigrateError) -> bool {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            Trouble::of(error) == Trouble::Passing
        }
        _ => false,
    }
}
