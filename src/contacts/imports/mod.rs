//! What an import does to contacts that are known already, and how it is taken back.
//!
//! New people go through `contacts::record::add`; which row of a file is whom is decided by `transfer::plan`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::contact::NewTouchpoint;
use super::record::record_all;
use crate::access::Owner;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::ids::{ContactId, ImportId, ReasonId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::text::{Line, Text};

pub mod queries;

/// What a file knows anew about one contact; what is `None` stays as it is.
#[derive(Debug, Default)]
pub struct News {
    /// Where they work now.
    pub employer: Option<CompanyName>,
    /// As what.
    pub job_title: Option<Line<200>>,
    /// The address they show.
    pub email: Option<EmailAddress>,
    /// Their profile, where none was known.
    pub profile: Option<ProfileAddress>,
    /// Since when the two are connected, where it was not known.
    pub connected_on: Option<Date>,
    /// Their number, where none was known.
    pub phone: Option<Line<50>>,
    /// All their notes, with what the file adds.
    pub notes: Option<Text<20_000>>,
}

impl News {
    /// Whether there is nothing new, but perhaps for the notes.
    pub const fn is_empty(&self) -> bool {
        self.employer.is_none()
            && self.job_title.is_none()
            && self.email.is_none()
            && self.profile.is_none()
            && self.connected_on.is_none()
            && self.phone.is_none()
    }
}

/// What LinkedIn's list of connections says of someone, kept beside what the user makes of it.
#[derive(Debug, Clone)]
pub struct Said {
    /// Their name.
    pub name: Line<200>,
    /// Where they work.
    pub employer: Option<CompanyName>,
    /// As what.
    pub job_title: Option<Line<200>>,
    /// The address they show.
    pub email: Option<EmailAddress>,
}

/// How the two came to be connected, where a file is the first to say that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They accepted the user's request on that day.
    Accepted(Date),
    /// Nobody was asked: they know each other since that day, and nothing is due.
    Already(Date),
}

impl Joined {
    /// The line of the history that says so.
    const fn line(self) -> (Kind, Date) {
        match self {
            Self::Accepted(on) => (Kind::Accepted, on),
            Self::Already(on) => (Kind::AlreadyConnected, on),
        }
    }
}

/// The news of one contact, to be written.
#[derive(Debug)]
pub struct Change {
    /// Whose.
    pub contact: ContactId,
    /// What is new.
    pub news: News,
    /// How they came to be connected, if the file is the first to say so.
    pub joined: Option<Joined>,
    /// What can be said to them on a new job: kept as a reason to write.
    pub reason: Option<Text<2_000>>,
    /// What the file says of them, where it is to be kept.
    pub said: Option<Said>,
}

impl Change {
    /// What is new of a contact, and nothing beside that.
    pub const fn of(contact: ContactId, news: News) -> Self {
        Self { contact, news, joined: None, reason: None, said: None }
    }
}

/// Writes what a file knows anew, notes what it was before, and adds to the histories how the two came to be connected. Run it inside a transaction.
/// Returns how many contacts were changed.
pub async fn apply(
    db: &mut PgConnection,
    by: Owner,
    import: ImportId,
    changes: &[Change],
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let line = |change: &Change| {
        let (kind, on) = change.joined?.line();
        Some((change.contact, NewTouchpoint { import: Some(import), ..NewTouchpoint::new(kind, on, now) }))
    };
    let lines: Vec<Option<(ContactId, NewTouchpoint)>> = changes.iter().map(line).collect();
    let written: Vec<Option<TouchpointId>> =
        lines.iter().map(|line| line.as_ref().map(|(_, touchpoint)| touchpoint.id)).collect();
    let lines: Vec<(ContactId, NewTouchpoint)> = lines.into_iter().flatten().collect();
    record_all(&mut *db, by, &lines, cadence, now).await?;
    let reasons: Vec<(ContactId, ReasonId, &Text<2_000>)> =
        changes.iter().filter_map(|change| Some((change.contact, ReasonId::new(), change.reason.as_ref()?))).collect();
    queries::insert_reasons(&mut *db, by, import, &reasons, now).await?;
    queries::update(db, by, import, changes, &written).await
}

/// Takes back what an import did to contacts that were known: its lines of their histories, where nothing came after them, and
/// what it wrote, where that still stands. Returns how many contacts. Run it inside a transaction.
pub async fn take_back_changes(
    db: &mut PgConnection,
    by: Owner,
    import: ImportId,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<i64> {
    let lines = queries::lines(&mut *db, by, import).await?;
    let undoing: Vec<(ContactId, NewTouchpoint)> =
        lines.into_iter().map(|(contact, line)| (contact, NewTouchpoint::undoing(line, today, now))).collect();
    record_all(&mut *db, by, &undoing, cadence, now).await?;
    queries::remove_reasons(&mut *db, by, import).await?;
    queries::said::remove_words(&mut *db, by, import).await?;
    let mut restored: BTreeSet<ContactId> = queries::restore(db, by, import).await?.into_iter().collect();
    restored.extend(undoing.into_iter().map(|(contact, _)| contact));
    Ok(i64::try_from(restored.len()).unwrap_or(i64::MAX))
}
