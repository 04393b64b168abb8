//! Which row of a file is whom, and what it would change. Pure: the same file against the same contacts gives the same plan.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use self::employed::is_employer;
pub use self::fate::Fate;
use self::histories::Histories;
use self::whom::{Directory, Whom};
use super::archive::Archive;
use super::archive::wishes::{Wish, WishKind};
use super::before::Before;
use super::linkedin::{Connection, Connections};
use super::report::{Counts, KEPT, Noted, Report};
use crate::companies::name::CompanyName;
use crate::contacts::forgotten::{Marks, Traits};
use crate::contacts::imports::queries::KnownPerson;
use crate::contacts::imports::{Joined, News};
use crate::folding::folded;
use crate::ids::ForgottenId;
use crate::playbook::stage::Stage;
use crate::text::Text;

mod books;
pub mod employed;
pub mod fate;
pub mod histories;
pub mod jobs;
pub mod own;
pub mod said;
pub mod whom;

/// Decides each row's fate. `today` bounds dates that lie in the future.
///
/// A person is known by the profile. Where the row or the contact has none, someone of the same e-mail address and a name they
/// share is the same person, or else someone of the same name at the same employer; each contact is found by at most one row,
/// the one that says the same before one that does not.
pub fn fates(rows: &[Connection], people: &[KnownPerson], today: Date) -> Vec<Fate> {
    let mut taken = vec![false; people.len()];
    let mut found: Vec<Option<usize>> = {
        let profiles = by_profile(people);
        rows.iter().map(|row| row.profiles().find_map(|key| profiles.get(key).copied())).collect()
    };
    for known in found.iter().flatten() {
        taken[*known] = true;
    }
    if found.iter().any(Option::is_none) {
        find_by_email(rows, people, &mut found, &mut taken);
        find_by_name(rows, people, &mut found, &mut taken);
    }
    rows.iter()
        .zip(found)
        .map(|(row, found)| found.map_or(Fate::New, |known| fate(row, known, &people[known], today)))
        .collect()
}

fn says_the_same(row: &Connection, person: &KnownPerson) -> bool {
    !person.in_bin
        && [&person.job_title, &person.said_job_title]
            .into_iter()
            .any(|title| row.job_title.as_ref().map(|t| t.as_str()) == title.as_deref())
        && (row.connected_on.is_none() || row.connected_on == person.connected_on.map(|day| day.0))
}

fn fate(row: &Connection, known: usize, person: &KnownPerson, today: Date) -> Fate {
    if person.in_bin {
        return Fate::InBin;
    }
    if !row.is_connected {
        return books::gaps(row, known, person);
    }
    let employer = row.employer.clone().filter(|new| said::is_other_employer(new, person));
    // A position belongs to the employer it stands beside: of another one it is news, whatever was corrected before.
    let last_title = person.said_job_title.as_deref().filter(|_| employer.is_none());
    let news = News {
        employer,
        job_title: row
            .job_title
            .clone()
            .filter(|new| said::is_news(new.as_str(), person.job_title.as_deref(), last_title)),
        email: row
            .email
            .clone()
            .filter(|new| said::is_news(new.as_str(), person.email.as_deref(), person.said_email.as_deref()))
            .filter(|_| !row.emails().any(|email| person.email.as_deref() == Some(email)))
            .or_else(|| row.others.emails.first().filter(|_| person.email.is_none()).cloned()),
        profile: row.profile.clone().filter(|_| person.profile_key.is_none()),
        connected_on: row.connected_on.filter(|_| person.connected_on.is_none()),
        phone: row.phone.clone().filter(|_| person.phone.is_none()),
        notes: None,
    };
    let joined = match person.stage {
        Stage::Requested => Some(accepted(row, person, today)),
        // A request of before they were taken up again.
        Stage::Identified if person.requested_on.is_some() => Some(accepted(row, person, today)),
        // Nobody asked them: they begin as new people of the list do.
        Stage::Identified => Some(Joined::Already(row.connected_on.unwrap_or(today).min(today))),
        _ => None,
    };
    if news.is_empty() && joined.is_none() {
        Fate::Same(known)
    } else {
        Fate::Changed { known, news: Box::new(news), joined }
    }
}

