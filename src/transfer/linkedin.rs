//! LinkedIn's `Connections.csv`, of every year since 2016 and as spreadsheets save it again.
//!
//! The header is looked for, not counted to: notes of varying length stand before it, and columns came, went and moved.
//! See the archive's forms in the tests.

use self::header::Header;
use super::dates::{Order, Written};
use super::decode::{Separator, decode};
use super::quoting;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::folding::folded;
use crate::text::{Fitted, Line, Text};
use csv::StringRecord;
use jiff::civil::Date;
pub use others::Others;
use std::borrow::Cow;
use std::collections::HashSet;
use unreadable::{BYTES_MAX, CELL_MAX};
pub use unreadable::{Unreadable, is_blank, shortened};

pub mod header;
mod others;

/// The most rows read: LinkedIn allows 30,000 connections.
pub const ROWS_MAX: usize = 30_000;

/// What a `Connections.csv` holds: at least one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connections {
    /// The people, in the file's order, each once.
    pub rows: Vec<Connection>,
    /// How many rows hold only a date, because the profile was closed since.
    pub closed: usize,
    /// How many rows name a person an earlier row has named.
    pub repeated: usize,
    /// The rows that hold something, but nobody.
    pub left_out: Vec<LeftOut>,
    /// What could not be kept of people who are.
    pub remarks: Vec<Remark>,
    /// Which columns were read.
    pub columns: Columns,
}

/// The columns of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Those that were read, by LinkedIn's names.
    pub read: Vec<&'static str>,
    /// Those of LinkedIn's that the file does not have.
    pub missing: Vec<&'static str>,
    /// Those that hold something, but nothing we know, by the file's names.
    pub unread: Vec<String>,
}

/// One person the user is connected with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The line of the file on which the person's row begins, counted from 1.
    pub line: u64,
    /// First and last name, with what people add to it (', PhD').
    pub name: Line<200>,
    /// The profile; files from before mid-2023 have none.
    pub profile: Option<ProfileAddress>,
    /// The e-mail address, which few people show.
    pub email: Option<EmailAddress>,
    /// Where the person worked on the day of the export.
    pub employer: Option<CompanyName>,
    /// As what.
    pub job_title: Option<Line<200>>,
    /// Since when they are connected.
    pub connected_on: Option<Date>,
    /// A phone number, which only address books have.
    pub phone: Option<Line<50>>,
    /// What an address book says beside that.
    pub notes: Option<Text<20_000>>,
    /// Whether the two are connected on LinkedIn; people of an address book are not.
    pub is_connected: bool,
    /// What only address books have.
    pub others: Others,
}

impl Connection {
    /// The keys of all their profiles, the first before the others.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.profile.iter().chain(&self.others.profiles).map(|profile| profile.key())
    }

    /// All their e-mail addresses, the first before the others.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.email.iter().chain(&self.others.emails).map(|email| email.as_str())
    }
}

/// A row that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    /// Why, in words.
    pub why: Why,
    /// Of which file, where there are several.
    pub of: Option<String>,
}

/// Why a row is not imported, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// There is something in the row, but no name.
    #[error("There is no name in this row")]
    NoName,
    /// A card of a company or of a group.
    #[error("This is a company or a group, and not a person")]
    NoPerson,
    /// A row that does not fit the header, as after a comma outside quotes or at the end of a broken-off download.
    #[error("This row has {has} {cells} where the header has {expected}, so which is which cannot be told", cells = cells(.has))]
    Cells {
        /// How many cells it has.
        has: usize,
        /// How many the header has.
        expected: usize,
    },
}

fn cells(count: &usize) -> &'static str {
    if *count == 1 { "cell" } else { "cells" }
}

/// Something about a person who is imported that the user should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line on which the row begins, counted from 1.
    pub line: u64,
    /// What, in words.
    pub what: Remarked,
    /// Of which file, where there are several.
    pub of: Option<String>,
}

