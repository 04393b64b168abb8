//! Spreadsheets of Excel (`.xlsx`) and of LibreOffice (`.ods`), as rows: the first sheet whose heading is one of people, else the
//! first with something in it.
//!
//! The library reads in memory and believes what a file says of itself. So it gets a copy of the parts it needs, unpacked under
//! our limits, and of cells that stand for thousands no more than a list of people has.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, Write};

use calamine::{Data, Ods, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::names::names_someone;
use super::{COLUMNS_MAX, Row, Sheet};
use crate::transfer::archive::packed::Packed;
use crate::transfer::format::Format;
use crate::transfer::linkedin::ROWS_MAX;
use crate::transfer::linkedin::unreadable::CELL_MAX;
use crate::transfer::table::Fault;
use crate::web::sheet::unguarded;

/// What every spreadsheet of Excel has in it, wherever it stands there; one of LibreOffice begins with what it is.
const MARK: &str = "xl/workbook.xml";
/// The most bytes that come out of a spreadsheet.
const INFLATED_MAX: usize = 96 * 1024 * 1024;
/// The most cells that repeated ones may become.
const REPEATED_MAX: usize = 4_000_000;

/// A spreadsheet's sheet, and which of several it is, in words.
pub struct Found {
    /// The rows.
    pub sheet: Sheet,
    /// Which sheet was read and which were not, where there are several.
    pub said: Option<String>,
}

/// Whether a file that begins like this is one; where the beginning leaves it open, what is packed in it tells.
pub fn is_one(format: Option<Format>, source: impl Read + Seek) -> bool {
    match format {
        Some(Format::Excel | Format::OpenDocument) => true,
        Some(Format::Zip | Format::Office | Format::Word) => {
            Packed::open(source).is_ok_and(|mut archive| !archive.named(|name| name == MARK).is_empty())
        }
        _ => false,
    }
}

/// Reads a spreadsheet.
///
/// # Errors
/// [`Fault`]; nothing of the file may be used then.
pub fn read(name: &str, source: impl Read + Seek) -> Result<Found, Fault> {
    let copy = unpacked(source)?;
    let (names, sheets) = match copy.kind {
        Kind::Excel => of_excel(name, copy.bytes)?,
        Kind::OpenDocument => of_open_document(name, copy.bytes)?,
    };
    let (at, sheet) = sheets.best().ok_or_else(|| packed("There is nothing in it"))?;
    if sheet.body().is_empty() {
        return Err(packed("There is no one in it, only a heading"));
    }
    let others = names.len() - 1;
    let said = (others > 0).then(|| {
        let first = &names[at];
        if others == 1 {
            format!("sheet '{first}', the other one was not read")
        } else {
            format!("sheet '{first}', the {others} others were not read")
        }
    });
    Ok(Found { sheet, said })
}

fn packed(why: impl Into<String>) -> Fault {
    Fault::Packed(why.into())
}

/// Which program's file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Excel,
    OpenDocument,
}

/// What the library gets to read.
struct Unpacked {
    kind: Kind,
    bytes: Vec<u8>,
}

/// A copy of the parts that are needed.
fn unpacked(source: impl Read + Seek) -> Result<Unpacked, Fault> {
    let mut archive = Packed::open(source).map_err(|why| packed(why.to_string()))?;
    let wanted = |name: &str| {
        let is_part = name.starts_with("xl/worksheets/") || name.starts_with("xl/_rels/");
        is_part
            || ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
                .contains(&name)
            || ["mimetype", "content.xml", "META-INF/manifest.xml"].contains(&name)
    };
    let entries = archive.named(wanted);
    let has = |wanted: &str| entries.iter().any(|(_, name)| name == wanted);
    let kind = match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Kind::Excel,
        (false, true) => Kind::OpenDocument,
        (false, false) => {
            return Err(packed("This is no spreadsheet that is read here. Save it as .xlsx, .ods or CSV"));
        }
    };
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let mut left = INFLATED_MAX;
    for (at, name) in entries {
        let mut part = Vec::new();
        archive.read(at, |content| content.take(left as u64 + 1).read_to_end(&mut part).map_err(Fault::from))?;
        left = left.checked_sub(part.len()).ok_or_else(|| {
            packed(format!(
                "More comes out of the spreadsheet than the {} MB that are read",
                INFLATED_MAX / 1024 / 1024
            ))
        })?;
        if name == "content.xml" {
            part = tamed(part)?;
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let damaged = |_| packed("The spreadsheet is damaged. Save it again");
        copy.start_file(name, stored).map_err(damaged)?;
        copy.write_all(&part)?;
    }
    let copy = copy.finish().map_err(|_| packed("The spreadsheet is damaged. Save it again"))?;
    Ok(Unpacked { kind, bytes: copy.into_inner() })
}

