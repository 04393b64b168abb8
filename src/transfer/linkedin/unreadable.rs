//! Why a file cannot be read, in words.

use crate::text::Line;
use crate::transfer::decode::NotText;
use crate::transfer::quoting;

/// Why a file is not imported at all, in words that name what is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than [`BYTES_MAX`].
    #[error("The file has {megabytes} MB; Connections.csv has at most {most}", most = BYTES_MAX / 1024 / 1024)]
    TooLarge {
        /// Its size, rounded up.
        megabytes: usize,
    },
    /// Empty, or of another kind than text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// A file known by its header or first line.
    #[error("This is {0}, not a list of contacts")]
    OtherFile(&'static str),
    /// No row that could be the header.
    #[error(
        "Found '{found}'; expected a row with First Name, Last Name, Company and Position among the first {within} lines", within = WITHIN
    )]
    Header {
        /// The first filled line, at most 60 characters.
        found: String,
    },
    /// Quotation marks that do not pair.
    #[error("{0}; nothing was imported. Download the file again, or save it again as CSV")]
    Quoting(#[from] quoting::Fault),
    /// A cell of more than [`CELL_MAX`].
    #[error("A cell of the row on line {line} has more than {most} KiB of text; nothing was imported. Download the file again, or save it again as CSV", most = CELL_MAX / 1024)]
    Cell {
        /// The line on which the row begins, counted from 1.
        line: u64,
    },
    /// What the CSV reader could make nothing of.
    #[error("The row after line {line} could not be read; nothing was imported")]
    Row {
        /// The line on which the row before it begins, counted from 1.
        line: u64,
    },
    /// More than [`ROWS_MAX`].
    #[error(
        "There are more than 30,000 people in the file (line {line} is one too many), which is more than LinkedIn allows"
    )]
    TooManyRows {
        /// The first line too many, counted from 1.
        line: u64,
    },
    /// The header, but nobody.
    #[error(
        "There are no people in the file (rows of closed profiles: {closed}, rows without a name or with too many or too few cells: {left_out})"
    )]
    Nobody {
        /// Rows with only a date.
        closed: usize,
        /// Rows that were left out.
        left_out: usize,
    },
}

pub fn is_blank(cell: &str) -> bool {
    cell.chars().all(|c| c.is_whitespace() || c.is_control())
}

/// At most 60 characters of what was found, fit to be shown.
pub fn shortened(found: &str) -> String {
    Line::<60>::fit(found).map(|fitted| fitted.value.into()).unwrap_or_default()
}

/// The largest file read, in bytes: LinkedIn's own ceiling of people makes about a third of it.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// The longest cell, in bytes: far more than anything a person is called or does.
pub const CELL_MAX: usize = 64 * 1024;

/// How many lines are searched for the header; three stand before it as a rule.
pub const WITHIN: usize = 20;
