//! The talks: what was asked, learned and promised.

mod coming;
mod first;
mod later;

use super::parts::{Action, Afterwards, Asked, Insight, Talk};
use crate::playbook::referral::Whose;
use crate::playbook::talk::{Medium, Status};
use crate::playbook::topic::{Topic, Weight};

/// Questions she added to her bank.
pub const OWN_QUESTIONS: &[(Topic, &str)] = &[
    (Topic::Fit, "Which part of nursing do you wish your analysts had?"),
    (Topic::DayToDay, "Who reads your reports, and what do they do differently afterwards?"),
    (Topic::Assignments, "If you gave me one week of your data, what would you want to see on Friday?"),
    (Topic::Team, "When did someone last disagree with a figure of yours, and what happened?"),
];

/// Every talk, the first held first.
pub fn talks() -> impl Iterator<Item = &'static Talk> {
    [first::TALKS, later::TALKS, coming::TALKS].into_iter().flatten()
}

const fn held(contact: &'static str, days_ago: i16, at: (i8, i8), minutes: u16, way: Medium) -> Talk {
    Talk {
        contact,
        days_ago,
        at,
        minutes,
        way,
        status: Status::Held,
        connect: "",
        questions: &[],
        insights: &[],
        actions: &[],
        notes: "",
        afterwards: None,
    }
}

const fn q(topic: Topic, question: &'static str, answer: &'static str) -> Asked {
    Asked { topic, question, answer }
}

const fn learned(topic: Topic, text: &'static str) -> Insight {
    Insight { topic, weight: None, text }
}

const fn essential(text: &'static str) -> Insight {
    Insight { topic: Topic::Requirements, weight: Some(Weight::Essential), text }
}

const fn nice(text: &'static str) -> Insight {
    Insight { topic: Topic::Requirements, weight: Some(Weight::NiceToHave), text }
}

const fn mine(text: &'static str, due: i16, done: bool) -> Action {
    Action { whose: Whose::Mine, text, due, done }
}

const fn theirs(text: &'static str, due: i16, done: bool) -> Action {
    Action { whose: Whose::Theirs, text, due, done }
}

const fn went(they_spoke: i16, before: i16, after: i16) -> Option<Afterwards> {
    Some(Afterwards { they_spoke, before, after })
}