/// What happened to one cell, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Remarked {
    /// The cell was too long.
    #[error("The {0} is longer than 200 characters; its beginning is kept")]
    Cut(&'static str),
    /// The notes were too long.
    #[error("The notes are very long; their beginning is kept")]
    CutNotes,
    /// The cell could not be read.
    #[error("The {cell} '{found}' could not be read; the person is kept without it")]
    Dropped {
        /// Which cell.
        cell: &'static str,
        /// What stands in it, at most 60 characters.
        found: String,
    },
}

impl Connections {
    /// The people of a file that was not sent.
    pub fn nobody() -> Self {
        Self {
            rows: Vec::new(),
            closed: 0,
            repeated: 0,
            left_out: Vec::new(),
            remarks: Vec::new(),
            columns: Columns::default(),
        }
    }

    /// Reads a file's bytes.
    ///
    /// # Errors
    /// [`Unreadable`]; then nothing of the file may be imported.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > BYTES_MAX {
            return Err(Unreadable::TooLarge { megabytes: bytes.len().div_ceil(1024 * 1024) });
        }
        Self::parse(&decode(bytes)?.text)
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// [`Unreadable`]; then nothing of the file may be imported.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let text = one_kind_of_line_break(text);
        let header = Header::find(&text)?;
        let body = &text[header.end..];
        quoting::check(body, header.separator, header.line + 1)?;
        let mut reading = Reading::default();
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(header.separator.byte())
            .from_reader(body.as_bytes());
        let mut row = StringRecord::new();
        let mut line = header.line;
        loop {
            if !rows.read_record(&mut row).map_err(|_| Unreadable::Row { line })? {
                return reading.finish(&header);
            }
            line = header.line + row.position().map_or(1, |start| first_filled_line(body, start));
            reading.take(&header, &row, line)?;
        }
    }
}

/// The line of a row within the text, counted from 1; the reader's position is before blank lines it skips.
fn first_filled_line(body: &str, start: &csv::Position) -> u64 {
    let at = usize::try_from(start.byte()).unwrap_or(usize::MAX);
    let blank = body.as_bytes().get(at..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
    start.line() + blank as u64
}

/// Old Macintosh programs end lines with CR alone, and files edited twice mix all three kinds.
fn one_kind_of_line_break(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    count: usize,
    rows: Vec<Connection>,
    closed: usize,
    repeated: usize,
    left_out: Vec<LeftOut>,
    remarks: Vec<Remark>,
    /// Places of columns that hold something.
    filled: HashSet<usize>,
    seen: HashSet<String>,
    /// The dates of `rows`, whose order of day and month is known at the end.
    dates: Vec<Option<Written>>,
}

impl Reading {
    fn take(&mut self, header: &Header, row: &StringRecord, line: u64) -> Result<(), Unreadable> {
        if row.iter().any(|cell| cell.len() > CELL_MAX) {
            return Err(Unreadable::Cell { line });
        }
        if row.iter().all(is_blank) {
            return Ok(());
        }
        let unwrapped = unwrapped(header, row);
        let row = unwrapped.as_ref().unwrap_or(row);
        self.count += 1;
        if self.count > ROWS_MAX {
            return Err(Unreadable::TooManyRows { line });
        }
        if !header.fits(row) {
            self.left_out.push(LeftOut { line, why: Why::Cells { has: row.len(), expected: header.cells }, of: None });
            return Ok(());
        }
        if row.iter().enumerate().all(|(at, cell)| Some(at) == header.connected_on || is_blank(cell)) {
            self.closed += 1;
            return Ok(());
        }
        self.filled.extend(row.iter().enumerate().filter(|(_, cell)| !is_blank(cell)).map(|(at, _)| at));
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).unwrap_or_default();
        let full_name = format!("{} {}", cell(Some(header.first_name)).trim(), cell(header.last_name).trim());
        let Some(name) = Line::fit(&full_name) else {
            self.left_out.push(LeftOut { line, why: Why::NoName, of: None });
            return Ok(());
        };
        let mut remarks = Remarks::of_line(line);
        let profile = remarks.readable("profile address", cell(header.url), ProfileAddress::parse);
        let identity = match &profile {
            Some(profile) => profile.key().to_owned(),
            // Without a profile two people can share a name, so only the very same row is the same person.
            None => row.iter().map(folded).collect::<Vec<_>>().join("\n"),
        };
        if !self.seen.insert(identity) {
            self.repeated += 1;
            return Ok(());
        }
        self.rows.push(Connection {
            line,
            name: remarks.fitted("name", name),
            profile,
            email: remarks.readable("e-mail address", cell(header.email), EmailAddress::parse),
            employer: CompanyName::fit(cell(header.company)).map(|fitted| remarks.fitted("company", fitted)),
            job_title: Line::fit(cell(header.position)).map(|fitted| remarks.fitted("position", fitted)),
            connected_on: None,
            phone: None,
            notes: None,
            is_connected: true,
            others: Others::default(),
        });
        let written = cell(header.connected_on);
        self.dates.push(remarks.readable("date", written, |cell| Written::parse(cell).ok_or(())));
        self.remarks.append(&mut remarks.found);
        Ok(())
    }

    fn finish(mut self, header: &Header) -> Result<Connections, Unreadable> {
        if self.rows.is_empty() {
            return Err(Unreadable::Nobody { closed: self.closed, left_out: self.left_out.len() });
        }
        let order = Order::of(self.dates.iter().copied().flatten());
        for (row, written) in self.rows.iter_mut().zip(&self.dates) {
            let Some(written) = *written else { continue };
            row.connected_on = written.in_order(order);
            if let (None, Written::Slashes { first, second, year }) = (row.connected_on, written) {
                let found = format!("{first}/{second}/{year}");
                self.remarks.push(Remark { line: row.line, what: Remarked::Dropped { cell: "date", found }, of: None });
            }
        }
        self.remarks.sort_by_key(|remark| remark.line);
        let names =
            |is_there: bool| header.columns().filter(move |(_, at)| at.is_some() == is_there).map(|(name, _)| name);
        let unread = header.others.iter().filter(|(at, _)| self.filled.contains(at)).map(|(_, name)| name.clone());
        let columns =
            Columns { read: names(true).collect(), missing: names(false).collect(), unread: unread.collect() };
        let Self { rows, closed, repeated, left_out, remarks, .. } = self;
        Ok(Connections { rows, closed, repeated, left_out, remarks, columns })
    }
}

