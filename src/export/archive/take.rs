//! Writing an archive of an account as it is at one instant.

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use sqlx::{Connection, PgConnection};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::manifest::{FORMAT, MANIFEST, Manifest, file_of, schema};
use crate::access::Viewer;
use crate::database::large::take_time;
use crate::error::Result;
use crate::export::queries::{self, tables};
use crate::folding::RULES;

/// What stands in the archive for whoever opens it by hand.
const README: &str = "\
This is everything that was in one account of Inroad.\n\
\n\
inroad.json says when it was made, and holds the account's own settings.\n\
tables/ has a file for each kind of thing: one row per line, each written as JSON.\n\
\n\
To use it, make a new account on any Inroad, open Export, and bring it in there.\n\
It holds what you know of other people: keep it where only you can read it.\n";

/// Writes everything of an account into a zip, and returns what it was written to.
///
/// # Errors
/// When the database fails, or what it is written to.
pub async fn take<W: Write + Seek>(db: &mut PgConnection, by: impl Into<Viewer>, now: Timestamp, to: W) -> Result<W> {
    let by = by.into();
    let mut zip = ZipWriter::new(to);
    // Entries say no time of their own: two archives of the same rows have the same files.
    let options = SimpleFileOptions::default();
    let mut transaction = db.begin().await?;
    queries::hold_still(&mut *transaction).await?;
    take_time(&mut *transaction).await?;
    let mut counts = BTreeMap::new();
    for table in tables::TABLES {
        zip.start_file(file_of(table), options).map_err(anyhow::Error::from)?;
        let mut rows = tables::rows(&mut transaction, by, table);
        let mut count = 0;
        while let Some(row) = rows.try_next().await? {
            zip.write_all(row.as_bytes()).and_then(|()| zip.write_all(b"\n")).map_err(anyhow::Error::from)?;
            count += 1;
        }
        counts.insert((*table).to_owned(), count);
    }
    let manifest = Manifest {
        format: FORMAT.into(),
        schema: schema(),
        rules: RULES,
        made_by: env!("CARGO_PKG_VERSION").into(),
        made_at: now,
        account: queries::account(&mut transaction, by).await?,
        rows: counts,
    };
    transaction.rollback().await?;
    let json = serde_json::to_string_pretty(&manifest).map_err(anyhow::Error::from)?;
    for (name, text) in [(MANIFEST, json.as_str()), ("README.txt", README)] {
        zip.start_file(name, options).map_err(anyhow::Error::from)?;
        zip.write_all(text.as_bytes()).map_err(anyhow::Error::from)?;
    }
    Ok(zip.finish().map_err(anyhow::Error::from)?)
}