/// That someone accepted the user's request. Someone connected long before they were written down cannot answer before they
/// were asked.
fn accepted(row: &Connection, person: &KnownPerson, today: Date) -> Joined {
    Joined::Accepted(row.connected_on.unwrap_or(today).max(person.since()).min(today))
}

/// Whom the archive says the user asked accepted; whom the user wrote with before was in contact from then on.
fn join(rows: &[Connection], fates: &mut [Fate], people: &[KnownPerson], histories: &Histories, today: Date) {
    let asked: HashSet<Whom> = histories.requests.iter().map(|line| line.whom).collect();
    let first_letters = histories.first_letters();
    for (row, fate) in rows.iter().zip(fates) {
        let Fate::Changed { known, joined: Some(joined), .. } = fate else { continue };
        let (whom, Joined::Already(on)) = (Whom::Known(*known), *joined) else { continue };
        *joined = match people.get(*known) {
            Some(person) if asked.contains(&whom) => accepted(row, person, today),
            _ => Joined::Already(on.min(first_letters.get(&whom).copied().unwrap_or(on))),
        };
    }
}

/// The people by profile. Those in the bin come last, so that someone on the list is found before.
fn by_profile(people: &[KnownPerson]) -> HashMap<&str, usize> {
    let mut profiles = HashMap::with_capacity(people.len());
    for (at, person) in people.iter().enumerate() {
        if let Some(key) = person.profile_key.as_deref() {
            profiles.entry(key).or_insert(at);
        }
    }
    profiles
}

/// Finds by e-mail address who was not found by profile. An address a family or an office shares is everyone's, so that one
/// of the names must be the same, too.
fn find_by_email(rows: &[Connection], people: &[KnownPerson], found: &mut [Option<usize>], taken: &mut [bool]) {
    let mut addresses: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, person) in people.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        if let Some(email) = person.email.as_deref() {
            addresses.entry(email).or_default().push(at);
        }
    }
    for (row, found) in rows.iter().zip(&mut *found).filter(|(_, found)| found.is_none()) {
        let mut candidates = row.emails().filter_map(|email| addresses.get(email)).flatten().copied().peekable();
        if candidates.peek().is_none() {
            continue;
        }
        let name = folded(row.name.as_str());
        *found = candidates.find(|known| {
            let person = &people[*known];
            let other = folded(&person.name);
            let is_alike = name.split(' ').any(|word| other.split(' ').any(|one| one == word));
            !taken[*known] && is_alike && (row.profile.is_none() || person.profile_key.is_none())
        });
        if let Some(known) = *found {
            taken[known] = true;
        }
    }
}

/// Finds by name and employer who was not found by profile.
fn find_by_name(rows: &[Connection], people: &[KnownPerson], found: &mut [Option<usize>], taken: &mut [bool]) {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, person) in people.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        let now = said::joined(&person.name, person.employer_key.as_deref());
        // Someone whose name or employer was corrected is still called in the file what it called them.
        if let Some(said) = said::name_and_employer(person).filter(|said| *said != now) {
            names.entry(said).or_default().push(at);
        }
        names.entry(now).or_default().push(at);
    }
    if names.is_empty() {
        return;
    }
    // The likest first, so that of two people of one name and employer each finds their own row again.
    for alike in [true, false] {
        for (row, found) in rows.iter().zip(&mut *found).filter(|(_, found)| found.is_none()) {
            let key = row.employer.as_ref().map(CompanyName::key);
            let named = said::joined(row.name.as_str(), key.as_ref().map(|key| key.as_str()));
            let candidates = names.get(&named).into_iter().flatten().copied();
            *found = candidates.into_iter().find(|known| {
                let person = &people[*known];
                !taken[*known]
                    && (row.profile.is_none() || person.profile_key.is_none())
                    && (!alike || says_the_same(row, person))
            });
            if let Some(known) = *found {
                taken[known] = true;
            }
        }
    }
}

