//! The list of target companies, as it grew.

use FoundBy::{Area, Competitor, Contacts, JobBoard, OwnIdea};

use super::parts::Company;
use crate::companies::company::{FoundBy, Status};

/// Motivation and posting come as a pair.
const fn company(
    name: &'static str,
    industry: &'static str,
    place: &'static str,
    (motivation, posting): (i16, i16),
    found: FoundBy,
    days_ago: i16,
    note: &'static str,
) -> Company {
    Company { name, industry, place, motivation, posting, found, status: Status::Active, reason: None, note, days_ago }
}

impl Company {
    const fn paused(mut self, reason: &'static str) -> Self {
        self.status = Status::Paused;
        self.reason = Some(reason);
        self
    }

    const fn ruled_out(mut self, reason: &'static str) -> Self {
        self.status = Status::RuledOut;
        self.reason = Some(reason);
        self
    }
}

const HEALTH: &str = "Health care";
const TECH: &str = "Health technology";
const PUBLIC: &str = "Public services";

/// In the order she put them on the list.
pub const COMPANIES: &[Company] = &[
    company(
        "Compass Health",
        TECH,
        "London",
        (5, 3),
        JobBoard,
        92,
        "Analysts sit with the clinicians. Exactly what I want.",
    ),
    company(
        "Analytical Engines",
        "Software",
        "London",
        (4, 2),
        JobBoard,
        92,
        "Grown from 40 to 200 people in three years.",
    ),
    company(
        "St Agnes Hospital",
        HEALTH,
        "London",
        (3, 1),
        Contacts,
        92,
        "My old employer; the information team knows my ward.",
    ),
    company(
        "Larkfield Trust",
        HEALTH,
        "London",
        (5, 2),
        Contacts,
        91,
        "Publishes its waiting-time data. Read their annual review.",
    ),
    company("Orbit Insurance", "Insurance", "London", (3, 2), JobBoard, 91, ""),
    company(
        "Paper Lantern",
        TECH,
        "Remote",
        (5, 1),
        Competitor,
        90,
        "Builds rota software. I have cursed at rotas for years.",
    ),
    company(
        "Harbour Analytics",
        "Consulting",
        "Bristol",
        (3, 2),
        JobBoard,
        90,
        "Works for hospitals; two days a week in Bristol.",
    ),
    company("Northfield Clinics", HEALTH, "Reading", (2, 1), Contacts, 90, "Worked there 2018 to 2020.")
        .paused("Hiring freeze until April, says Dorothy."),
    company("Quietwater", TECH, "London", (4, 1), Competitor, 88, "Sleep clinics. Small team, one analyst."),
    company("Tern & Co", "Consulting", "London", (2, 2), JobBoard, 88, ""),
    company(
        "Beacon Diagnostics",
        HEALTH,
        "Cambridge",
        (4, 2),
        Area,
        86,
        "Laboratory data, so turnaround times matter.",
    ),
    company("Marrow Labs", "Life sciences", "Cambridge", (3, 1), Area, 86, ""),
    company("City Transport Office", PUBLIC, "London", (3, 2), JobBoard, 84, "Open data, good training, slow hiring."),
    company("Fennel", "Food", "London", (2, 2), JobBoard, 84, ""),
    company(
        "Redwing Mutual",
        "Insurance",
        "Remote",
        (4, 3),
        Competitor,
        83,
        "Health claims team; owned by its members.",
    ),
    company("Open Ward", TECH, "Remote", (5, 2), Contacts, 82, "Open source for hospitals. Grace works here."),
    company("Saltmarsh", "Energy", "Norwich", (1, 2), JobBoard, 80, "").ruled_out("Five days a week in Norwich."),
    company(
        "Hillcrest Care",
        HEALTH,
        "London",
        (4, 1),
        Area,
        78,
        "Care homes; no analyst yet, a director who wants one.",
    ),
    company("Pillbox", TECH, "London", (4, 2), Competitor, 77, "Pharmacy deliveries."),
    company(
        "Ludgate Statistics",
        PUBLIC,
        "London",
        (4, 2),
        OwnIdea,
        75,
        "Heard their head speak at the evening meetup.",
    ),
    company("Kestrel Mobility", "Transport", "London", (2, 1), JobBoard, 74, ""),
    company("Bluebell Hospices", "Charity", "London", (4, 0), Contacts, 73, "Joan's friend leads the data work."),
    company("Fathom Research", "Market research", "Remote", (3, 2), JobBoard, 71, ""),
    company("Tidewater Bank", "Banking", "London", (1, 3), JobBoard, 70, "")
        .ruled_out("Credit scoring only; not why I changed course."),
    company("Greyfriars University", "Education", "London", (3, 1), Area, 66, "Student outcomes team."),
    company("Medley", TECH, "London", (4, 1), Competitor, 63, "Patient messages; Karen says they write well."),
    company("Rookery", "Software", "Remote", (2, 1), JobBoard, 60, "")
        .paused("Two talks, both kind, no need before summer."),
    company("Thornbury Group", "Insurance", "London", (2, 2), JobBoard, 57, ""),
    company("Clearwell", "Utilities", "Reading", (2, 1), Area, 54, ""),
    company(
        "Daylight Genomics",
        "Life sciences",
        "Cambridge",
        (4, 1),
        Competitor,
        50,
        "Would need more statistics than I have today.",
    ),
    company(
        "Wren Analytics",
        "Consulting",
        "London",
        (3, 3),
        JobBoard,
        47,
        "Takes career changers; a class of six each spring.",
    ),
    company("Borough Council", PUBLIC, "London", (3, 1), Area, 43, "Public health team of nine."),
    company("Foxglove Systems", TECH, "Remote", (3, 2), Competitor, 39, "Heart monitors and what they tell."),
    company("Sundial", "Software", "London", (2, 0), OwnIdea, 36, ""),
    company("Millrace", "Logistics", "London", (1, 1), JobBoard, 33, "").ruled_out("Night shifts for analysts too."),
    company("Ninefold", TECH, "London", (4, 2), Contacts, 28, "Barbara's former company. Outpatient bookings."),
    company(
        "Vantage Trials",
        "Life sciences",
        "Remote",
        (3, 2),
        JobBoard,
        24,
        "Clinical trials; my nursing counts here.",
    ),
    company("Lighthouse Aid", "Charity", "London", (4, 0), OwnIdea, 19, ""),
    company("Copperfield Health", HEALTH, "London", (3, 2), JobBoard, 15, ""),
    company("Parallel Care", TECH, "London", (4, 1), Competitor, 9, "New, from two people who left Compass Health."),
    company("Oakhurst Surgeries", HEALTH, "London", (3, 0), Area, 6, ""),
    company("Mosaic Public Data", PUBLIC, "Remote", (3, 1), OwnIdea, 2, "To look at this week."),
];
