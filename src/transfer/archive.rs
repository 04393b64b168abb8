//! LinkedIn's data archive, and whatever else was sent with it: the files that are used, from one ZIP archive or one by one,
//! as they are kept between preview and import.
//!
//! Of messages goes into histories who wrote to whom on which day; what they wrote, only where that is asked for.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::invitations::Invitation;
use self::jobs::Job;
use self::notes::PersonNote;
use self::own::Own;
use self::twins::Twins;
use self::wishes::Wish;
use super::linkedin::{Connections, Unreadable};
use super::sheets::{Origin, Remembered, Sheet};
use crate::text::Line;

pub mod content;
pub mod files;
pub mod invitations;
pub mod jobs;
pub mod messages;
pub mod notes;
pub mod own;
pub mod packed;
pub mod person;
pub mod reading;
mod twins;
pub mod wishes;

/// The longest heading that is remembered, in bytes.
const HEADING_MAX: usize = 2_000;
/// Headings remembered of one import.
const TABLES_MAX: usize = 10;

pub use messages::Correspondent;
pub use person::Person;

/// What was read of an archive.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Archive {
    /// The files that were read, in their order.
    pub files: Vec<FileRead>,
    /// The text of `Connections.csv`.
    pub connections: Option<String>,
    /// Requests, sent and received.
    pub invitations: Vec<Invitation>,
    /// Who wrote to whom, when.
    pub letters: Vec<Correspondent>,
    /// Notes about people.
    pub notes: Vec<PersonNote>,
    /// Companies that the person follows, applied to or dreams of.
    pub wishes: Vec<Wish>,
    /// Jobs that they saved or applied for.
    pub jobs: Vec<Job>,
    /// What it says of the person whose it is.
    pub own: Own,
    /// Address books and tables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<Sheet>,
}

/// A file that was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// What was found in it, in words.
    pub found: String,
}

/// Why nothing is imported, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// One of the files cannot be read.
    #[error("{name}: {why}")]
    File {
        /// Its name.
        name: String,
        /// Why, in words.
        why: String,
    },
    /// All files were read, and there is nothing in them.
    #[error("Nothing in {0} can be imported: there is no one in it, and no company")]
    Nothing(String),
    /// What was read is more than can be kept until it is imported.
    #[error("There is more in it than can be kept for a preview. Choose the files one after another")]
    TooMuch,
}

impl Refused {
    fn file(name: &str, why: impl ToString) -> Self {
        Self::File { name: name.to_owned(), why: why.to_string() }
    }
}

impl Archive {
    /// The archive that is a single `Connections.csv`.
    pub fn of_connections(text: String) -> Self {
        Self { connections: Some(text), ..Self::default() }
    }

    /// The text of `Connections.csv`, where nothing else was read.
    pub fn only_connections(&self) -> Option<&str> {
        let text = self.connections.as_deref();
        text.filter(|_| self.files.len() == 1 && self.is_without_more())
    }

    /// The people of `Connections.csv` and after them those of the sheets, each once.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn people(&self) -> Result<Connections, Unreadable> {
        let mut all = self.connections.as_deref().map_or_else(|| Ok(Connections::nobody()), Connections::parse)?;
        let mut seen = HashSet::new();
        let mut twins = Twins::default();
        let mut known = 0;
        let is_alone = self.files.len() < 2;
        for sheet in &self.sheets {
            // Within one file everyone is taken once already.
            for (at, row) in all.rows.iter().enumerate().skip(known) {
                twins.add(at, row);
            }
            known = all.rows.len();
            let mut found = sheet.people(&mut seen);
            if !is_alone {
                found.left_out.iter_mut().for_each(|row| row.of = Some(sheet.name.clone()));
                found.remarks.iter_mut().for_each(|remark| remark.of = Some(sheet.name.clone()));
            }
            all.repeated += found.repeated;
            let mut taken = HashSet::new();
            for row in found.rows {
                match twins.find(&all.rows, &row, &taken) {
                    Some(at) => {
                        taken.insert(at);
                        all.repeated += 1;
                        twins::join(&mut all.rows[at], row);
                    }
                    None => all.rows.push(row),
                }
            }
            all.left_out.extend(found.left_out);
            all.remarks.extend(found.remarks);
            all.columns.unread.extend(found.columns.unread);
        }
        Ok(all)
    }

    /// The first sheet of which nobody has said yet what its columns mean.
    pub fn unsettled(&self) -> Option<usize> {
        self.sheets.iter().position(|sheet| !sheet.is_settled)
    }

    /// What was said of the headings of tables.
    pub fn remembered(&self) -> Vec<Remembered> {
        let tables = self.sheets.iter().filter(|sheet| sheet.origin == Origin::Table);
        let said = tables.filter_map(|sheet| Some(Remembered { key: sheet.key()?, columns: sheet.columns.clone() }));
        said.filter(|said| said.key.len() <= HEADING_MAX).take(TABLES_MAX).collect()
    }

    /// The same without what was written.
    pub fn without_words(&self) -> Self {
        let mut bare = self.clone();
        bare.letters.iter_mut().for_each(|correspondent| correspondent.words.clear());
        bare
    }

    /// Whether there is nothing of LinkedIn's in it.
    pub fn is_of_sheets(&self) -> bool {
        self.connections.is_none()
            && self.invitations.is_empty()
            && self.letters.is_empty()
            && self.notes.is_empty()
            && self.wishes.is_empty()
            && self.jobs.is_empty()
            && self.own.is_empty()
    }

    /// Whether it holds nothing at all.
    fn is_empty(&self) -> bool {
        self.connections.is_none() && self.is_without_more()
    }

    /// Whether it holds nothing beside the connections.
    fn is_without_more(&self) -> bool {
        self.invitations.is_empty()
            && self.letters.is_empty()
            && self.notes.is_empty()
            && self.wishes.is_empty()
            && self.jobs.is_empty()
            && self.own.is_empty()
            && self.sheets.is_empty()
    }
}

/// A line of a file's name fit to be shown, without folders.
pub fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Line::<255>::fit(last).map(|fitted| fitted.value.as_str().to_owned()).unwrap_or_default()
}
