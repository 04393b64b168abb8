//! `inroad export` and `inroad import`: one account into a file, and an empty account out of one.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use sqlx::PgPool;
use tempfile::NamedTempFile;

use crate::access::Owner;
use crate::accounts::queries::{Credentials, credentials, rail};
use crate::address::EmailAddress;
use crate::clock::Clock;
use crate::config::Config;
use crate::documents::room::Room;
use crate::export::archive::{bring, read, take};

async fn account(db: &PgPool, email: &str) -> anyhow::Result<Credentials> {
    let email = EmailAddress::parse(email).map_err(|e| anyhow!("{email} is no e-mail address: {e}"))?;
    let account = credentials(db, email.as_str()).await?;
    account.with_context(|| format!("{} has no account that may log in", email.as_str()))
}

/// Writes everything of one account into a file, whole or not at all. What is there is not replaced.
///
/// # Errors
/// In words that say what would be right.
pub async fn export(db: &PgPool, email: &str, to: &Path) -> anyhow::Result<()> {
    let by = Owner::granted(account(db, email).await?.id);
    if to.exists() {
        bail!("{} is there already; name a file that isn't", to.display());
    }
    let folder = to
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let file = NamedTempFile::new_in(&folder).with_context(|| format!("{} can't be written to", folder.display()))?;
    let mut db = db.acquire().await?;
    let written = take::take(&mut db, by, Clock::system().now(), file.as_file()).await?;
    written.sync_all()?;
    file.persist_noclobber(to).with_context(|| format!("{} can't be written", to.display()))?;
    println!("Everything of {email} is in {}.", to.display());
    Ok(())
}

/// Brings what a file holds into an account with nothing in it, whole or not at all.
///
/// # Errors
/// In words that say what would be right.
pub async fn import(db: &PgPool, email: &str, from: &Path, config: &Config) -> anyhow::Result<()> {
    let account = account(db, email).await?;
    let (by, room) = (Owner::granted(account.id), Room::of(config, account.documents_mb));
    let file = File::open(from).with_context(|| format!("{} can't be read", from.display()))?;
    let mut db = db.acquire().await?;
    let columns = bring::columns(&mut db, Clock::system().now()).await?;
    let said = || from.display().to_string();
    let checked = tokio::task::spawn_blocking(move || read::check(file, columns)).await?.with_context(said)?;
    let brought = bring::bring(&mut db, by, checked, room).await.with_context(said)?;
    rail::forget(&mut *db, by).await?;
    println!("{email} has everything {} holds: {} rows.", from.display(), brought.rows);
    Ok(())
}
