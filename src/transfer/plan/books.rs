//! What is particular to people of address books.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fate::Fate;
use crate::contacts::imports::News;
use crate::contacts::imports::queries::KnownPerson;
use crate::folding::folded;
use crate::transfer::linkedin::Connection;

/// What an address book can add. It is kept by hand and grows old: what is known of someone stays as it is.
pub fn gaps(row: &Connection, known: usize, person: &KnownPerson) -> Fate {
    // A position belongs to the employer it stands beside.
    let is_same_job = person.employer.is_none()
        || row.employer.as_ref().is_some_and(|new| person.employer_key.as_deref() == Some(new.key().as_str()));
    let news = News {
        employer: row.employer.clone().filter(|_| person.employer.is_none()),
        job_title: row.job_title.clone().filter(|_| person.job_title.is_none() && is_same_job),
        email: row.email.clone().filter(|_| person.email.is_none()),
        profile: row.profile.clone().filter(|_| person.profile_key.is_none()),
        connected_on: None,
        phone: row.phone.clone().filter(|_| person.phone.is_none()),
        notes: None,
    };
    if news.is_empty() { Fate::Same(known) } else { Fate::Changed { known, news: Box::new(news), joined: None } }
}

/// What an address book notes of someone. Where an address of theirs is kept that it does not name first, the first is one more.
pub fn note<'r>(row: &'r Connection, known: Option<&KnownPerson>) -> Option<Cow<'r, str>> {
    let notes = row.notes.as_ref()?.as_str();
    let kept = known.and_then(|person| person.email.as_deref());
    let other = kept.filter(|kept| row.others.emails.iter().any(|other| other.as_str() == *kept));
    Some(match (other, &row.email) {
        (Some(kept), Some(first)) => {
            notes.replace(&format!("Also: {kept}"), &format!("Also: {}", first.as_str())).into()
        }
        _ => notes.into(),
    })
}

/// How many new people bear the name of someone who is in the contacts and whose profile is no other. Someone of an address book
/// may also bear that of someone who becomes one of them.
pub fn alike(rows: &[Connection], fates: &[Fate], people: &[KnownPerson]) -> usize {
    let new: Vec<&Connection> =
        rows.iter().zip(fates).filter(|(_, fate)| matches!(fate, Fate::New)).map(|(row, _)| row).collect();
    // By name, with whether everyone of it has a profile.
    let mut known: HashMap<String, bool> = HashMap::new();
    for person in people.iter().filter(|person| !person.in_bin) {
        *known.entry(folded(&person.name)).or_insert(true) &= person.profile_key.is_some();
    }
    let mut listed: HashMap<String, bool> = HashMap::new();
    if new.iter().any(|row| !row.is_connected) {
        for row in new.iter().filter(|row| row.is_connected) {
            *listed.entry(folded(row.name.as_str())).or_insert(true) &= row.profile.is_some();
        }
    }
    let is_alike = |row: &&&Connection| {
        let name = folded(row.name.as_str());
        let may_be = |all_have: &bool| row.profile.is_none() || !all_have;
        known.get(&name).is_some_and(may_be) || (!row.is_connected && listed.get(&name).is_some_and(may_be))
    };
    new.iter().filter(is_alike).count()
}
