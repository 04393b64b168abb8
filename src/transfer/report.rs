//! What an import did, as it is kept beside its counts.

use serde::{Deserialize, Serialize};

/// How many lines, names and remarks a report keeps; their number is always told.
pub const KEPT: usize = 100;

/// What the report of an import says beyond its counts.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Rows that name a person an earlier row has named.
    pub repeated: i64,
    /// Contacts of whom the file was the first to say that they accepted the user's request.
    pub accepted: i64,
    /// Contacts with another employer or job title than before.
    pub changed_jobs: i64,
    /// Companies put on the list.
    pub companies: i64,
    /// Contacts known before who work at one of these companies.
    pub matched: i64,
    /// The first rows that were left out.
    pub left_out: Vec<Noted>,
    /// How many cells were cut or dropped.
    pub remark_count: i64,
    /// The first of these.
    pub remarks: Vec<Noted>,
    /// What taking it back did.
    pub undone: Option<Undone>,
}

/// Something said about one line of the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Noted {
    /// The line, counted from 1.
    pub line: u64,
    /// What, in words.
    pub text: String,
}

/// What taking an import back did.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Undone {
    /// Contacts that are gone again.
    pub removed: i64,
    /// Contacts that have their former values again.
    pub restored: i64,
    /// Companies that are gone again.
    pub companies: i64,
    /// How many contacts and companies stay because something was done with them since.
    pub kept_count: i64,
    /// The first of their names.
    pub kept: Vec<String>,
}

/// The counts of an import, as columns.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// New contacts.
    pub created: i32,
    /// Contacts with something new.
    pub updated: i32,
    /// Contacts with nothing new.
    pub same: i32,
    /// Rows without a name, and people in the bin.
    pub left_out: i32,
    /// Rows of closed profiles.
    pub closed: i32,
}
