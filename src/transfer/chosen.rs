//! What is ticked on a preview: when it is drawn, and when it is sent.

use serde::Deserialize;

/// Which lists are ticked when the page is drawn.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub choose: String,
    pub people: String,
    pub jobs: String,
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

    /// Whether the jobs are ticked.
    pub fn all_jobs(&self) -> bool {
        self.jobs == "all"
    }

    /// What stands behind the question mark where the companies are ticked or not.
    pub fn with_companies(&self, all: bool) -> String {
        query(all, self.all_people(), self.all_jobs())
    }

    /// The same of the people who were asked.
    pub fn with_people(&self, all: bool) -> String {
        query(self.all_companies(), all, self.all_jobs())
    }

    /// The same of the jobs.
    pub fn with_jobs(&self, all: bool) -> String {
        query(self.all_companies(), self.all_people(), all)
    }
}

fn query(companies: bool, people: bool, jobs: bool) -> String {
    let all = [(companies, "choose=all"), (people, "people=all"), (jobs, "jobs=all")];
    let said: Vec<&str> = all.into_iter().filter(|(is_all, _)| *is_all).map(|(_, said)| said).collect();
    if said.is_empty() { String::new() } else { format!("?{}", said.join("&")) }
}

/// What was chosen on the preview: companies by their place among the files'.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    pub companies: Vec<usize>,
    /// The requests whose people are added, by their place in the archive.
    pub people: Vec<usize>,
    /// The jobs that become openings, by their place in the archive.
    pub jobs: Vec<usize>,
    /// Employers, schools and roles for the settings, by their places in the archive.
    pub employers: Vec<usize>,
    pub schools: Vec<usize>,
    pub roles: Vec<usize>,
    /// Whether what was written is kept with the messages; nothing where it is not.
    pub words: String,
}
