//! The data of a private cluster, moved to another major version of PostgreSQL.
//!
//! A dump of everything is brought back into a new cluster beside the old one, counted, and only then given its name. At
//! each step the old data is whole: whoever starts after a crash begins anew, or finishes the last renaming. The old folder
//! stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use super::cluster::{Cluster, Ground, written_by};
use super::dumps::file::sync_folder_of;
use super::dumps::kept::Kept;
use super::dumps::last::leave;
use super::dumps::programs::Dumper;
use super::keeper::Restarts;
use super::leftover;
use super::majors::{Choice, Data, choose};
use super::place::CLUSTER;
use super::programs::{Programs, find_clients};

/// How long the dump of everything may take; whoever starts a program waits for it.
const LONG: Duration = Duration::from_secs(60 * 60);

/// The programs that run the data of this ground, once it is theirs.
///
/// Errors when there are none that can, in words that say what would help.
pub(super) async fn programs_for(named: Option<&Path>, ground: &Ground) -> anyhow::Result<Programs> {
    finish(ground)?;
    let data = data(&ground.place.cluster, &ground.kept())?;
    let (named, looking) = (named.map(Path::to_owned), data);
    let choice = tokio::task::spawn_blocking(move || choose(named.as_deref(), looking.as_ref())).await??;
    let (old, new) = match choice {
        Choice::Use(programs) => return Ok(programs),
        Choice::Move { old, new } => (old, new),
    };
    match (move_to(&new, old.as_ref(), ground).await, old) {
        (Ok(()), _) => Ok(new),
        (Err(error), Some(old)) => {
            tracing::error!(
                error = format!("{error:#}"),
                "the data could not be moved to PostgreSQL {}; it is as it was, and PostgreSQL {} goes on with it",
                new.major,
                old.major
            );
            Ok(old)
        }
        (Err(error), None) => {
            Err(error.context(format!("The data could not be moved to PostgreSQL {}; it is as it was", new.major)))
        }
    }
}

fn data(cluster: &Path, kept: &Kept) -> anyhow::Result<Option<Data>> {
    Ok(written_by(cluster)?.map(|written_by| Data {
        folder: cluster.to_owned(),
        written_by,
        is_dumped: kept.current(cluster).is_some(),
        newest_dump: kept.all().pop().map(|(_, dump)| dump),
    }))
}

/// What the next start does about the data of a folder in which nothing runs, in words. Nothing is changed. Blocks.
///
/// Errors when it could not start, in words that say what would help.
pub(super) fn ahead(named: Option<&Path>, data_dir: &Path) -> anyhow::Result<String> {
    let data_dir = fs::canonicalize(data_dir)?;
    let cluster = data_dir.join(CLUSTER);
    let rests = "the private PostgreSQL rests while Inroad does not run";
    if moved(&cluster).exists() {
        return Ok(format!("{rests}; the next start finishes moving the data to another version"));
    }
    let Some(data) = data(&cluster, &Kept::of(&data_dir))? else { bail!("There is no data in {}.", cluster.display()) };
    Ok(match choose(named, Some(&data))? {
        Choice::Use(programs) => {
            format!("{rests}; the next start runs version {} and brings the schema up to date", programs.major)
        }
        Choice::Move { new, .. } => format!(
            "{rests}; the next start moves the data from version {} to {}, and keeps the old folder",
            data.written_by, new.major
        ),
    })
}

async fn move_to(new: &Programs, old: Option<&Programs>, ground: &Ground) -> anyhow::Result<()> {
    let from = &ground.place.cluster;
    tracing::info!(to = new.major, folder = %from.display(), "moving the data to a newer PostgreSQL");
    if ground.kept().current(from).is_none() {
        let old = old.context("no dump holds all of it, and the programs that could take one are not there")?;
        leave(Cluster::run(ground.clone(), old.clone(), Restarts::default()).await?, LONG).await?;
    }
    let (dump, stopped) =
        ground.kept().current(from).context("others went on writing while the dump was taken; start again")?;
    let beside = ground.beside("moving");
    let made = make(&dump, &stopped.rows, new, &beside).await;
    if made.is_err() {
        fs::remove_dir_all(&beside.place.cluster).ok();
    }
    made?;
    fs::rename(&beside.place.cluster, moved(from)).context("the new cluster could not be renamed")?;
    sync_folder_of(from)?;
    finish(ground)
}

/// Makes a cluster that holds what the dump holds, and stops it again.
async fn make(dump: &Path, rows: &BTreeMap<String, i64>, programs: &Programs, beside: &Ground) -> anyhow::Result<()> {
    leftover::stop(&beside.place.cluster)?;
    if beside.place.cluster.exists() {
        fs::remove_dir_all(&beside.place.cluster)?;
    }
    let cluster = Cluster::run(beside.clone(), programs.clone(), Restarts::default()).await?;
    cluster.create_database().await?;
    let dumper = Dumper::new(find_clients(Some(&programs.folder), programs.major)?, &cluster.url())?;
    let (dump, server) = (dump.to_owned(), programs.major);
    let found = tokio::task::spawn_blocking(move || {
        let found = dumper.restore(&dump, server, "").and_then(|()| dumper.rows());
        cluster.stop();
        found
    })
    .await??;
    ensure!(found == *rows, "the new cluster does not hold the same rows: {}", difference(rows, &found));
    Ok(())
}

fn difference(expected: &BTreeMap<String, i64>, found: &BTreeMap<String, i64>) -> String {
    let tables = expected.keys().chain(found.keys()).filter(|table| expected.get(*table) != found.get(*table));
    let said = tables.map(|table| format!("{table} {:?} and now {:?}", expected.get(table), found.get(table)));
    said.collect::<Vec<_>>().join(", ")
}

fn moved(cluster: &Path) -> PathBuf {
    cluster.with_extension("moved")
}

/// Gives a cluster that holds everything the name, and the old one another.
///
/// A crash may come between any two lines: as long as the new cluster waits, the next start comes here again.
fn finish(ground: &Ground) -> anyhow::Result<()> {
    let (new, name) = (moved(&ground.place.cluster), &ground.place.cluster);
    if !new.exists() {
        return Ok(());
    }
    if name.exists() {
        if ground.kept().current(name).is_none() {
            // An Inroad of before has gone on with the old data meanwhile.
            tracing::warn!("the data was used since it was moved to a newer PostgreSQL; moving it again");
            return fs::remove_dir_all(&new).context("an outdated copy of the data could not be removed");
        }
        let written_by = written_by(name)?.unwrap_or_default();
        let free = (1..).map(|nr| match nr {
            1 => name.with_extension(written_by.to_string()),
            _ => name.with_extension(format!("{written_by}.{nr}")),
        });
        let old = free.into_iter().find(|path| !path.exists()).context("there is no free name for the old data")?;
        fs::rename(name, &old).context("the old data could not be renamed")?;
        sync_folder_of(name)?;
        tracing::info!(old = %old.display(), "the data was moved; the old folder is kept, and may go once all is well");
    }
    fs::rename(&new, name).context("the new data could not be renamed")?;
    sync_folder_of(name)?;
    Ok(())
}
