//! A table of any length, read row by row in bounded memory: cells are found by the names of their columns.
//!
//! What a reader of CSV would let pass is a fault here, with its line: bytes of another encoding, quotation marks that do
//! not pair, and cells or rows beyond all measure.

use std::io::{self, Read};

use csv::StringRecord;
use encoding_rs::{Decoder, DecoderResult};

use super::decode::{NotText, Separator, beginning};
use super::linkedin::unreadable::{WITHIN, is_blank, shortened};
use super::quoting::{self, Marks, Place};

/// The longest cell, in bytes; a message has at most some ten thousand letters.
const CELL_MAX: usize = 1024 * 1024;
/// The longest row, in bytes.
const ROW_MAX: usize = 4 * CELL_MAX;
/// The most cells of a row.
const CELLS_MAX: usize = 200;
/// The most rows that are kept of a table.
pub const ROWS_MAX: usize = 100_000;
/// How much is looked at to tell what a file is.
pub const START: usize = 64 * 1024;
/// Bytes read and decoded at a time.
const BLOCK: usize = 64 * 1024;

/// Why a table cannot be read, in words that say what and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Empty, damaged or of another kind than text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// No row that could be the header.
    #[error("Found '{found}'; expected a row with {expected} among the first {within} lines", within = WITHIN)]
    Header {
        /// The first filled line, at most 60 characters.
        found: String,
        /// The columns that tell the file.
        expected: String,
    },
    /// Quotation marks that do not pair.
    #[error("{0}. Download the file again, or save it again as CSV")]
    Quoting(#[from] quoting::Fault),
    /// A cell or a row that is too long.
    #[error("The row on line {line} is too long to be read. Download the file again, or save it again as CSV")]
    Length {
        /// Where it grows too long, counted from 1.
        line: u64,
    },
    /// More cells than any file of this kind has.
    #[error("The row on line {line} has more than {most} cells", most = CELLS_MAX)]
    Cells {
        /// Where, counted from 1.
        line: u64,
    },
    /// More rows, or more different people, than anyone has.
    #[error("There are more than {most} {what} in the file")]
    TooMany {
        /// How many are read.
        most: usize,
        /// Of what.
        what: &'static str,
    },
    /// The archive it is packed in is damaged, or packs it too tightly.
    #[error("{0}")]
    Packed(String),
    /// What the reader could make nothing of.
    #[error("The row after line {line} could not be read")]
    Row {
        /// The line, counted from 1.
        line: u64,
    },
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(fault) => fault,
            Err(error) => Self::Packed(error.to_string()),
        }
    }
}

/// A table whose header was found.
pub struct Table<R> {
    rows: csv::Reader<Careful<R>>,
    names: Vec<String>,
    row: StringRecord,
    line: u64,
}

impl<R: Read> Table<R> {
    /// Opens a table whose header has columns of these names, written as [`plain`] has them.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open(mut source: R, marks: &[&str]) -> Result<Table<impl Read>, Fault> {
        let start = first_bytes(&mut source)?;
        let (text, encoding) = beginning(&start)?;
        let header = text.lines().take(WITHIN).find(|line| has_all(&plain_names(line), marks));
        let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let none = || Fault::Header { found: shortened(first), expected: marks.join(", ") };
        let separator = Separator::detect(header.ok_or_else(none)?);
        let none = none();
        let whole = io::Cursor::new(start).chain(source);
        let rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator.byte())
            .from_reader(Careful::new(whole, encoding, separator));
        let mut table = Table { rows, names: Vec::new(), row: StringRecord::new(), line: 0 };
        while table.advance()? {
            let names: Vec<String> = table.row.iter().map(plain).collect();
            if has_all(&names, marks) {
                table.names = names;
                return Ok(table);
            }
        }
        Err(none)
    }
}

