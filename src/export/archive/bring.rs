//! Bringing an archive into an account with nothing in it: all of it, or nothing.

use std::io::{Read, Seek};

use jiff::Timestamp;
use sqlx::{Connection, PgConnection};
use tokio::sync::mpsc;

use super::columns::{Column, Columns, Kind, default_of};
use super::manifest::{Manifest, file_of};
use super::read::{Batch, Checked};
use super::refused::Refused;
use super::row::Row;
use crate::access::Owner;
use crate::accounts::settings::queries::lock;
use crate::database::large::{self, take_time};
use crate::database::refusal;
use crate::documents::room::Room;
use crate::export::queries::{self, tables};
use crate::folding::RULES;
use crate::{companies, contacts, documents, openings};

/// What was brought in.
#[derive(Debug, Clone)]
pub struct Brought {
    /// What the archive said of itself.
    pub manifest: Manifest,
    /// Rows written.
    pub rows: u64,
}

/// Why nothing was brought in.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The archive, or the account, is not what it must be.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database did not serve.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The reader ended before its time.
    #[error(transparent)]
    Ended(#[from] tokio::task::JoinError),
}

/// The columns of the tables, as the catalogue has them.
///
/// # Errors
/// When the database fails, or a column is of a type no archive knows.
pub async fn columns(db: &mut PgConnection, now: Timestamp) -> sqlx::Result<Columns> {
    let mut columns = Columns::default();
    for row in queries::catalogue(db).await? {
        let kind = Kind::of_type(&row.kind)
            .ok_or_else(|| sqlx::Error::Decode(format!("an archive knows no {}", row.kind).into()))?;
        let default = row.default.as_deref().and_then(|default| default_of(default, now));
        let column = Column { name: row.name, kind, required: row.required, default, names_own: row.names_own };
        columns.add(row.table, column);
    }
    Ok(columns)
}

/// Writes an archive into an account, in one transaction, if its documents have room there.
///
/// # Errors
/// [`Failure`]; then nothing was written.
pub async fn bring<R: Read + Seek + Send + 'static>(
    db: &mut PgConnection,
    by: Owner,
    mut archive: Checked<R>,
    room: Room,
) -> Result<Brought, Failure> {
    let mut transaction = db.begin().await?;
    take_time(&mut *transaction).await?;
    lock(&mut *transaction, by).await?;
    for table in tables::TABLES {
        if tables::holds_something(&mut transaction, by, table).await? {
            return Err(Refused::NotEmpty.into());
        }
    }
    let manifest = archive.manifest.clone();
    let (sender, mut batches) = mpsc::channel(1);
    let reading = tokio::task::spawn_blocking(move || archive.rows(|batch| sender.blocking_send(batch).is_ok()));
    let mut rows = 0;
    while let Some(batch) = batches.recv().await {
        rows += batch.rows.len() as u64;
        write(&mut transaction, by, &batch).await?;
    }
    reading.await??;
    let taken = documents::queries::taken(&mut *transaction, by).await?;
    if !room.holds(&taken) {
        return Err(Refused::NoRoom { taken, room }.into());
    }
    queries::set_account(&mut transaction, by, &manifest.account).await.map_err(|error| match refusal(&error) {
        Some(what) => Failure::Refused(Refused::Manifest { what }),
        None => error.into(),
    })?;
    if manifest.rules != RULES {
        companies::renewal::renew(&mut transaction, by).await?;
        contacts::renewal::renew(&mut transaction, by).await?;
        openings::queries::renewal::renew(&mut transaction, by).await?;
    }
    large::commit(transaction, rows).await?;
    large::note_visibility(db, rows).await;
    Ok(Brought { manifest, rows })
}

/// Writes some rows by one statement. Where the database refuses them, each is tried alone, so that the one it means is named.
async fn write(db: &mut PgConnection, by: Owner, batch: &Batch) -> Result<(), Failure> {
    let all: Vec<&Row> = batch.rows.iter().map(|(_, row)| row).collect();
    let Err(error) = insert(db, by, batch.table, &all).await else { return Ok(()) };
    let Some(what) = refusal(&error) else { return Err(error.into()) };
    let wrong = |line, what| Failure::Refused(Refused::Row { file: file_of(batch.table), line, what });
    for (line, row) in &batch.rows {
        if let Err(error) = insert(db, by, batch.table, &[row]).await {
            let Some(what) = refusal(&error) else { return Err(error.into()) };
            return Err(wrong(*line, what));
        }
    }
    Err(wrong(batch.rows.first().map_or(1, |(line, _)| *line), what))
}

async fn insert(db: &mut PgConnection, by: Owner, table: &str, rows: &[&Row]) -> sqlx::Result<()> {
    let user = by.user_id();
    // Once, as a row may be large.
    let mut objects = String::with_capacity(rows.iter().map(|row| row.fields.len() + 64).sum());
    for row in rows {
        objects.push_str(if objects.is_empty() { "[" } else { "," });
        objects.extend(["{\"user_id\":\"", &user.to_string(), "\"", &row.fields, "}"]);
    }
    objects.push(']');
    let mut part = db.begin().await?;
    tables::insert(&mut part, by, table, &objects).await?;
    part.commit().await
}
