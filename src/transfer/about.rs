//! What the preview of an import and its report have in common.

use super::report::{Counts, Report};
use crate::ids::ImportId;
use crate::web::words;

/// What both pages of an import show.
pub struct About {
    pub id: ImportId,
    pub file_name: String,
    pub day: String,
    pub counts: Counts,
    pub report: Report,
}

impl About {
    /// Of a file that is not counted yet.
    pub fn before(id: ImportId, file_name: String, day: String) -> Self {
        Self { id, file_name, day, counts: Counts::default(), report: Report::default() }
    }

    /// How many rows were left out beyond those named.
    pub fn more_left_out(&self) -> usize {
        usize::try_from(self.counts.left_out).unwrap_or_default().saturating_sub(self.report.left_out.len())
    }

    /// Which columns were read, and which not, in words; nothing of an import from before that was noted.
    pub fn columns(&self) -> Vec<String> {
        let Report { columns_read: read, columns_missing: missing, columns_unread: unread, .. } = &self.report;
        let sentence =
            |start: &str, names: &[String]| (!names.is_empty()).then(|| format!("{start}{}.", words::list(names)));
        [
            sentence("Columns that were read: ", read),
            sentence("Columns of LinkedIn that this file does not have: ", missing),
            sentence("Columns that hold something and were not read: ", unread),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What becomes of the people of address books, in words.
    pub fn of_books(&self) -> Option<&'static str> {
        (self.report.of_books > 0 && self.counts.created > 0)
            .then_some("People of an address book begin as found. No one of them is put on Today before you pick them.")
    }

    /// What the files say of people who are in no list, in words.
    pub fn beyond(&self) -> Vec<String> {
        let Report { strangers, received, unplaced, .. } = self.report;
        let people = |n| words::count(n, "person who isn't", "people who aren't");
        let mut said = Vec::new();
        if strangers > 0 {
            said.push(format!("You also wrote with {} in your contacts.", people(strangers)));
        }
        if received > 0 {
            said.push(format!("{} in your contacts asked to connect with you.", people(received)));
        }
        if unplaced > 0 {
            let notes = words::count(unplaced, "note is", "notes are");
            said.push(format!("{notes} about people who aren't in your contacts, and left out."));
        }
        said
    }

    /// How many remarks there are beyond those named.
    pub fn more_remarks(&self) -> usize {
        usize::try_from(self.report.remark_count).unwrap_or_default().saturating_sub(self.report.remarks.len())
    }
}

/// 'Engineer at Acme', or as much of it as is known.
pub fn job(title: Option<&str>, employer: Option<&str>) -> String {
    match (title, employer) {
        (Some(title), Some(employer)) => format!("{title} at {employer}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => String::new(),
    }
}
