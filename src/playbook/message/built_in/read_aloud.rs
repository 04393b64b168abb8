//! Every wording that comes with Inroad, filled with what people really write, and read by a proof-reader.

use super::{Moment, all};
use crate::playbook::message::about_me::who_i_am;
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::phrase::{inside, to_reader};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::message::proofread::{Circumstances, proofread};
use crate::playbook::name::first_name;
use crate::playbook::pronouns::Pronouns;

/// First approaches have fewer words than this: a career centre advises fewer than 100, and a short message is a small favour.
const FIRST_WORDS: usize = 75;

/// The sentence about oneself, as people write it.
const ABOUT: &[&str] = &[
    "",
    "I build dashboards for hospitals and would like to do so for climate research",
    "I turn ward notes into tools.",
    "I'm a nurse!",
    "My work is making sense of ward data.",
    "We are two nurses. We build dashboards.",
    "As a nurse of six years, I know what wards need.",
    "As a nurse",
    "a nurse of six years, learning data analysis",
    "Nurse turned analyst",
    "I am a nurse",
    "Currently an accountant",
    "Working as a nurse...",
    "Building tools for hospitals",
    "analyst of ward data,",
    "Passionate about data",
    "Ten years in retail",
];

const COMPANIES: &[&str] = &["Acme", "Acme, Inc.", "Yahoo!", "Who?", "Dash & Co."];

const NAMES: &[&str] = &[
    "Katherine Johnson",
    "Dr. Katherine Johnson",
    "Johnson, Katherine",
    "Prof. Dr. Émilie du Châtelet",
    "Frau Müller",
    "J. Smith",
    "👩🏽‍💻 Dev Patel",
    "山田 太郎",
    "محمد الخوارزمي",
    "Will May",
];

/// As people say them of themselves.
const PRONOUNS: &[&str] = &["", "she/her", "He/Him/His", "they/them", "xe/xem", "she/they"];

const ROLES: &[&str] = &["Data analyst", "Senior Product Manager", "Social work", "UX designer", "iOS Developer", "QA"];

/// What was noted of them and for them: with their name, with capitals and with marks.
struct Notes {
    why: &'static str,
    learned: &'static str,
    mine: &'static str,
    theirs: &'static str,
    did: &'static str,
    news: &'static str,
    question: &'static str,
}

const NOTES: &[Notes] = &[
    Notes {
        why: "You moved from teaching into analysis.",
        learned: "Everyone starts with SQL",
        mine: "Send NAME my dashboard sample",
        theirs: "Introduce me to the team.",
        did: "Rebuilt my portfolio.",
        news: "I start at Compass in May",
        question: "Which skill comes first",
    },
    Notes {
        why: "Climate research is what you do!",
        learned: "NAME's team works in pairs; does it help?",
        mine: "I will read NAME's paper ...",
        theirs: "To send me NAME's slides,",
        did: "I wrote to the team,",
        news: "We moved.",
        question: "Which skill comes first?",
    },
    Notes {
        why: "because NAME gave a talk on data",
        learned: "the team is small.",
        mine: "will ask for the report",
        theirs: "send me the report",
        did: "asked for the report!",
        news: "the second interview is over",
        question: "What would you read?",
    },
];

