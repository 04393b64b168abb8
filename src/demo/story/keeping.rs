//! Dates of theirs she remembers, and the reasons to write she has collected.

use super::parts::{Date, Reason};
use crate::contacts::contact::ReasonKind::{AdviceActedOn, Article, NewsOfMine, NewsOfTheirs, Other};
use crate::playbook::occasion::DateKind::{self, Birthday, WorkAnniversary};

const fn date(contact: &'static str, kind: DateKind, days_ahead: i16, years: Option<i16>) -> Date {
    Date { contact, kind, word: None, days_ahead, years }
}

/// Dates of theirs.
pub const DATES: &[Date] = &[
    date("Grace Hopper", Birthday, 15, None),
    date("Mary Jackson", Birthday, 2, Some(41)),
    date("Betty Holberton", Birthday, 0, None),
    date("Barbara Liskov", WorkAnniversary, 9, Some(5)),
    Date {
        contact: "Dorothy Vaughan",
        kind: DateKind::Other,
        word: Some("The first clinic opened"),
        days_ahead: 33,
        years: Some(2),
    },
];

const fn reason(contact: &'static str, kind: crate::contacts::contact::ReasonKind, text: &'static str) -> Reason {
    Reason { contact, kind, text, link: None }
}

/// Reasons to write.
pub const REASONS: &[Reason] = &[
    Reason {
        contact: "Grace Hopper",
        kind: Article,
        text: "A study of how wards record waiting times",
        link: Some("https://journal.example/waiting-times"),
    },
    reason("Grace Hopper", NewsOfMine, "I am down to the last round at Compass Health."),
    reason("Dorothy Vaughan", NewsOfTheirs, "the award for the second clinic"),
    reason("Alan Turing", AdviceActedOn, "wrote the report as one page with one chart"),
    reason(
        "Radia Perlman",
        Other,
        "The poem about spanning trees was read out at our meetup, and everyone asked for your name.",
    ),
    Reason {
        contact: "Annie Easley",
        kind: Article,
        text: "An interview with the people behind the open lab data",
        link: Some("https://labs.example/interview"),
    },
];
