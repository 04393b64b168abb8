//! What is particular to people of address books.

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
    if news.is_empty() { Fate::Same(known) } else { Fate::Changed { known, news: Box::new(news), accepted_on: None } }
}

/// How many new people of address books bear the name of someone who is in the contacts, or becomes one of them, and whose
/// profile is no other.
pub fn alike(rows: &[Connection], fates: &[Fate], people: &[KnownPerson]) -> usize {
    let is_of_book = |(row, fate): &(&Connection, &Fate)| !row.is_connected && matches!(fate, Fate::New);
    let news: Vec<&Connection> = rows.iter().zip(fates).filter(is_of_book).map(|(row, _)| row).collect();
    if news.is_empty() {
        return 0;
    }
    // By name, with whether everyone of it has a profile.
    let mut names: HashMap<String, bool> = HashMap::new();
    let known = people.iter().filter(|person| !person.in_bin).map(|person| (person.name.as_str(), &person.profile_key));
    for (name, profile) in known {
        *names.entry(folded(name)).or_insert(true) &= profile.is_some();
    }
    for row in
        rows.iter().zip(fates).filter(|(row, fate)| row.is_connected && matches!(fate, Fate::New)).map(|(row, _)| row)
    {
        *names.entry(folded(row.name.as_str())).or_insert(true) &= row.profile.is_some();
    }
    let is_alike = |row: &&&Connection| {
        names.get(&folded(row.name.as_str())).is_some_and(|all_have| row.profile.is_none() || !all_have)
    };
    news.iter().filter(is_alike).count()
}
