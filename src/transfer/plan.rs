//! Which row of a file is whom, and what it would change. Pure: the same file against the same contacts gives the same plan.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde::Deserialize;

use self::histories::Histories;
use self::whom::Directory;
use super::archive::Archive;
use super::archive::wishes::{Wish, WishKind};
use super::before::Before;
use super::linkedin::{Connection, Connections};
use super::report::{Counts, KEPT, Noted, Report};
use crate::companies::name::CompanyName;
use crate::contacts::forgotten::{Marks, Traits};
use crate::contacts::imports::News;
use crate::contacts::imports::queries::KnownPerson;
use crate::folding::folded;
use crate::ids::ContactId;
use crate::playbook::stage::Stage;
use crate::text::Text;

pub mod histories;
pub mod whom;

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
        /// The day they accepted the user's request, if this is the first word of it.
        accepted_on: Option<Date>,
    },
    /// Known, and nothing is new.
    Same(ContactId),
    /// In the bin: not brought back.
    InBin,
    /// The user asked to forget them: not brought back.
    Forgotten,
}

impl Fate {
    /// Whether the file tells of another job than the one that was known.
    pub fn is_job_change(&self, people: &[KnownPerson]) -> bool {
        let Self::Changed { known, news, .. } = self else { return false };
        people.get(*known).is_some_and(|person| {
            (news.employer.is_some() && person.employer.is_some())
                || (news.job_title.is_some() && person.job_title.is_some())
        })
    }
}

/// Decides each row's fate. `today` bounds dates that lie in the future.
///
/// A person is known by the profile. Where the row or the contact has none, the same name at the same employer is the same person;
/// each contact is found by at most one row, the one that says the same before one that does not.
pub fn fates(rows: &[Connection], people: &[KnownPerson], today: Date) -> Vec<Fate> {
    let mut taken = vec![false; people.len()];
    let mut found: Vec<Option<usize>> = {
        let profiles = by_profile(people);
        rows.iter().map(|row| profiles.get(row.profile.as_ref()?.key()).copied()).collect()
    };
    for known in found.iter().flatten() {
        taken[*known] = true;
    }
    if found.iter().any(Option::is_none) {
        find_by_name(rows, people, &mut found, &mut taken);
    }
    rows.iter()
        .zip(found)
        .map(|(row, found)| found.map_or(Fate::New, |known| fate(row, known, &people[known], today)))
        .collect()
}

fn says_the_same(row: &Connection, person: &KnownPerson) -> bool {
    !person.in_bin
        && row.job_title.as_ref().map(|t| t.as_str()) == person.job_title.as_deref()
        && (row.connected_on.is_none() || row.connected_on == person.connected_on.map(|day| day.0))
}