fn facts(about: &str, company: &str, name: &str, role: &str, pronouns: &str, notes: &Notes) -> Facts {
    let first = first_name(name);
    let said = |note: &str| to_reader(&note.replace("NAME", first), first, name);
    Facts::new()
        .with(Placeholder::FirstName, first)
        .with(Placeholder::FullName, name)
        .with_some(Placeholder::Them, Pronouns::read(pronouns).map(Pronouns::object))
        .with(Placeholder::Company, company)
        .with(Placeholder::MyName, "Ada Byron")
        .with(Placeholder::TargetRole, role)
        .with(Placeholder::AboutMe, about)
        .with_some(Placeholder::WhoIAm, who_i_am(about, Some(role)))
        .with(Placeholder::WhyYou, said(notes.why))
        .with(
            Placeholder::ProposedTime,
            "Thursday 3 December at 10:00 your time (16:00 mine) or Friday 4 December at 09:00 your time (15:00 mine)",
        )
        .with(Placeholder::TalkTime, "Thursday 3 December at 10:00 (Berlin time)")
        .with(Placeholder::TalkMinutes, "15")
        .with(Placeholder::WayToConnect, "https://meet.example/ada")
        .with(Placeholder::IntroducedBy, "Mary Somerville")
        .with(Placeholder::School, "University of London")
        .with(Placeholder::FormerEmployer, company)
        .with(Placeholder::Question, notes.question)
        .with(Placeholder::Questions, "1. What does a week look like?\n2. Who else?")
        .with(Placeholder::AnswerBy, "Thursday 10 December")
        .with(Placeholder::WhatILearned, inside(&said(notes.learned)))
        .with(Placeholder::WhatIWillDo, said(notes.mine))
        .with(Placeholder::TheirPromise, said(notes.theirs))
        .with(Placeholder::WhatIDid, said(notes.did))
        .with(Placeholder::Article, "a study of waiting times, https://journal.example/waiting")
        .with(Placeholder::TheirNews, "Your new role.")
        .with(Placeholder::MyNews, notes.news)
        .with(Placeholder::Reason, notes.news)
        .with(Placeholder::Opening, "Junior data analyst")
        .with(Placeholder::OpeningLink, "https://careers.example/214")
        .with(Placeholder::RoleNumber, "R-214")
        .with(Placeholder::WhyIFit, "- SQL: six years")
        .with(Placeholder::ResumeLink, "https://ada.example/resume")
}

#[test]
fn every_wording_reads_as_one_person_wrote_it() {
    let mut found = Vec::new();
    let mut read = 0;
    let everybody = COMPANIES.iter().flat_map(|company| NAMES.iter().map(move |name| (*company, *name)));
    for ((nr, about), (company, name)) in
        ABOUT.iter().enumerate().flat_map(|about| everybody.clone().map(move |whom| (about, whom)))
    {
        let notes = &NOTES[(nr + name.len()) % NOTES.len()];
        let role = ROLES[(nr + company.len()) % ROLES.len()];
        let pronouns = PRONOUNS[(nr + name.len() + company.len()) % PRONOUNS.len()];
        let facts = facts(about, company, name, role, pronouns, notes);
        let names = [
            name,
            company,
            role,
            "Ada Byron",
            "Mary Somerville",
            "University of London",
            "Compass",
            "Junior",
            "Berlin",
            "SQL",
        ];
        for template in all() {
            // Written to who can introduce them, it speaks of them.
            let to_them = template.moment != Moment::AskForIntroduction;
            let reader = if to_them { first_name(name) } else { "" };
            let about_it = Circumstances { reader, names: &names, gaps: &[], is_today: false };
            for text in [Some(template.body), template.subject].into_iter().flatten() {
                let text = fill(text, &facts).text;
                read += 1;
                for fault in proofread(&text, &about_it) {
                    found.push(format!("{}: {fault:?}\n{text}\n", template.key));
                }
            }
        }
    }
    assert!(read > 50_000, "{read}");
    found.sort();
    found.dedup_by_key(|fault| fault.split('\n').next().unwrap_or_default().to_owned());
    assert!(found.is_empty(), "{} kinds:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_wording_guesses_whether_somebody_is_he_or_she() {
    let guesses = ["he", "him", "his", "himself", "she", "her", "hers", "herself"];
    for template in all() {
        for text in [Some(template.body), template.subject].into_iter().flatten() {
            let mut words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
            assert!(!words.any(|word| guesses.contains(&word.as_str())), "{}: {text}", template.key);
        }
    }
}

#[test]
fn with_nothing_known_only_gaps_are_left() {
    let gaps: Vec<&str> = Placeholder::ALL.iter().map(|placeholder| placeholder.label()).collect();
    let about = Circumstances { gaps: &gaps, is_today: false, ..Circumstances::default() };
    for template in all() {
        let text = fill(template.body, &Facts::new()).text;
        assert_eq!(proofread(&text, &about), [], "{}: {text}", template.key);
    }
}

#[test]
fn a_first_approach_is_short() {
    for template in all().filter(|template| template.moment.asks_first()) {
        let text = fill(template.body, &Facts::typical()).text;
        let words = text.split_whitespace().count();
        assert!(words < FIRST_WORDS, "{} has {words} words: {text}", template.key);
    }
}
