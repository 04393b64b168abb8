//! Reading an archive: its manifest, then row by row, in bounded memory whatever is in it.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Seek};

use uuid::Uuid;
use zip::ZipArchive;
use zip::result::ZipError;

use super::columns::Columns;
use super::manifest::{FOLDER, MANIFEST, Manifest, file_of};
use super::refused::{ROW_MOST, ROWS_MOST, Refused, UNPACKED_MOST, WAITING_MOST};
use super::row::{self, Row};
use crate::export::queries::tables::TABLES;

/// Files an archive may have.
const FILES_MOST: usize = 1_000;
/// Bytes of the manifest.
const MANIFEST_MOST: u64 = 1024 * 1024;
/// Rows written by one statement, and their bytes.
const BATCH_ROWS: usize = 500;
const BATCH_BYTES: usize = 1024 * 1024;

/// An archive that was read to its end, and can be written.
pub struct Checked<R> {
    zip: ZipArchive<R>,
    /// What it says of itself.
    pub manifest: Manifest,
    columns: Columns,
}

/// Some rows of one table, in an order in which they can be written.
#[derive(Debug)]
pub struct Batch {
    /// The table.
    pub table: &'static str,
    /// The rows, each with its line.
    pub rows: Vec<(u64, Row)>,
}

/// Reads a whole archive and says what is wrong with it, if anything is that can be seen without writing it.
///
/// # Errors
/// [`Refused`].
pub fn check<R: Read + Seek>(mut file: R, columns: Columns) -> Result<Checked<R>, Refused> {
    let length = file.seek(std::io::SeekFrom::End(0)).map_err(|_| Refused::NoZip)?;
    if length == 0 {
        return Err(Refused::Empty);
    }
    let mut zip = ZipArchive::new(file).map_err(|_| Refused::NoZip)?;
    if zip.len() > FILES_MOST {
        return Err(Refused::TooMuch);
    }
    let is_known = |name: &str| TABLES.iter().any(|table| file_of(table) == name);
    let names = zip.file_names().collect::<Result<Vec<_>, _>>().map_err(|_| Refused::NoZip)?;
    let unknown = names.iter().find(|name| name.starts_with(FOLDER) && !name.ends_with('/') && !is_known(name));
    let unknown = unknown.map(|name| name.chars().filter(|c| !c.is_control()).take(80).collect::<String>());
    drop(names);
    let manifest = Manifest::parse(&manifest(&mut zip)?)?;
    if let Some(file) = unknown {
        return Err(Refused::Unknown { file });
    }
    let mut checked = Checked { zip, manifest, columns };
    checked.rows(|_| true)?;
    Ok(checked)
}

fn manifest<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<Vec<u8>, Refused> {
    let file = match zip.by_name(MANIFEST) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Err(Refused::NoManifest),
        Err(_) => return Err(Refused::Damaged { file: MANIFEST.into() }),
    };
    let mut text = Vec::new();
    file.take(MANIFEST_MOST + 1).read_to_end(&mut text).map_err(|_| Refused::Damaged { file: MANIFEST.into() })?;
    if text.len() as u64 > MANIFEST_MOST { Err(Refused::TooMuch) } else { Ok(text) }
}

impl<R: Read + Seek> Checked<R> {
    /// Hands out all rows, table by table in the order of [`TABLES`], until `take` says no.
    ///
    /// # Errors
    /// [`Refused`] at the first row that is wrong.
    pub fn rows(&mut self, mut take: impl FnMut(Batch) -> bool) -> Result<(), Refused> {
        let (mut room, mut all) = (UNPACKED_MOST, 0);
        for table in TABLES {
            let (file, said) = (file_of(table), self.manifest.rows.get(*table).copied().unwrap_or(0));
            let found = match self.zip.by_name(&file) {
                Ok(unpacked) => {
                    let lines = Lines { from: BufReader::new(unpacked), file: &file, room: &mut room, line: 0 };
                    let Some(found) = table_of(lines, table, &self.columns, ROWS_MOST - all, &mut take)? else {
                        return Ok(());
                    };
                    found
                }
                Err(ZipError::FileNotFound) => 0,
                Err(_) => return Err(Refused::Damaged { file }),
            };
            all += found;
            if found != said {
                return Err(Refused::Count { file, found, said });
            }
        }
        Ok(())
    }
}

/// The lines of a file inside.
struct Lines<'a, B> {
    from: B,
    file: &'a str,
    /// Bytes that may still be unpacked.
    room: &'a mut u64,
    line: u64,
}

impl<B: BufRead> Lines<'_, B> {
    fn wrong(&self, what: impl Into<String>) -> Refused {
        Refused::Row { file: self.file.into(), line: self.line, what: what.into() }
    }

    fn next(&mut self) -> Result<Option<String>, Refused> {
        self.line += 1;
        let most = (ROW_MOST as u64).min(*self.room) + 1;
        let mut bytes = Vec::new();
        let read = (&mut self.from).take(most).read_until(b'\n', &mut bytes);
        let read = read.map_err(|_| Refused::Damaged { file: self.file.into() })? as u64;
        if read == 0 {
            return Ok(None);
        }
        if read > *self.room {
            return Err(Refused::TooMuch);
        }
        *self.room -= read;
        if read > ROW_MOST as u64 {
            return Err(self.wrong(format!("a row may have {} MB", ROW_MOST / 1024 / 1024)));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| self.wrong("it isn't written in UTF-8"))
    }
}

/// Hands out the rows of one table: those that name rows not seen yet, together at the end. Returns how many there are; nothing
/// where `take` said no.
fn table_of<B: BufRead>(
    mut lines: Lines<'_, B>,
    table: &'static str,
    columns: &Columns,
    most: u64,
    take: &mut impl FnMut(Batch) -> bool,
) -> Result<Option<u64>, Refused> {
    let columns = columns.of(table);
    let names_own = columns.iter().any(|column| column.names_own);
    let (mut seen, mut waiting, mut waiting_bytes) = (HashSet::<Uuid>::new(), Vec::new(), 0);
    let (mut rows, mut bytes, mut found) = (Vec::new(), 0, 0);
    while let Some(line) = lines.next()? {
        found += 1;
        if found > most {
            return Err(Refused::TooMuch);
        }
        let row = row::read(line.trim_end_matches(['\n', '\r']), table, columns).map_err(|what| lines.wrong(what))?;
        if names_own {
            if row.names.iter().any(|named| !seen.contains(named)) {
                waiting_bytes += row.fields.len();
                if waiting_bytes > WAITING_MOST {
                    return Err(lines.wrong("too many rows name others that come later"));
                }
                waiting.push((lines.line, row));
                continue;
            }
            seen.insert(row.id);
        }
        bytes += row.fields.len();
        rows.push((lines.line, row));
        if rows.len() == BATCH_ROWS || bytes > BATCH_BYTES {
            bytes = 0;
            if !take(Batch { table, rows: std::mem::take(&mut rows) }) {
                return Ok(None);
            }
        }
    }
    for rows in [rows, waiting] {
        if !rows.is_empty() && !take(Batch { table, rows }) {
            return Ok(None);
        }
    }
    Ok(Some(found))
}
