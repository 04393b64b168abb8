//! Whoever is in several files of one upload, taken once: by the rules by which rows are held against the contacts.

use std::collections::{HashMap, HashSet};

use crate::companies::name::CompanyName;
use crate::folding::folded;
use crate::text::Text;
use crate::transfer::linkedin::Connection;
use crate::transfer::plan::said::joined;

/// The people of the files so far, by what they are known by.
#[derive(Default)]
pub struct Twins {
    profiles: HashMap<String, usize>,
    emails: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
}

impl Twins {
    /// Adds someone, with their place.
    pub fn add(&mut self, at: usize, row: &Connection) {
        for key in row.profiles() {
            self.profiles.entry(key.to_owned()).or_insert(at);
        }
        for email in row.emails() {
            self.emails.entry(email.to_owned()).or_default().push(at);
        }
        self.names.entry(named(row)).or_default().push(at);
    }

    /// The place of whom a row of another file names: by profile, by an e-mail address and a name they share, or by name and
    /// employer. Two profiles are two people.
    pub fn find(&self, rows: &[Connection], row: &Connection, taken: &HashSet<usize>) -> Option<usize> {
        let is_free = |at: &usize| !taken.contains(at);
        let by_profile = row.profiles().find_map(|key| self.profiles.get(key).copied());
        if let Some(found) = by_profile.filter(is_free) {
            return Some(found);
        }
        let may_be = |at: &usize| {
            is_free(at) && rows.get(*at).is_some_and(|other| row.profile.is_none() || other.profile.is_none())
        };
        let name = folded(row.name.as_str());
        let is_alike = |at: &usize| {
            let other = rows.get(*at).map(|other| folded(other.name.as_str())).unwrap_or_default();
            name.split(' ').any(|word| other.split(' ').any(|one| one == word))
        };
        let mut by_email = row.emails().filter_map(|email| self.emails.get(email)).flatten().copied();
        let by_name = || self.names.get(&named(row)).into_iter().flatten().copied().find(may_be);
        by_email.find(|at| may_be(at) && is_alike(at)).or_else(by_name)
    }
}

fn named(row: &Connection) -> String {
    let employer = row.employer.as_ref().map(CompanyName::key);
    joined(row.name.as_str(), employer.as_ref().map(|key| key.as_str()))
}

/// Takes what another file says of someone beside what is said already. What LinkedIn says comes first, and what an address book
/// says of the job is not added to it.
pub fn join(row: &mut Connection, mut other: Connection) {
    if other.is_connected && !row.is_connected {
        std::mem::swap(row, &mut other);
        std::mem::swap(&mut row.line, &mut other.line);
    }
    let emails = other.email.into_iter().chain(other.others.emails);
    row.others.emails.extend(emails);
    let profiles = other.profile.into_iter().chain(other.others.profiles);
    row.others.profiles.extend(profiles);
    if !row.is_connected {
        let is_same_job = row.employer.is_none()
            || row.employer.as_ref().map(CompanyName::key) == other.employer.as_ref().map(CompanyName::key);
        row.job_title = row.job_title.take().or(other.job_title.filter(|_| is_same_job));
        row.employer = row.employer.take().or(other.employer);
        row.email = row.email.take().or_else(|| row.others.emails.first().cloned());
    }
    row.profile = row.profile.take().or_else(|| row.others.profiles.first().cloned());
    row.others = std::mem::take(&mut row.others).beyond(row.profile.as_ref(), row.email.as_ref());
    row.phone = row.phone.take().or(other.phone);
    row.connected_on = row.connected_on.or(other.connected_on);
    row.notes = match (row.notes.take(), other.notes) {
        (Some(mine), Some(more)) if !mine.as_str().contains(more.as_str()) => {
            let both = Text::parse(&format!("{}\n{}", mine.as_str(), more.as_str()));
            Some(both.unwrap_or(mine))
        }
        (mine, more) => mine.or(more),
    };
}
