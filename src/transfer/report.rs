//! What an import did, as it is kept beside its counts.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::archive::FileRead;
use super::archive::own::Own;
use super::sheets::Remembered;
use crate::ids::{OpeningChangeId, OpeningId};
use crate::kinds::kinds;

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
    /// What was found in which file, where there were several.
    pub files: Vec<FileRead>,
    /// Contacts of whom the files were the first to say that the user asked them.
    pub requested: i64,
    /// People the user had asked who were added because they were chosen.
    pub asked: i64,
    /// Lines of histories made of messages.
    pub letters: i64,
    /// Of how many of them, and of those that were there, the words were kept.
    pub worded: i64,
    /// With how many people they were exchanged.
    pub written_with: i64,
    /// With how many people who are no contacts messages were exchanged.
    pub strangers: i64,
    /// People who are no contacts, and asked the user.
    pub received: i64,
    /// Contacts with more in their notes than before.
    pub noted: i64,
    /// Notes about people who are no contacts.
    pub unplaced: i64,
    /// People who were left out because the user asked to forget them.
    pub forgotten: i64,
    /// Openings that were added.
    pub openings: i64,
    /// Openings that were watched, and for which the user applied.
    pub applied: i64,
    /// The lines of their histories that say so.
    pub marked: Vec<Marked>,
    /// What was added to the settings.
    pub own: Own,
    /// The first rows that were left out.
    pub left_out: Vec<Noted>,
    /// How many cells were cut or dropped.
    pub remark_count: i64,
    /// The first of these.
    pub remarks: Vec<Noted>,
    /// The columns that were read.
    pub columns_read: Vec<String>,
    /// LinkedIn's columns that the file does not have.
    pub columns_missing: Vec<String>,
    /// The columns that hold something, but nothing that is known.
    pub columns_unread: Vec<String>,
    /// New people who bear the name of someone who is in the contacts.
    pub alike: i64,
    /// Rows of address books.
    pub of_books: i64,
    /// What was said of the headings of tables, so that it need not be said again.
    pub headings: Vec<Remembered>,
    /// What taking it back did.
    pub undone: Option<Undone>,
}

/// A line in the history of an opening which an import added.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Marked {
    pub opening: OpeningId,
    pub change: OpeningChangeId,
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
    /// Openings that are gone again.
    pub openings: i64,
    /// Openings that are watched again.
    pub watched: i64,
    /// How many contacts and companies stay because something was done with them since.
    pub kept_count: i64,
    /// The first of their names.
    pub kept: Vec<String>,
    /// How many contacts stay because a later file changed them.
    pub newer_count: i64,
    /// The first of their names.
    pub newer: Vec<String>,
    /// How many contacts and companies of the import lie in the bin, and stay there.
    pub in_bin_count: i64,
    /// The first of their names.
    pub in_bin: Vec<String>,
}

/// Some of what an import wrote that stays when it is taken back, and why.
pub struct Stay<'u> {
    pub why: &'static str,
    pub count: i64,
    pub first: &'u [String],
    /// How many there are beyond the first.
    pub more: i64,
}

impl Undone {
    /// What stays, by reason.
    pub fn stays(&self) -> Vec<Stay<'_>> {
        [
            ("You did something with them since", self.kept_count, &self.kept),
            ("A later file changed them", self.newer_count, &self.newer),
            ("In your bin", self.in_bin_count, &self.in_bin),
        ]
        .into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(why, count, first)| Stay { why, count, first, more: count.saturating_sub_unsigned(first.len() as u64) })
        .collect()
    }

    /// What stays of what an import wrote.
    pub fn leaving<'w>(written: impl Iterator<Item = &'w Written> + Clone) -> Self {
        let names = |wanted: fn(&Written) -> bool| {
            let names: Vec<String> = written.clone().filter(|w| wanted(w)).map(|w| w.name.clone()).collect();
            (i64::try_from(names.len()).unwrap_or(i64::MAX), names.into_iter().take(KEPT).collect())
        };
        let (kept_count, kept) = names(|w| w.is_touched && !w.is_newer && !w.in_bin);
        let (newer_count, newer) = names(|w| w.is_newer && !w.in_bin);
        let (in_bin_count, in_bin) = names(|w| w.in_bin);
        Self { kept_count, kept, newer_count, newer, in_bin_count, in_bin, ..Self::default() }
    }
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
    /// Rows without a name or with other cells than the header, and people in the bin.
    pub left_out: i32,
    /// Rows of closed profiles.
    pub closed: i32,
}

/// A row an import wrote, and what became of it since.
#[derive(Debug)]
pub struct Written {
    pub what: Touched,
    pub id: Uuid,
    pub name: String,
    pub in_bin: bool,
    /// Something was done with it since.
    pub is_touched: bool,
    /// Nothing but that a later import changed it.
    pub is_newer: bool,
}

kinds! {
    /// What an import wrote.
    pub enum Touched {
        /// A contact it added.
        Added = "added", "Added";
        /// A contact that was known, and of whom it wrote something.
        Changed = "changed", "Updated";
        /// A company it put on the list.
        Company = "company", "Company";
        /// An opening it added.
        Opening = "opening", "Opening";
        /// An opening it marked as applied for.
        Applied = "applied", "Applied";
    }
}
