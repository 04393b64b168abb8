//! People out of address books and spreadsheets: whatever the format, rows of cells, and what each column means.
//!
//! What was read is kept as rows, so that what a column means can still be said after the file was sent.

use serde::{Deserialize, Serialize};

use self::meaning::Meaning;
use super::linkedin::is_blank;
use crate::kinds::kinds;

pub mod guess;
pub mod meaning;
pub mod names;
pub mod people;
pub mod rows;
pub mod vcard;
pub mod workbook;

/// The most columns of a table.
pub const COLUMNS_MAX: usize = 200;
/// How many values of a column are shown beside what it means.
pub const EXAMPLES: usize = 3;
/// What separates several values in one cell, as Google writes them.
pub const BETWEEN: &str = " ::: ";

kinds! {
    /// Where rows come from.
    pub enum Origin {
        /// A file of Google's contacts.
        Google = "google", "Google contacts";
        /// A file of Outlook's contacts.
        Outlook = "outlook", "Outlook contacts";
        /// vCards.
        Cards = "cards", "vCards";
        /// Any table.
        Table = "table", "a table";
    }
}

/// One row, with the line of the file on which it begins, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Rows of cells, and what each column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The file's name.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The rows that hold something, at least one, all with as many cells.
    pub rows: Vec<Row>,
    /// Whether the first of them names the columns.
    pub has_heading: bool,
    /// What each column means.
    pub columns: Vec<Meaning>,
    /// Whether that is known, and not only guessed.
    pub is_settled: bool,
    /// The lines of what is of no person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_people: Vec<u64>,
}

impl Sheet {
    /// The names of the columns; nothing where the first row names none.
    pub fn names(&self) -> &[String] {
        self.rows.first().filter(|_| self.has_heading).map_or(&[], |row| row.cells.as_slice())
    }

    /// What a column is called.
    pub fn name_of(&self, column: usize) -> &str {
        self.names().get(column).map(|name| name.trim()).unwrap_or_default()
    }

    /// The rows that are no heading.
    pub fn body(&self) -> &[Row] {
        self.rows.get(usize::from(self.has_heading)..).unwrap_or_default()
    }

    /// The first different values of a column.
    pub fn examples(&self, column: usize) -> Vec<&str> {
        let mut found = Vec::new();
        for row in self.body() {
            let cell = row.cells.get(column).map(|cell| cell.trim()).unwrap_or_default();
            if !is_blank(cell) && !found.contains(&cell) {
                found.push(cell);
            }
            if found.len() == EXAMPLES {
                break;
            }
        }
        found
    }

    /// By what the same heading is known again; nothing where there is none.
    pub fn key(&self) -> Option<String> {
        let names: Vec<String> = self.names().iter().map(|name| names::plain(name)).collect();
        (!names.is_empty()).then(|| names.join("\n"))
    }

    /// Takes what was said of the columns for what they mean.
    pub fn settle(&mut self, has_heading: bool, columns: &[Meaning]) {
        self.has_heading = has_heading;
        for (column, said) in self.columns.iter_mut().zip(columns) {
            *column = *said;
        }
        self.is_settled = true;
    }
}

/// What was said of the columns of a heading, kept with the report of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The heading.
    pub key: String,
    /// What each of its columns means.
    pub columns: Vec<Meaning>,
}

#[cfg(test)]
mod tests;