/// An employer named in a file.
#[derive(Debug)]
pub struct Employer {
    /// Its name, as the first row spells it.
    pub name: CompanyName,
    /// How many people of the file work there.
    pub people: i64,
    /// Why the archive names it beside them.
    pub wish: Option<WishKind>,
}

/// The companies of a file: those that the archive names for the user, then the employer with most people first. The order
/// depends on the files alone, so that a place in it names a company.
pub fn employers(rows: &[Connection], wishes: &[Wish]) -> Vec<Employer> {
    let mut by_key: BTreeMap<String, Employer> = BTreeMap::new();
    let named = rows.iter().filter_map(|row| row.employer.as_ref()).map(|name| (name, None));
    for (name, wish) in named.chain(wishes.iter().map(|wish| (&wish.name, Some(wish.why)))) {
        let key = name.key();
        if !is_employer(key.as_str()) {
            continue;
        }
        let employer = by_key.entry(key.as_str().to_owned()).or_insert_with(|| Employer {
            name: name.clone(),
            people: 0,
            wish: None,
        });
        employer.people += i64::from(wish.is_none());
        employer.wish = [employer.wish, wish].into_iter().flatten().min();
    }
    let mut employers: Vec<Employer> = by_key.into_values().collect();
    employers.sort_by_key(|employer| (employer.wish.is_none(), employer.wish, std::cmp::Reverse(employer.people)));
    employers
}

/// Employers offered as target companies.
pub const OFFERED: usize = 200;

/// A file read against the contacts of today.
pub struct Planned {
    /// What each row of the file becomes, in its order.
    pub fates: Vec<Fate>,
    /// The counts.
    pub counts: Counts,
    /// What else the report says.
    pub report: Report,
    /// What comes to the histories.
    pub histories: Histories,
}

impl Planned {
    /// Plans the import of an archive and its `Connections.csv`.
    pub fn of(archive: &Archive, file: &Connections, people: &[KnownPerson], before: &Before, today: Date) -> Self {
        let mut fates = fates(&file.rows, people, today);
        let mut forgotten_ones = HashSet::new();
        for (row, fate) in file.rows.iter().zip(&mut fates).filter(|_| !before.forgotten.is_empty()) {
            if matches!(fate, Fate::New)
                && let Some(mark) = mark_of(row, &before.forgotten)
            {
                *fate = Fate::Forgotten;
                forgotten_ones.insert(mark);
            }
        }
        let new = file.rows.iter().zip(&fates).enumerate().filter(|(_, (_, fate))| matches!(fate, Fate::New));
        let directory = Directory::of(people, new.map(|(at, (row, _))| (at, row))).without(&before.forgotten);
        let notes = file.rows.iter().zip(&fates).enumerate().filter_map(|(at, (row, fate))| {
            let whom = match fate {
                Fate::New => Whom::Row(at),
                Fate::Changed { known, .. } | Fate::Same(known) => Whom::Known(*known),
                Fate::InBin | Fate::Forgotten => return None,
            };
            let known = if let Whom::Known(at) = whom { people.get(at) } else { None };
            Some((whom, books::note(row, known)?))
        });
        let histories = Histories::of(archive, &directory, people, before, notes, today);
        join(&file.rows, &mut fates, people, &histories, today);
        let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
        let in_bin = file.rows.iter().zip(&fates).filter(|(_, fate)| matches!(fate, Fate::InBin));
        // Not by name: a report is kept.
        let forgotten = file.rows.iter().zip(&fates).filter(|(_, fate)| matches!(fate, Fate::Forgotten));
        let unreadable =
            file.left_out.iter().map(|row| Noted { line: row.line, text: said(row.of.as_deref(), &row.why) });
        let mut left_out: Vec<Noted> = unreadable
            .chain(in_bin.map(|(row, _)| Noted { line: row.line, text: format!("{} is in your bin", row.name) }))
            .chain(forgotten.map(|(row, _)| Noted { line: row.line, text: "Someone you asked to forget".into() }))
            .collect();
        left_out.sort_by_key(|noted| noted.line);
        let counts = Counts {
            created: as_i32(count(|fate| matches!(fate, Fate::New))),
            updated: as_i32(count(|fate| matches!(fate, Fate::Changed { .. }))),
            same: as_i32(count(|fate| matches!(fate, Fate::Same(_)))),
            left_out: as_i32(left_out.len()),
            closed: as_i32(file.closed),
        };
        left_out.truncate(KEPT);
        let report = Report {
            repeated: as_i64(file.repeated),
            accepted: as_i64(count(Fate::has_accepted)),
            changed_jobs: as_i64(fates.iter().filter(|fate| fate.is_job_change(people)).count()),
            forgotten: as_i64(forgotten_ones.union(&histories.forgotten).count()),
            left_out,
            remark_count: as_i64(file.remarks.len()),
            remarks: file
                .remarks
                .iter()
                .take(KEPT)
                .map(|r| Noted { line: r.line, text: said(r.of.as_deref(), &r.what) })
                .collect(),
            columns_read: file.columns.read.iter().map(|name| (*name).to_owned()).collect(),
            columns_missing: file.columns.missing.iter().map(|name| (*name).to_owned()).collect(),
            columns_unread: file.columns.unread.iter().take(KEPT).cloned().collect(),
            files: archive.files.clone(),
            requested: as_i64(histories.requests.len()),
            letters: as_i64(histories.letters.len()),
            written_with: as_i64(histories.written_with()),
            strangers: as_i64(histories.strangers),
            received: as_i64(histories.received),
            noted: as_i64(histories.notes.len()),
            unplaced: as_i64(histories.unplaced),
            applied: as_i64(jobs::applied(&archive.jobs, &before.openings, today).len()),
            alike: as_i64(books::alike(&file.rows, &fates, people)),
            of_books: as_i64(file.rows.iter().filter(|row| !row.is_connected).count()),
            headings: archive.remembered(),
            ..Report::default()
        };
        Self { fates, counts, report, histories }
    }
}