impl<R: Read> Table<R> {
    /// The place of the first column of these names, as [`plain`] writes them.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|column| column == name))
    }

    /// Goes to the next row that holds something; false at the end.
    ///
    /// # Errors
    /// [`Fault`]; nothing of the table may be used then.
    pub fn advance(&mut self) -> Result<bool, Fault> {
        loop {
            let line = self.line;
            if !self.rows.read_record(&mut self.row).map_err(|error| fault(error, line))? {
                return Ok(false);
            }
            // The reader's own count is from before the blank lines it skips.
            let inside = self.row.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
            let counted = self.row.position().map_or(1, csv::Position::line);
            self.line = self.rows.position().line().saturating_sub(1 + inside).max(counted);
            if !self.row.iter().all(is_blank) {
                return Ok(true);
            }
        }
    }

    /// What stands in a column of this row, without white space around it; nothing where it has no such cell.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.row.get(at)).unwrap_or_default().trim()
    }
}

/// A cell without case, spaces and underscores.
pub fn plain(cell: &str) -> String {
    cell.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect()
}

/// The cells of a line, each as [`plain`] has it.
pub fn plain_names(line: &str) -> Vec<String> {
    let separator = Separator::detect(line);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(separator.byte()).from_reader(line.as_bytes());
    reader.records().next().and_then(Result::ok).map(|cells| cells.iter().map(plain).collect()).unwrap_or_default()
}

/// Whether a header has all of these columns.
pub fn has_all(names: &[String], marks: &[&str]) -> bool {
    marks.iter().all(|mark| names.iter().any(|name| name == mark))
}

/// The first bytes of a file, as many as tell what it is.
///
/// # Errors
/// [`Fault::Packed`].
pub fn first_bytes(source: &mut impl Read) -> Result<Vec<u8>, Fault> {
    let mut start = Vec::new();
    source.take(START as u64).read_to_end(&mut start)?;
    Ok(start)
}

fn fault(error: csv::Error, line: u64) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => Fault::Row { line },
    }
}

/// Gives on UTF-8 with LF for line breaks, as long as nothing is wrong with it.
struct Careful<R> {
    source: R,
    decoder: Decoder,
    encoding: &'static encoding_rs::Encoding,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
    marks: Marks,
    after_return: bool,
    cell: usize,
    row: usize,
    cells: usize,
}

impl<R: Read> Careful<R> {
    fn new(source: R, encoding: &'static encoding_rs::Encoding, separator: Separator) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            raw: vec![0; BLOCK],
            decoded: vec![0; BLOCK * 3 + 16],
            ready: Vec::with_capacity(BLOCK * 3 + 16),
            given: 0,
            ended: false,
            marks: Marks::from_line(1, separator),
            after_return: false,
            cell: 0,
            row: 0,
            cells: 1,
        }
    }

    fn fill(&mut self) -> Result<(), io::Error> {
        self.ready.clear();
        self.given = 0;
        let length = self.source.read(&mut self.raw)?;
        self.ended = length == 0;
        let mut from = 0;
        loop {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(&self.raw[from..length], &mut self.decoded, self.ended);
            from += read;
            for at in 0..written {
                let byte = self.decoded[at];
                self.take(byte).map_err(io::Error::other)?;
            }
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    let line = usize::try_from(self.marks.line()).unwrap_or(usize::MAX);
                    let damaged = Fault::NotText(NotText::Damaged { encoding: self.encoding, line });
                    return Err(io::Error::other(damaged));
                }
            }
        }
        if self.ended {
            self.marks.end().map_err(|fault| io::Error::other(Fault::Quoting(fault)))?;
        }
        Ok(())
    }

    fn take(&mut self, byte: u8) -> Result<(), Fault> {
        let follows_return = std::mem::replace(&mut self.after_return, byte == b'\r');
        let byte = match byte {
            b'\n' if follows_return => return Ok(()),
            b'\r' => b'\n',
            byte => byte,
        };
        let line = self.marks.line();
        match self.marks.take(byte)? {
            Place::Inside => self.cell += 1,
            Place::CellEnd => {
                self.cell = 0;
                self.cells += 1;
            }
            Place::RowEnd => (self.cell, self.row, self.cells) = (0, 0, 1),
        }
        self.row += 1;
        if self.cells > CELLS_MAX {
            return Err(Fault::Cells { line });
        }
        if self.cell > CELL_MAX || self.row > ROW_MAX {
            return Err(Fault::Length { line });
        }
        self.ready.push(byte);
        Ok(())
    }
}

impl<R: Read> Read for Careful<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let length = to.len().min(self.ready.len() - self.given);
        to[..length].copy_from_slice(&self.ready[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests;
