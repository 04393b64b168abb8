//! The dumps that a private cluster keeps while it runs, and the one it leaves when it stops.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection, PgConnection};

use super::kept::Kept;
use super::programs::Dumper;
use crate::clock::Clock;
use crate::database::cluster::Cluster;
use crate::database::connect::{self, FAREWELL};
use crate::database::keeper::Health;
use crate::database::programs::find_clients;
use crate::database::queries;

/// How old the newest dump may be while the program runs.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How often it is looked at.
const LOOK: Duration = Duration::from_secs(60 * 60);
/// How long a dump may take while nobody waits for it.
const LONG: Duration = Duration::from_secs(60 * 60);

/// What is needed to keep dumps of a running cluster, apart from the cluster itself.
#[derive(Debug, Clone)]
pub(in crate::database) struct Keeping {
    /// Where they are kept.
    pub kept: Kept,
    dumper: Dumper,
}

impl Keeping {
    /// Of this cluster.
    ///
    /// Errors when the programs for dumps are not there.
    pub fn of(cluster: &Cluster) -> anyhow::Result<Self> {
        let programs = cluster.programs();
        let clients = find_clients(Some(&programs.folder), programs.major)?;
        Ok(Self { kept: cluster.kept(), dumper: Dumper::new(clients, &cluster.url())? })
    }

    /// Takes a dump now.
    pub async fn take(&self, now: Timestamp, limit: Duration) -> anyhow::Result<PathBuf> {
        let keeping = self.clone();
        tokio::task::spawn_blocking(move || keeping.kept.add(&keeping.dumper, now, limit)).await?
    }

    /// Takes one whenever the newest is older than a day. Never ends.
    pub async fn daily(self, clock: Clock) {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Err(error) = self.take_if_due(clock.now()).await {
                tracing::error!(error = format!("{error:#}"), "the dump of the day could not be taken");
            }
        }
    }

    /// Takes one if the newest is older than a day by then.
    pub async fn take_if_due(&self, now: Timestamp) -> anyhow::Result<()> {
        let newest = self.kept.all().pop();
        if newest.is_none_or(|(at, _)| now.duration_since(at) >= DAY) {
            let dump = self.take(now, LONG).await?;
            tracing::info!(dump = %dump.display(), "took the dump of the day");
        }
        Ok(())
    }
}

/// Stops the cluster in order, keeping a dump of everything first where that takes no longer than the limit.
pub(in crate::database) async fn leave(cluster: Cluster, limit: Duration) -> anyhow::Result<()> {
    let last = match tokio::time::timeout(limit, last(&cluster, limit)).await {
        Ok(last) => last,
        Err(_) => Err(anyhow::anyhow!("it took longer than {} s", limit.as_secs())),
    };
    tokio::task::spawn_blocking(move || {
        let mut written = Ok(());
        cluster.stop_then(|cluster, kept| {
            written = match &last {
                Ok(Some((dump, rows))) => kept.stopped(dump, rows.clone(), cluster),
                _ => Ok(()),
            };
        });
        written.and(last.map(drop)).context("no dump was kept of this stop")
    })
    .await?
}

/// The last dump, with how many rows each table has; nothing where others may still have written after it.
async fn last(cluster: &Cluster, limit: Duration) -> anyhow::Result<Option<(PathBuf, BTreeMap<String, i64>)>> {
    let began = Instant::now();
    if *cluster.health().borrow() != Health::Running {
        anyhow::bail!("the server is not running");
    }
    let keeping = Keeping::of(cluster)?;
    let mut db = PgConnection::connect_with(&connect::options(&cluster.url())?).await?;
    let mut alone = queries::is_alone(&mut db).await?;
    while !alone && began.elapsed() < FAREWELL {
        tokio::time::sleep(Duration::from_millis(50)).await;
        alone = queries::is_alone(&mut db).await?;
    }
    db.close().await.ok();
    let counting = keeping.dumper.clone();
    let rows = tokio::task::spawn_blocking(move || counting.rows()).await??;
    let dump = keeping.take(Clock::system().now(), limit.saturating_sub(began.elapsed())).await?;
    Ok(alone.then_some((dump, rows)))
}
