//! The way to the database: the pool, the schema's migrations, and the private cluster where no server is named.
//!
//! No statements of features are here; each feature has its own `queries`.

mod cluster;
mod leftover;
mod migrations;
mod parent_death;
mod place;
mod programs;
mod time;

use std::time::Duration;

use anyhow::Context;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};

pub use cluster::Cluster;
pub use migrations::{MIGRATIONS, migrate, schema_is_current};
pub use time::{At, Day};

use crate::config::{Config, DatabaseSource, Secret};

/// How many connections one program holds at most; more than the cores can use only adds waiting inside PostgreSQL.
const CONNECTIONS: u32 = 10;

/// An open database, and the private cluster it lives in where there is one.
#[derive(Debug)]
pub struct Database {
    /// The connections that requests use.
    pub pool: PgPool,
    /// The direct address: for migrations and for PostgreSQL's own programs.
    pub direct_url: Secret,
    cluster: Option<Cluster>,
}

/// Opens the database that the settings name, starting the private cluster where they name none.
///
/// Errors when no server can be reached or no PostgreSQL is found; the message says what to do.
pub async fn open(config: &Config) -> anyhow::Result<Database> {
    let (url, cluster) = match &config.database {
        DatabaseSource::Url(url) => (url.clone(), None),
        DatabaseSource::Embedded { bin } => {
            let (bin, data_dir) = (bin.clone(), config.data_dir.clone());
            let cluster = tokio::task::spawn_blocking(move || Cluster::start(bin.as_deref(), &data_dir)).await??;
            cluster.create_database().await?;
            (cluster.url(), Some(cluster))
        }
    };
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(3))
        .max_lifetime(Duration::from_secs(30 * 60))
        .idle_timeout(Duration::from_secs(10 * 60))
        // One more round trip for every request would be a high price: only a connection that has rested is asked.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move { Ok(meta.idle_for < Duration::from_secs(1) || connection.ping().await.is_ok()) })
        })
        .connect_with(connect_options(&url)?)
        .await
        .context(
            "The database cannot be reached. Check DATABASE_URL, and that the server runs and lets this user in.",
        )?;
    let direct_url = config.migrate_url.clone().unwrap_or(url);
    Ok(Database { pool, direct_url, cluster })
}

impl Database {
    /// Waits for the connections in use, closes them, and stops the private cluster.
    pub async fn close(self) {
        self.pool.close().await;
        if let Some(cluster) = self.cluster
            && let Err(error) = tokio::task::spawn_blocking(move || cluster.stop()).await
        {
            tracing::error!(%error, "the private PostgreSQL could not be stopped in order");
        }
    }
}

/// The limits of a request's statements: none waits or holds a lock for long (rows that need more set it per transaction).
fn connect_options(url: &Secret) -> anyhow::Result<PgConnectOptions> {
    let options: PgConnectOptions = url.expose().parse()?;
    Ok(options.application_name("inroad").options([
        ("statement_timeout", "5s"),
        ("lock_timeout", "2s"),
        ("idle_in_transaction_session_timeout", "15s"),
        // Every plan is by the user's id, so the generic one is right at once; planning anew costs more than running.
        ("plan_cache_mode", "force_generic_plan"),
    ]))
}
