//! Jobs of the archive: those that were saved, and those that were applied for.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::address::WebAddress;
use crate::companies::name::{CompanyName, NameKey};
use crate::folding::folded;
use crate::text::Line;

/// A job that was saved, or applied for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// What it is.
    pub title: Line<200>,
    /// Where.
    pub company: CompanyName,
    /// Its page.
    pub url: Option<WebAddress>,
    /// When it was saved, if that could be read.
    pub saved_on: Option<Date>,
    /// Whether they applied.
    pub is_applied: bool,
    /// When, if that could be read.
    pub applied_on: Option<Date>,
}

impl Job {
    /// What tells it from other jobs.
    pub fn key(&self) -> String {
        match &self.url {
            Some(url) => key_of_address(url.as_str()),
            None => self.key_without_address(),
        }
    }

    /// What tells it from others of which no address is known.
    pub fn key_without_address(&self) -> String {
        key_of_name(self.title.as_str(), &self.company.key())
    }
}

/// What tells a job from others by its page. LinkedIn's ends with a number, whatever stands before and behind it.
pub fn key_of_address(address: &str) -> String {
    let page = address.split('#').next().unwrap_or_default();
    let bare = page.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let is_linkedin = host == "linkedin.com" || host.ends_with(".linkedin.com");
    let place = path.split('?').next().unwrap_or_default().trim_end_matches('/');
    let number = place.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    if is_linkedin && place.starts_with("jobs/") && number.len() > 5 {
        return format!("linkedin {number}");
    }
    format!("at {}", bare.trim_end_matches('/'))
}

/// What tells a job from others by its title and its company.
pub fn key_of_name(title: &str, company: &NameKey) -> String {
    format!("{}\n{}", folded(title), company.as_str())
}

/// The jobs, each once: one that was saved and then applied for is one, with both days.
pub fn each_once(jobs: Vec<Job>) -> Vec<Job> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut once: Vec<Job> = Vec::new();
    for job in jobs {
        let at = *places.entry(job.key()).or_insert(once.len());
        match once.get_mut(at) {
            Some(known) => {
                known.saved_on = [known.saved_on, job.saved_on].into_iter().flatten().min();
                known.applied_on = [known.applied_on, job.applied_on].into_iter().flatten().min();
                known.is_applied |= job.is_applied;
            }
            None => once.push(job),
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_page_is_the_same_however_its_address_is_written() {
        for same in [
            "https://www.linkedin.com/jobs/view/4012345678",
            "http://www.linkedin.com/jobs/view/4012345678/?trk=x",
            "https://de.linkedin.com/jobs/view/data-analyst-at-acme-4012345678#apply",
        ] {
            assert_eq!(key_of_address(same), "linkedin 4012345678", "{same}");
        }
        assert_eq!(key_of_address("https://jobs.example/a?id=7"), key_of_address("http://jobs.example/a?id=7#top"));
        assert_ne!(key_of_address("https://jobs.example/a?id=7"), key_of_address("https://jobs.example/a?id=8"));
        assert_ne!(key_of_address("https://www.linkedin.com/company/4012345678"), "linkedin 4012345678");
    }

    #[test]
    fn a_job_saved_and_applied_for_is_one() {
        let saved = Job {
            title: Line::parse("Analyst").unwrap(),
            company: CompanyName::parse("Acme").unwrap(),
            url: None,
            saved_on: Some(date(2026, 1, 8)),
            is_applied: false,
            applied_on: None,
        };
        let applied = Job {
            company: CompanyName::parse("ACME, Inc.").unwrap(),
            saved_on: None,
            is_applied: true,
            applied_on: Some(date(2026, 1, 9)),
            ..saved.clone()
        };
        let other = Job { title: Line::parse("Director").unwrap(), ..saved.clone() };
        let once = each_once(vec![saved.clone(), other.clone(), applied]);
        let both = Job { is_applied: true, applied_on: Some(date(2026, 1, 9)), ..saved };
        assert_eq!(once, [both, other]);
    }
}
