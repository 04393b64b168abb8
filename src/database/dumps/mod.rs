//! Dumps: everything in one file, by PostgreSQL's own programs, and back again, for both kinds of database.

pub(super) mod file;
pub(super) mod kept;
pub(super) mod last;
pub(super) mod programs;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use sqlx::{Connection, PgConnection};

use kept::Kept;
use last::Keeping;
use programs::Dumper;

use super::connect::{self, FAREWELL};
use super::migrations::MIGRATIONS;
use super::open::{Database, open, open_beside};
use super::programs::find_clients;
use super::queries;
use crate::clock::Clock;
use crate::config::Config;

/// How long a dump may take when whoever asked for it waits.
const LONG: Duration = Duration::from_secs(60 * 60);

/// The newest dump that the data folder keeps of a private cluster, and when it was taken.
pub fn newest(config: &Config) -> Option<(Timestamp, PathBuf)> {
    Kept::of(&config.data_dir).all().pop()
}

/// Writes everything into a file, also beside an Inroad that is using the database. Returns how many bytes it has.
///
/// # Errors
/// In words that say what would be right; what had the name stays then.
pub async fn take(config: &Config, target: &Path) -> anyhow::Result<u64> {
    let database = open_beside(config, config.database_patience).await?;
    let taken = async {
        let (mut db, dumper, _) = reach(config, &database).await?;
        ensure!(
            queries::schema_exists(&mut db).await?,
            "There is nothing to dump: no Inroad has started on this database yet."
        );
        db.close().await.ok();
        let target = target.to_owned();
        tokio::task::spawn_blocking(move || dumper.take(&target, None)).await?
    }
    .await;
    database.close().await;
    taken
}

/// Brings back what a dump holds, wholly or not at all. Returns how many accounts there are then.
///
/// # Errors
/// When another Inroad uses the database, when there are accounts already and they were not to be replaced, and when the
/// file is not a dump that this Inroad knows; in words that say what would be right.
pub async fn restore(config: &Config, dump: &Path, replace: bool) -> anyhow::Result<i64> {
    let database = open(config).await?;
    let restored = restore_into(config, &database, dump, replace).await;
    database.close().await;
    restored
}

async fn restore_into(config: &Config, database: &Database, dump: &Path, replace: bool) -> anyhow::Result<i64> {
    let (mut db, dumper, server) = reach(config, database).await?;
    let accounts = queries::accounts(&mut db).await?;
    if accounts > 0 && !replace {
        bail!(
            "This database has {}. Add --replace to put the dump in their place; `inroad dump` keeps them first.",
            if accounts == 1 { "an account already".into() } else { format!("{accounts} accounts already") }
        );
    }
    let deadline = Instant::now() + FAREWELL;
    while queries::others(&mut db).await? > 0 {
        ensure!(
            Instant::now() < deadline,
            "Another Inroad is using this database. Stop it first, then bring the dump back."
        );
        tokio::time::sleep(FAREWELL / 30).await;
    }
    let (dump, reader) = (dump.to_owned(), dumper.clone());
    let (dump, schema) =
        tokio::task::spawn_blocking(move || reader.schema(&dump).map(|schema| (dump, schema))).await??;
    let newest = MIGRATIONS.iter().map(|known| known.version).max().unwrap_or_default();
    ensure!(
        schema <= newest,
        "{} was written by a newer Inroad (its schema is version {schema}; this one knows {newest}). \
         Bring it back with that Inroad or a newer one.",
        dump.display()
    );
    if accounts > 0
        && let Some(cluster) = &database.cluster
    {
        let kept = Keeping::of(cluster)?.take(Clock::system().now(), LONG).await?;
        tracing::info!(kept = %kept.display(), "took a dump of what is replaced");
    }
    let first = drop_known_tables();
    tokio::task::spawn_blocking(move || dumper.restore(&dump, server, &first)).await??;
    let accounts = queries::accounts(&mut db).await?;
    db.close().await.ok();
    Ok(accounts)
}

/// A connection of its own, the programs for dumps, and the server's major version.
async fn reach(config: &Config, database: &Database) -> anyhow::Result<(PgConnection, Dumper, u32)> {
    let options = connect::options(&database.direct_url)?.application_name("inroad dump");
    let mut db = PgConnection::connect_with(&options).await.context("The database cannot be reached")?;
    let server = queries::server_major(&mut db).await?.unsigned_abs();
    let clients = find_clients(config.pg_bin.as_deref(), server)?;
    Ok((db, Dumper::new(clients, &database.direct_url)?, server))
}

/// Makes room for the tables of a dump. What is not Inroad's, in a database it shares, stays.
fn drop_known_tables() -> String {
    let words: Vec<&str> = MIGRATIONS.iter().flat_map(|migration| migration.sql.as_str().split_whitespace()).collect();
    let made = words.windows(3).filter(|three| ["create", "unlogged"].contains(&three[0]) && three[1] == "table");
    let tables: Vec<&str> = made.map(|three| three[2]).chain(["_sqlx_migrations"]).collect();
    format!("set lock_timeout = '10s'; drop table if exists {} cascade", tables.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_every_migration_are_known() {
        let statement = drop_known_tables();
        for table in ["users,", "contacts,", "company_lists,", "rails,", "_sqlx_migrations cascade"] {
            assert!(statement.contains(&format!(" {table}")), "{table}: {statement}");
        }
    }
}