/// A row that a spreadsheet put into one cell, taken out again: whatever else is in the row is empty, and the cell itself is a
/// row with the header's cells.
fn unwrapped(header: &Header, row: &StringRecord) -> Option<StringRecord> {
    let first = row.get(0)?;
    // In a file of two or three columns a name with a comma would look the same.
    if header.cells < 4 || row.iter().skip(1).any(|cell| !is_blank(cell)) {
        return None;
    }
    let inside = [header.separator, Separator::Comma].into_iter().map(|separator| header::cells(first, separator));
    inside.into_iter().find(|inside| inside.len() == header.cells)
}

/// The remarks on one row.
pub struct Remarks {
    line: u64,
    found: Vec<Remark>,
}

impl Remarks {
    /// None yet, on the row of that line.
    pub const fn of_line(line: u64) -> Self {
        Self { line, found: Vec::new() }
    }

    /// All of them.
    pub fn found(self) -> Vec<Remark> {
        self.found
    }

    /// Notes did not fit.
    pub fn cut_notes(&mut self) {
        self.found.push(Remark { line: self.line, what: Remarked::CutNotes, of: None });
    }

    /// A cell of which so much is kept.
    pub fn fitted<T>(&mut self, cell: &'static str, fitted: Fitted<T>) -> T {
        if fitted.cut {
            self.found.push(Remark { line: self.line, what: Remarked::Cut(cell), of: None });
        }
        fitted.value
    }

    /// A cell that is kept where it can be read.
    pub fn readable<T, E>(
        &mut self,
        cell: &'static str,
        found: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if is_blank(found) {
            return None;
        }
        let value = read(found).ok();
        if value.is_none() {
            let what = Remarked::Dropped { cell, found: shortened(found) };
            self.found.push(Remark { line: self.line, what, of: None });
        }
        value
    }
}

#[cfg(test)]
mod tests;
pub mod unreadable;
