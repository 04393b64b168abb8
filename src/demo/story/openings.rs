//! The openings she knows of.

use Status::{Accepted, Applied, Closed, Interviewing, Offer, Rejected, Screening, Watching, Withdrawn};

use super::parts::Opening;
use crate::playbook::opening::Status;

const fn posted(
    title: &'static str,
    company: &'static str,
    status: Status,
    days_ago: i16,
    changed: i16,
    link: &'static str,
) -> Opening {
    Opening { title, company, status, inside: false, link: Some(link), days_ago, changed, confirmed: None, note: "" }
}

const fn inside(title: &'static str, company: &'static str, status: Status, days_ago: i16, changed: i16) -> Opening {
    Opening { title, company, status, inside: true, link: None, days_ago, changed, confirmed: None, note: "" }
}

impl Opening {
    const fn confirmed_by(mut self, contact: &'static str, days_ago: i16) -> Self {
        self.confirmed = Some((contact, days_ago));
        self
    }

    const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }
}

/// The nearest to an offer first.
pub const OPENINGS: &[Opening] = &[
    posted(
        "Clinical data analyst",
        "Compass Health",
        Offer,
        44,
        2,
        "https://compass-health.example/careers/clinical-data-analyst",
    )
    .confirmed_by("Barbara Liskov", 14)
    .note("Offer by telephone, the letter is on its way. An answer is due in ten days."),
    inside("Information analyst", "Larkfield Trust", Interviewing, 70, 10)
        .confirmed_by("Katherine Johnson", 33)
        .note("First conversation held; Katherine's is next."),
    posted("Analyst, spring class", "Wren Analytics", Screening, 46, 24, "https://wren-analytics.example/spring-class")
        .confirmed_by("Stephanie Shirley", 28)
        .note("Selection day in nine days."),
    posted(
        "Junior data analyst",
        "Analytical Engines",
        Watching,
        20,
        20,
        "https://analytical-engines.example/careers/214",
    )
    .confirmed_by("Joan Clarke", 9)
    .note("Waiting for Joan's link before applying."),
    posted(
        "Claims data analyst",
        "Redwing Mutual",
        Applied,
        40,
        29,
        "https://redwing-mutual.example/work-with-us/claims-data-analyst",
    )
    .confirmed_by("Margaret Hamilton", 18),
    posted("BI analyst", "Orbit Insurance", Applied, 26, 8, "https://orbit-insurance.example/careers/bi-analyst-2"),
    inside("Analyst for rota explanations", "Paper Lantern", Watching, 43, 43)
        .confirmed_by("Radia Perlman", 43)
        .note("On Radia's wish list for the budget in March."),
    inside("Analyst for missed appointments", "Ninefold", Watching, 1, 1)
        .confirmed_by("Mary Allen Wilkes", 1)
        .note("The text is being written."),
    posted(
        "Turnaround analyst",
        "Beacon Diagnostics",
        Rejected,
        52,
        21,
        "https://beacon-diagnostics.example/vacancies/31",
    )
    .note("They wanted laboratory codes from the first day. Kind letter."),
    posted(
        "Data analyst",
        "Harbour Analytics",
        Rejected,
        71,
        38,
        "https://harbour-analytics.example/open-roles/data-analyst",
    ),
    posted("Senior analyst", "Tern & Co", Withdrawn, 60, 47, "https://tern-co.example/roles/senior-analyst")
        .note("Withdrew: four days a week away from home."),
    posted(
        "Reporting analyst",
        "City Transport Office",
        Closed,
        80,
        55,
        "https://city-transport-office.example/vacancies/882",
    )
    .note("Filled from inside before I applied."),
    posted("Insight analyst", "Tidewater Bank", Withdrawn, 69, 55, "https://tidewater-bank.example/jobs/4471"),
    inside("Volunteer analyst, one day a month", "Bluebell Hospices", Accepted, 40, 29)
        .confirmed_by("Betty Holberton", 31)
        .note("Unpaid and worth it: real bed counts, and someone who reads my work."),
    posted(
        "Data analyst, trials",
        "Vantage Trials",
        Watching,
        6,
        6,
        "https://vantage-trials.example/careers/data-analyst-trials",
    ),
];