/// The content of an OpenDocument file without rows that stand for many: of the same row many times once is enough. Cells
/// that stand for many are counted before they become as many.
fn tamed(content: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let other = || packed("The spreadsheet is in no UTF-8. Save it again");
    let text = String::from_utf8(content).map_err(|_| other())?;
    let declaration =
        text.split("?>").next().filter(|start| start.trim_start().starts_with("<?xml")).unwrap_or_default();
    if declaration.contains("encoding") && !declaration.to_ascii_lowercase().contains("utf-8") {
        return Err(other());
    }
    let mut all: usize = 0;
    for (row, part) in text.split("<table:table-row").enumerate().skip(1) {
        if row > ROWS_MAX + 1_000 {
            return Err(Fault::TooMany { most: ROWS_MAX, what: "rows" });
        }
        let mut cells: usize =
            ["<table:table-cell", "<table:covered-table-cell"].iter().map(|tag| part.matches(tag).count()).sum();
        for (at, repeated) in part.match_indices("number-columns-repeated") {
            let after = part[at + repeated.len()..].trim_start().strip_prefix('=').map(str::trim_start);
            let value = after.and_then(|after| after.strip_prefix(['"', '\''])).ok_or_else(other)?;
            let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
            let ends_row = value
                .split_once('>')
                .is_some_and(|(tag, rest)| tag.ends_with('/') && rest.trim_start().starts_with("</table:table-row>"));
            if !ends_row {
                cells = cells.saturating_add(digits.parse::<usize>().map_err(|_| other())?);
            }
        }
        if cells > 2 * COLUMNS_MAX {
            return Err(Fault::Cells { line: row as u64 });
        }
        all = all.saturating_add(cells);
        if all > REPEATED_MAX {
            return Err(packed("There are far more cells in it than a list of people has"));
        }
    }
    Ok(text.replace("number-rows-repeated", "number-rows-once").into_bytes())
}

/// What was found of a workbook's sheets so far.
#[derive(Default)]
struct Sheets {
    /// The first with a heading of people, and where it stands.
    people: Option<(usize, Sheet)>,
    /// The first with something below its heading.
    filled: Option<(usize, Sheet)>,
    /// The first that is not empty.
    first: Option<(usize, Sheet)>,
}

impl Sheets {
    /// Adds the sheet at a place. Returns whether it is the one to read, so that no other has to be looked at.
    fn add(&mut self, at: usize, file: &str, rows: BTreeMap<u32, Vec<String>>) -> bool {
        let rows = rows.into_iter().map(|(row, cells)| Row { line: u64::from(row) + 1, cells }).collect();
        let Some(sheet) = Sheet::of(file, rows) else { return false };
        let place = match (sheet.body().is_empty(), names_someone(sheet.names())) {
            (true, _) => &mut self.first,
            (false, true) => &mut self.people,
            (false, false) => &mut self.filled,
        };
        place.get_or_insert((at, sheet));
        self.people.is_some()
    }

    fn best(self) -> Option<(usize, Sheet)> {
        self.people.or(self.filled).or(self.first)
    }
}

fn of_excel(file: &str, bytes: Vec<u8>) -> Result<(Vec<String>, Sheets), Fault> {
    let damaged = |_| packed("The spreadsheet is damaged. Save it again");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let mut sheets = Sheets::default();
    for (at, name) in names.iter().enumerate() {
        let mut rows = BTreeMap::new();
        // A sheet of a diagram has no cells to read.
        let Ok(mut cells) = book.worksheet_cells_reader(name) else { continue };
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            put(&mut rows, row, column as usize, text_of(&Data::from(cell.get_value().clone())))?;
        }
        if sheets.add(at, file, rows) {
            break;
        }
    }
    Ok((names, sheets))
}

fn of_open_document(file: &str, bytes: Vec<u8>) -> Result<(Vec<String>, Sheets), Fault> {
    let damaged = |_| packed("The spreadsheet is damaged. Save it again");
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let mut sheets = Sheets::default();
    for (at, name) in names.iter().enumerate() {
        let mut rows = BTreeMap::new();
        let range = book.worksheet_range(name).map_err(damaged)?;
        let (first, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let row = first.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            put(&mut rows, row, column.saturating_add(left as usize), text_of(cell))?;
        }
        if sheets.add(at, file, rows) {
            break;
        }
    }
    Ok((names, sheets))
}

fn put(rows: &mut BTreeMap<u32, Vec<String>>, row: u32, column: usize, text: String) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let line = u64::from(row) + 1;
    if column >= COLUMNS_MAX {
        return Err(Fault::Cells { line });
    }
    if text.len() > CELL_MAX {
        return Err(Fault::Length { line });
    }
    let cells = rows.entry(row).or_default();
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = unguarded(text.trim()).to_owned();
    if rows.len() > ROWS_MAX + 1 { Err(Fault::TooMany { most: ROWS_MAX, what: "people" }) } else { Ok(()) }
}

/// A cell as it would be typed; of a formula its value.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace('\0', " "),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(_) | Data::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests;