/// What is left of whom a row names, if the user asked to forget them: by whichever of their addresses and profiles.
fn mark_of(row: &Connection, marks: &Marks) -> Option<ForgottenId> {
    let employer = row.employer.as_ref().map(CompanyName::key);
    let of_row = Traits {
        name: row.name.as_str(),
        profile: row.profile.as_ref().map(|profile| profile.key()),
        email: row.email.as_ref().map(|email| email.as_str()),
        employer: employer.as_ref().map(|key| key.as_str()),
    };
    let of_profiles = row.profiles().skip(1).map(|profile| Traits { profile: Some(profile), ..of_row });
    let of_emails = row.emails().skip(1).map(|email| Traits { email: Some(email), ..of_row });
    std::iter::once(of_row).chain(of_profiles).chain(of_emails).find_map(|traits| marks.mark_of(&traits))
}

/// What is said of a line, after the file's name where there are several.
fn said(of: Option<&str>, what: &dyn std::fmt::Display) -> String {
    of.map_or_else(|| what.to_string(), |file| format!("{file}: {what}"))
}

/// A count that a file's limit keeps far below the type's.
pub fn as_i32(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// The same for what a report counts.
pub fn as_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The employers of a file that were chosen and are not on the list.
pub fn chosen(employers: Vec<Employer>, places: &[usize], listed: &HashSet<String>) -> Vec<Employer> {
    let wanted: HashSet<usize> = places.iter().copied().collect();
    let named = employers.into_iter().enumerate().filter(|(place, _)| wanted.contains(place));
    named.map(|(_, employer)| employer).filter(|employer| !listed.contains(employer.name.key().as_str())).collect()
}

/// What can be said to someone with another job than before.
pub fn reason(news: &News) -> Option<Text<2_000>> {
    let text = match (&news.job_title, &news.employer) {
        (Some(title), Some(employer)) => format!("Your new role as {title} at {employer}"),
        (Some(title), None) => format!("Your new role as {title}"),
        (None, Some(employer)) => format!("Your move to {employer}"),
        (None, None) => return None,
    };
    Text::parse(&text).ok()
}

#[cfg(test)]
mod tests;
