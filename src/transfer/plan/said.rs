//! What LinkedIn's list said of someone last, held against what it says now: what differs from it is news, and what the user
//! corrected since stays.

use crate::companies::name::{CompanyName, NameKey};
use crate::contacts::imports::Said;
use crate::contacts::imports::queries::KnownPerson;
use crate::folding::folded;
use crate::transfer::linkedin::Connection;

/// Whether a word of the list is news: no such thing is kept, and the list said something else before. Where it is not known
/// what it said, what is kept counts alone.
pub fn is_news(new: &str, kept: Option<&str>, last: Option<&str>) -> bool {
    kept != Some(new) && last != Some(new)
}

/// The same of an employer, however it is spelled.
pub fn is_other_employer(new: &CompanyName, person: &KnownPerson) -> bool {
    let last = person.said_employer.as_deref().map(NameKey::of);
    is_news(new.key().as_str(), person.employer_key.as_deref(), last.as_ref().map(NameKey::as_str))
}

/// The words by which the list knows someone without a profile.
pub fn name_and_employer(person: &KnownPerson) -> Option<String> {
    let name = person.said_name.as_deref()?;
    let employer = person.said_employer.as_deref().map(NameKey::of);
    Some(joined(name, employer.as_ref().map(NameKey::as_str)))
}

/// The name and the key of the employer as one; neither part can hold the line break between them.
pub fn joined(name: &str, employer_key: Option<&str>) -> String {
    format!("{}\n{}", folded(name), employer_key.unwrap_or_default())
}

/// What the list says, to be kept; nothing of an address book.
pub fn of(row: &Connection) -> Option<Said> {
    row.is_connected.then(|| Said {
        name: row.name.clone(),
        employer: row.employer.clone(),
        job_title: row.job_title.clone(),
        email: row.email.clone(),
    })
}

/// Whether the list says something else than before. An empty cell says nothing.
pub fn has_changed(said: &Said, person: &KnownPerson) -> bool {
    let differs = |new: Option<&str>, last: Option<&str>| new.is_some() && new != last;
    let key = said.employer.as_ref().map(CompanyName::key);
    let last = person.said_employer.as_deref().map(NameKey::of);
    differs(key.as_ref().map(NameKey::as_str), last.as_ref().map(NameKey::as_str))
        || differs(said.job_title.as_ref().map(|title| title.as_str()), person.said_job_title.as_deref())
        || differs(said.email.as_ref().map(|email| email.as_str()), person.said_email.as_deref())
        || differs(Some(said.name.as_str()), person.said_name.as_deref())
}
