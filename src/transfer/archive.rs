//! LinkedIn's data archive: the files of it that are used, from one ZIP archive or one by one, as they are kept between
//! preview and import.
//!
//! Of messages is kept who wrote to whom on which day, never what.

use serde::{Deserialize, Serialize};

use self::invitations::Invitation;
use self::notes::PersonNote;
use self::wishes::Wish;
use super::linkedin::{Connections, Unreadable};
use crate::text::Line;

pub mod files;
pub mod invitations;
pub mod messages;
pub mod notes;
pub mod packed;
pub mod person;
pub mod reading;
pub mod wishes;

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
    #[error(
        "There is more in it than can be kept for a preview. Choose Connections.csv, Invitations.csv and messages.csv one after another"
    )]
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

    /// The people of `Connections.csv`; nobody where there is none.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn connections(&self) -> Result<Connections, Unreadable> {
        self.connections.as_deref().map_or_else(|| Ok(Connections::nobody()), Connections::parse)
    }

    /// Whether it holds nothing at all.
    fn is_empty(&self) -> bool {
        self.connections.is_none() && self.is_without_more()
    }

    /// Whether it holds nothing beside the connections.
    fn is_without_more(&self) -> bool {
        self.invitations.is_empty() && self.letters.is_empty() && self.notes.is_empty() && self.wishes.is_empty()
    }
}

/// A line of a file's name fit to be shown, without folders.
pub fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Line::<255>::fit(last).map(|fitted| fitted.value.as_str().to_owned()).unwrap_or_default()
}
