//! Opening the database that the settings name, and closing it again.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::PgPool;
use tokio::sync::watch;

use super::cluster::Cluster;
use super::connect::{self, FAREWELL};
use super::dumps::last::{self, Keeping};
use super::keeper::Health;
use super::lease::connection;
use super::time::At;
use super::{moving, queries};
use crate::clock::Clock;
use crate::config::{Config, DatabaseSource, Secret};

/// How long it takes for a last dump of a private cluster; those who stop programs wait a minute and a half for all of it.
const LAST_DUMP: Duration = Duration::from_secs(30);

/// An open database, and the private cluster it lives in where there is one.
#[derive(Debug)]
pub struct Database {
    /// The connections that requests use.
    pub pool: PgPool,
    /// The direct address: for migrations and for PostgreSQL's own programs.
    pub direct_url: Secret,
    pub(super) cluster: Option<Cluster>,
}

/// Opens the database that the settings name, starting the private cluster where they name none.
///
/// Errors when no server can be reached in time or no PostgreSQL is found; the message says what to do.
pub async fn open(config: &Config) -> anyhow::Result<Database> {
    open_within(config, config.database_patience).await
}

/// The database as it is found, with nothing started or changed.
#[derive(Debug)]
pub enum Found {
    /// It runs.
    Running(Box<Database>),
    /// The private one rests; what its next start does, in words.
    Resting(String),
}

/// Looks at the database, and changes nothing.
///
/// # Errors
/// When there is none yet, it does not answer in time, or could not be started; the message says so.
pub async fn look(config: &Config, patience: Duration) -> anyhow::Result<Found> {
    if let DatabaseSource::Url(_) = config.database {
        return open_within(config, patience).await.map(Box::new).map(Found::Running);
    }
    if let Some(database) = running(config, patience).await? {
        return Ok(Found::Running(Box::new(database)));
    }
    let (named, data_dir) = (config.pg_bin.clone(), config.data_dir.clone());
    tokio::task::spawn_blocking(move || moving::ahead(named.as_deref(), &data_dir)).await?.map(Found::Resting)
}

/// Opens the database beside an Inroad that may be using it: nothing is made, and a private cluster that runs is left
/// running.
///
/// # Errors
/// When there is none yet, or it does not answer in time; the message says so.
pub async fn open_beside(config: &Config, patience: Duration) -> anyhow::Result<Database> {
    if let DatabaseSource::Embedded = config.database
        && let Some(database) = running(config, patience).await?
    {
        return Ok(database);
    }
    open_within(config, patience).await
}

/// The private database, where some program runs it; that program keeps it running.
///
/// # Errors
/// When it does not answer in time.
pub async fn open_running(config: &Config) -> anyhow::Result<Option<Database>> {
    match config.database {
        DatabaseSource::Embedded if Cluster::is_in(&config.data_dir) => running(config, config.database_patience).await,
        _ => Ok(None),
    }
}

/// The private database that some program runs. Nothing where it rests; an error where there is none.
async fn running(config: &Config, patience: Duration) -> anyhow::Result<Option<Database>> {
    anyhow::ensure!(
        Cluster::is_in(&config.data_dir),
        "There is no data in {} yet: the first start makes it. INROAD_DATA_DIR names another folder.",
        config.data_dir.display()
    );
    if let Some(url) = Cluster::url_where_it_runs(&config.data_dir) {
        let options = connect::options(&url)?;
        connect::wait(&options, patience).await?;
        return Ok(Some(Database { pool: connect::pool(options), direct_url: url, cluster: None }));
    }
    anyhow::ensure!(
        !Cluster::is_in_use(&config.data_dir)?,
        "The private PostgreSQL does not run just now; the Inroad that keeps its data there starts it again."
    );
    Ok(None)
}

async fn open_within(config: &Config, patience: Duration) -> anyhow::Result<Database> {
    let (url, cluster) = match &config.database {
        DatabaseSource::Url(url) => (url.clone(), None),
        DatabaseSource::Embedded => {
            let cluster = Cluster::start(config.pg_bin.as_deref(), &config.data_dir).await?;
            cluster.create_database().await?;
            (cluster.url(), Some(cluster))
        }
    };
    let options = connect::options(&url)?;
    connect::wait(&options, patience).await?;
    if cluster.is_none() {
        connect::refuse_shared_sessions(&options).await?;
    }
    let pool = connect::pool(options);
    let direct_url = config.migrate_url.clone().unwrap_or(url);
    Ok(Database { pool, direct_url, cluster })
}

/// What time it is there.
///
/// # Errors
/// Only the database's.
pub async fn time(pool: &PgPool) -> sqlx::Result<At> {
    queries::time(&mut *connection(pool).await?).await
}

impl Database {
    /// What the private PostgreSQL is doing, now and later; where there is none, it always runs.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.cluster.as_ref().map_or_else(|| watch::channel(Health::Running).1, Cluster::health)
    }

    /// Ends when the private PostgreSQL could not be started again, with the reason; where there is none, never.
    pub fn lost(&self) -> impl Future<Output = String> + use<> {
        let health = self.cluster.as_ref().map(Cluster::health);
        async move {
            if let Some(mut health) = health
                && let Ok(Health::Lost(reason)) =
                    health.wait_for(|health| matches!(health, Health::Lost(_))).await.as_deref()
            {
                return reason.clone();
            }
            std::future::pending().await
        }
    }

    /// Keeps a dump a day of a private cluster, for as long as it is polled; the dumps of a server of your own are yours.
    pub fn daily_dumps(&self, clock: Clock) -> impl Future<Output = ()> + use<> {
        let keeping = self.cluster.as_ref().map(Keeping::of);
        async move {
            match keeping {
                None => {}
                Some(Ok(keeping)) => keeping.daily(clock).await,
                Some(Err(error)) => tracing::warn!(error = format!("{error:#}"), "no dumps of the data can be kept"),
            }
        }
    }

    /// Keeps a dump of a private cluster where the newest is a day old by then.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub async fn dump_if_due(&self, now: Timestamp) -> anyhow::Result<()> {
        match &self.cluster {
            Some(cluster) => Keeping::of(cluster)?.take_if_due(now).await,
            None => Ok(()),
        }
    }

    /// Waits a moment for the connections in use, closes them, and stops the private cluster, which leaves a dump.
    pub async fn close(self) {
        self.close_within(LAST_DUMP).await;
    }

    /// The same with another limit on that dump; the stop does not depend on it.
    pub async fn close_within(self, limit: Duration) {
        if tokio::time::timeout(FAREWELL, self.pool.close()).await.is_err() {
            tracing::warn!("connections to the database were left without a farewell");
        }
        if let Some(cluster) = self.cluster
            && let Err(error) = last::leave(cluster, limit).await
        {
            tracing::warn!(
                error = format!("{error:#}"),
                "the private PostgreSQL has stopped without a dump of its data"
            );
        }
    }
}
