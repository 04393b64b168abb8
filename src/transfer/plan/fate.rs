//! What becomes of one row.

use crate::contacts::imports::queries::KnownPerson;
use crate::contacts::imports::{Joined, News};

/// What becomes of one row.
#[derive(Debug)]
pub enum Fate {
    /// Nobody known: a new contact.
    New,
    /// Known, and the file says something new.
    Changed {
        /// Who it is, as an index into the known people.
        known: usize,
        /// What is new.
        news: Box<News>,
        /// How the two came to be connected, if this is the first word of it.
        joined: Option<Joined>,
    },
    /// Known, as an index into the known people, and nothing is new.
    Same(usize),
    /// In the bin: not brought back.
    InBin,
    /// The user asked to forget them: not brought back.
    Forgotten,
}

impl Fate {
    /// Whether the file is the first to say that they accepted the user's request.
    pub const fn has_accepted(&self) -> bool {
        matches!(self, Self::Changed { joined: Some(Joined::Accepted(_)), .. })
    }

    /// Whether the file tells of another job than the one that was known.
    pub fn is_job_change(&self, people: &[KnownPerson]) -> bool {
        let Self::Changed { known, news, .. } = self else { return false };
        people.get(*known).is_some_and(|person| {
            (news.employer.is_some() && person.employer.is_some())
                || (news.job_title.is_some() && person.job_title.is_some())
        })
    }
}
