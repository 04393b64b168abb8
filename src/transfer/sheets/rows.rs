//! Rows out of text: a CSV file of any separator, or what was copied out of a spreadsheet.

use std::borrow::Cow;

use csv::StringRecord;

use super::{COLUMNS_MAX, Row, Sheet};
use crate::transfer::decode::{Separator, decode};
use crate::transfer::linkedin::ROWS_MAX;
use crate::transfer::linkedin::unreadable::{BYTES_MAX, CELL_MAX, WITHIN, is_blank};
use crate::transfer::quoting;
use crate::transfer::table::Fault;
use crate::web::sheet::unguarded;

/// Reads a table.
///
/// # Errors
/// [`Fault`]; nothing of the file may be used then.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(Fault::Packed(format!("A table has at most {} MB", BYTES_MAX / 1024 / 1024)));
    }
    let decoded = decode(bytes)?;
    let rows = rows(&decoded.text)?;
    let nobody = || Fault::Packed("There is nothing in it".into());
    let sheet = Sheet::of(name, rows).ok_or_else(nobody)?;
    if sheet.body().is_empty() { Err(Fault::Packed("There is no one in it, only a heading".into())) } else { Ok(sheet) }
}

/// The rows of a text that hold something.
fn rows(text: &str) -> Result<Vec<Row>, Fault> {
    let text: Cow<'_, str> = if text.contains(['\r', '\0']) {
        text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', " ").into()
    } else {
        text.into()
    };
    // A title above the heading has none.
    let first = text.lines().take(WITHIN).find_map(|line| {
        let found = Separator::detect(line);
        line.contains(char::from(found.byte())).then_some(found)
    });
    let separator = first.unwrap_or(Separator::Comma);
    // What is copied out of a spreadsheet has its marks as they are in the cell, unless the cell has several lines.
    let is_quoted = match quoting::check(&text, separator, 1) {
        Ok(()) => true,
        Err(quoting::Fault::Stray { .. }) if separator == Separator::Tab => false,
        Err(fault) => return Err(fault.into()),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(is_quoted)
        .delimiter(separator.byte())
        .from_reader(text.as_bytes());
    let mut row = StringRecord::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut after = 0;
    loop {
        if !reader.read_record(&mut row).map_err(|_| Fault::Row { line: after })? {
            return Ok(rows);
        }
        let inside = row.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let counted = row.position().map_or(1, csv::Position::line);
        let line = reader.position().line().saturating_sub(1 + inside).max(counted);
        after = line;
        if row.len() > COLUMNS_MAX {
            return Err(Fault::Cells { line });
        }
        if row.iter().any(|cell| cell.len() > CELL_MAX) {
            return Err(Fault::Length { line });
        }
        if row.iter().all(is_blank) {
            continue;
        }
        rows.push(Row { line, cells: row.iter().map(|cell| unguarded(cell.trim()).trim().to_owned()).collect() });
        if rows.len() > ROWS_MAX + 1 {
            return Err(Fault::TooMany { most: ROWS_MAX, what: "people" });
        }
    }
}
