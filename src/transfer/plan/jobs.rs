//! Which jobs of an archive are no opening yet, and which openings they say the user applied for.

use std::collections::HashMap;

use jiff::civil::Date;

use super::employed::is_employer;
use crate::companies::name::NameKey;
use crate::ids::OpeningId;
use crate::openings::imports::queries::KnownOpening;
use crate::transfer::archive::jobs::{Job, key_of_address, key_of_name};

/// The openings of one page, or of one name.
#[derive(Debug, Default)]
struct Alike {
    /// The first that is watched.
    watched: Option<Watched>,
    /// One of them is further on.
    is_further: bool,
}

/// An opening that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Watched {
    id: OpeningId,
    title: String,
    company: String,
}

/// What tells openings that are there, or in the bin: their pages, and the names of those without an address.
#[derive(Debug, Default)]
pub struct Openings(HashMap<String, Alike>);

impl Openings {
    /// Of these.
    pub fn of(known: &[KnownOpening]) -> Self {
        let mut openings = Self::default();
        for opening in known {
            let key = match &opening.url {
                Some(url) => key_of_address(url),
                None => key_of_name(&opening.title, &NameKey::of(&opening.company)),
            };
            let alike = openings.0.entry(key).or_default();
            if opening.in_bin {
                continue;
            }
            alike.is_further |= !opening.is_watched;
            if opening.is_watched && alike.watched.is_none() {
                let (id, title, company) = (opening.id, opening.title.clone(), opening.company.clone());
                alike.watched = Some(Watched { id, title, company });
            }
        }
        openings
    }

    fn find(&self, job: &Job) -> Option<&Alike> {
        self.0.get(&job.key()).or_else(|| self.0.get(&job.key_without_address()))
    }
}

/// The jobs that can be chosen, by their places: those applied for first, the latest first.
pub fn offered(jobs: &[Job], openings: &Openings) -> Vec<usize> {
    let is_new = |job: &Job| is_employer(job.company.key().as_str()) && openings.find(job).is_none();
    let mut places: Vec<usize> = (0..jobs.len()).filter(|at| is_new(&jobs[*at])).collect();
    places.sort_by_key(|at| {
        let job = &jobs[*at];
        std::cmp::Reverse((job.is_applied, job.applied_on.or(job.saved_on)))
    });
    places
}

/// An opening that is watched, and for which the user applied on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub id: OpeningId,
    pub title: String,
    pub company: String,
    pub on: Date,
}

/// Openings one import marks at most; the next one of the same files marks the rest.
const MOST: usize = 1_000;

/// The watched openings for which the user applied. Where one alike is further on, it is that one they applied for.
pub fn applied(jobs: &[Job], openings: &Openings, today: Date) -> Vec<Applied> {
    let mut found: Vec<Applied> = Vec::new();
    for job in jobs.iter().filter(|job| job.is_applied) {
        let Some(Alike { watched: Some(watched), is_further: false }) = openings.find(job) else { continue };
        let on = job.applied_on.unwrap_or(today).min(today);
        match found.iter_mut().find(|known| known.id == watched.id) {
            Some(known) => known.on = known.on.min(on),
            None => {
                let Watched { id, title, company } = watched.clone();
                found.push(Applied { id, title, company, on });
            }
        }
    }
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::WebAddress;
    use crate::companies::name::CompanyName;
    use crate::text::Line;
    use jiff::civil::date;

    fn opening(title: &str, url: Option<&str>, is_watched: bool, in_bin: bool) -> KnownOpening {
        let (title, url) = (title.to_owned(), url.map(str::to_owned));
        KnownOpening { id: OpeningId::new(), title, company: "Acme, Inc.".into(), url, in_bin, is_watched }
    }

    fn job(title: &str, url: Option<&str>, applied_on: Option<Date>) -> Job {
        Job {
            title: Line::parse(title).unwrap(),
            company: CompanyName::parse("ACME").unwrap(),
            url: url.and_then(|url| WebAddress::parse_optional(url).unwrap()),
            saved_on: None,
            is_applied: true,
            applied_on,
        }
    }

    #[test]
    fn what_is_watched_and_was_applied_for_is_found_and_nothing_goes_back() {
        let today = date(2026, 5, 4);
        let (page, other) = ("https://www.linkedin.com/jobs/view/4012345678", "https://jobs.example/7");
        let known = [
            opening("Analyst", Some(page), true, false),
            opening("Director", None, true, false),
            opening("Writer", Some(other), false, false),
            opening("Painter", None, true, true),
            opening("Welder", None, true, false),
            opening("Welder", None, false, false),
        ];
        let openings = Openings::of(&known);
        let saved = Job { is_applied: false, ..job("Director", None, None) };
        assert!(applied(&[saved], &openings, today).is_empty());
        let jobs = [
            job("Data analyst", Some("https://linkedin.com/jobs/view/4012345678/?x=1"), Some(date(2026, 1, 20))),
            job("director", Some("https://jobs.example/8"), Some(date(2027, 1, 1))),
            job("Writer", Some(other), None),
            job("Painter", None, None),
            job("Welder", None, None),
            job("Nobody", None, None),
        ];
        let found: Vec<_> = applied(&jobs, &openings, today).into_iter().map(|one| (one.id, one.on)).collect();
        assert_eq!(found, [(known[0].id, date(2026, 1, 20)), (known[1].id, today)]);
        assert_eq!(offered(&jobs, &openings), [5]);
    }
}