fn fate(row: &Connection, known: usize, person: &KnownPerson, today: Date) -> Fate {
    if person.in_bin {
        return Fate::InBin;
    }
    let differs = |new: &str, old: Option<&str>| old != Some(new);
    let news = News {
        employer: row.employer.clone().filter(|new| differs(new.key().as_str(), person.employer_key.as_deref())),
        job_title: row.job_title.clone().filter(|new| differs(new.as_str(), person.job_title.as_deref())),
        email: row.email.clone().filter(|new| differs(new.as_str(), person.email.as_deref())),
        profile: row.profile.clone().filter(|_| person.profile_key.is_none()),
        connected_on: row.connected_on.filter(|_| person.connected_on.is_none()),
        notes: None,
    };
    let waits = matches!(person.stage, Stage::Identified | Stage::Requested);
    // Someone connected long before they were written down cannot answer before they were asked.
    let accepted_on = waits.then(|| row.connected_on.unwrap_or(today).max(person.since()).min(today));
    let nothing =
        matches!(news, News { employer: None, job_title: None, email: None, profile: None, connected_on: None, .. });
    if nothing && accepted_on.is_none() {
        Fate::Same(person.id)
    } else {
        Fate::Changed { known, news: Box::new(news), accepted_on }
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

/// Finds by name and employer who was not found by profile.
fn find_by_name(rows: &[Connection], people: &[KnownPerson], found: &mut [Option<usize>], taken: &mut [bool]) {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, person) in people.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        names.entry(name_and_employer(&person.name, person.employer_key.as_deref())).or_default().push(at);
    }
    if names.is_empty() {
        return;
    }
    // The likest first, so that of two people of one name and employer each finds their own row again.
    for alike in [true, false] {
        for (row, found) in rows.iter().zip(&mut *found).filter(|(_, found)| found.is_none()) {
            let key = row.employer.as_ref().map(CompanyName::key);
            let named = name_and_employer(row.name.as_str(), key.as_ref().map(|key| key.as_str()));
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

/// Neither part can hold the line break between them.
fn name_and_employer(name: &str, employer_key: Option<&str>) -> String {
    format!("{}\n{}", folded(name), employer_key.unwrap_or_default())
}

/// What people write as their employer who have none, or will not say.
const NO_EMPLOYER: [&str; 10] = [
    "self employed",
    "freelance",
    "freelancer",
    "independent",
    "independent consultant",
    "confidential",
    "stealth",
    "stealth startup",
    "retired",
    "unemployed",
];

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
        if NO_EMPLOYER.contains(&key.as_str()) {
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

/// Which employers are ticked when the page is drawn.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub choose: String,
    pub people: String,
}

impl Choice {
    /// Whether the companies are ticked.
    pub fn all_companies(&self) -> bool {
        self.choose == "all"
    }

    /// Whether the people who were asked are ticked.
    pub fn all_people(&self) -> bool {
        self.people == "all"
    }

    /// What stands behind the question mark for ticks like these.
    pub fn query(companies: bool, people: bool) -> &'static str {
        match (companies, people) {
            (true, true) => "?choose=all&people=all",
            (true, false) => "?choose=all",
            (false, true) => "?people=all",
            (false, false) => "",
        }
    }
}

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
        for (row, fate) in file.rows.iter().zip(&mut fates).filter(|_| !before.forgotten.is_empty()) {
            if matches!(fate, Fate::New) && is_forgotten(row, &before.forgotten) {
                *fate = Fate::Forgotten;
            }
        }
        let new = file.rows.iter().zip(&fates).enumerate().filter(|(_, (_, fate))| matches!(fate, Fate::New));
        let directory = Directory::of(people, new.map(|(at, (row, _))| (at, row))).without(&before.forgotten);
        let histories = Histories::of(archive, &directory, people, before, today);
        let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
        let in_bin = file.rows.iter().zip(&fates).filter(|(_, fate)| matches!(fate, Fate::InBin));
        // Not by name: a report is kept.
        let forgotten = file.rows.iter().zip(&fates).filter(|(_, fate)| matches!(fate, Fate::Forgotten));
        let unreadable = file.left_out.iter().map(|row| Noted { line: row.line, text: row.why.to_string() });
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
            accepted: as_i64(count(|fate| matches!(fate, Fate::Changed { accepted_on: Some(_), .. }))),
            changed_jobs: as_i64(fates.iter().filter(|fate| fate.is_job_change(people)).count()),
            forgotten: as_i64(count(|fate| matches!(fate, Fate::Forgotten)) + histories.forgotten),
            left_out,
            remark_count: as_i64(file.remarks.len()),
            remarks: file.remarks.iter().take(KEPT).map(|r| Noted { line: r.line, text: r.what.to_string() }).collect(),
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
            ..Report::default()
        };
        Self { fates, counts, report, histories }
    }
}

/// Whether the user asked to forget whom a row names.
fn is_forgotten(row: &Connection, marks: &Marks) -> bool {
    let employer = row.employer.as_ref().map(CompanyName::key);
    marks.know(&Traits {
        name: row.name.as_str(),
        profile: row.profile.as_ref().map(|profile| profile.key()),
        email: row.email.as_ref().map(|email| email.as_str()),
        employer: employer.as_ref().map(|key| key.as_str()),
    })
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
