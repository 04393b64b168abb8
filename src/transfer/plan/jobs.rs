//! Which jobs of an archive are no opening yet.

use std::collections::HashSet;

use super::employed::is_employer;
use crate::companies::name::NameKey;
use crate::openings::imports::queries::KnownOpening;
use crate::transfer::archive::jobs::{Job, key_of_address, key_of_name};

/// What tells openings that are there, or in the bin.
#[derive(Debug, Default)]
pub struct Openings {
    pages: HashSet<String>,
    /// Those without an address.
    names: HashSet<String>,
}

impl Openings {
    /// Of these.
    pub fn of(known: &[KnownOpening]) -> Self {
        let mut openings = Self::default();
        for opening in known {
            match &opening.url {
                Some(url) => openings.pages.insert(key_of_address(url)),
                None => openings.names.insert(key_of_name(&opening.title, &NameKey::of(&opening.company))),
            };
        }
        openings
    }

    fn have(&self, job: &Job) -> bool {
        self.pages.contains(&job.key()) || self.names.contains(&job.key_without_address())
    }
}

/// The jobs that can be chosen, by their places: those applied for first, the latest first.
pub fn offered(jobs: &[Job], openings: &Openings) -> Vec<usize> {
    let is_new = |job: &Job| is_employer(job.company.key().as_str()) && !openings.have(job);
    let mut places: Vec<usize> = (0..jobs.len()).filter(|at| is_new(&jobs[*at])).collect();
    places.sort_by_key(|at| {
        let job = &jobs[*at];
        std::cmp::Reverse((job.is_applied, job.applied_on.or(job.saved_on)))
    });
    places
}
