//! The story holds together.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::parts::slug;
use super::*;
use crate::companies::company;
use crate::contacts::contact::ReasonKind;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::{self, Kind};
use crate::playbook::occasion::DateKind;
use crate::playbook::opening;
use crate::playbook::referral::{self, Whose};
use crate::playbook::replay::replay;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Rhythm;
use crate::playbook::talk::{Medium, Status};
use crate::playbook::topic::Weight;
use crate::playbook::warmth::{Closeness, Warmth};

fn by_name() -> HashMap<&'static str, &'static Contact> {
    contacts().map(|contact| (contact.name, contact)).collect()
}

fn happened(contact: &Contact, kind: Kind, days_ago: i16) -> bool {
    contact.history.iter().any(|event| event.kind == kind && event.days_ago == days_ago)
}

#[test]
fn it_is_large_enough_to_look_around_in() {
    let held = talks().filter(|talk| talk.status == Status::Held).count();
    let coming = talks().filter(|talk| talk.status == Status::Scheduled).count();
    assert!(COMPANIES.len() >= 38 && contacts().count() >= 60);
    assert!(held >= 15 && coming == 4, "{held} held, {coming} coming");
    assert!(OPENINGS.len() >= 10 && REFERRALS.len() >= 8);
}

#[test]
fn names_are_told_apart_and_every_reference_leads_somewhere() {
    let companies: HashSet<_> = COMPANIES.iter().map(|company| company.name).collect();
    let people = by_name();
    let profiles: HashSet<_> = contacts().map(Contact::profile).collect();
    assert_eq!(companies.len(), COMPANIES.len());
    assert_eq!((people.len(), profiles.len()), (contacts().count(), contacts().count()));
    for contact in contacts() {
        assert!(companies.contains(contact.company), "{} at {}", contact.name, contact.company);
        assert!(contact.introduced_by.is_none_or(|name| people.contains_key(name)), "{}", contact.name);
        let noted = |(_, introduced, _): &&(&str, &str, &str)| *introduced == contact.name;
        assert!(
            BRIDGES.iter().filter(noted).all(|(by, ..)| people.contains_key(by) && contact.introduced_by != Some(by))
        );
        assert_eq!(contact.introduced_by.is_some(), contact.warmth == Warmth::CanBeIntroduced, "{}", contact.name);
    }
    for talk in talks() {
        assert!(people.contains_key(talk.contact), "{}", talk.contact);
    }
    for opening in OPENINGS {
        assert!(companies.contains(opening.company), "{}", opening.company);
        assert!(opening.confirmed.is_none_or(|(name, _)| people[name].company == opening.company), "{}", opening.title);
        assert_eq!(opening.link.is_none(), opening.inside);
        assert!(opening.changed <= opening.days_ago);
    }
    for referral in REFERRALS {
        let company = people[referral.contact].company;
        let known = |title| OPENINGS.iter().any(|opening| opening.title == title && opening.company == company);
        assert!(referral.opening.is_none_or(known), "{}", referral.contact);
    }
}

#[test]
fn addresses_are_made_up() {
    assert_eq!(by_name()["Karen Spärck Jones"].profile(), "https://www.linkedin.com/in/karen-sparck-jones-demo");
    assert_eq!(slug("Tern & Co"), "tern-co");
    assert!(COMPANIES.iter().all(|company| company.website().ends_with(".example")));
    assert!(contacts().filter_map(|contact| contact.email).all(|email| email.ends_with(".example")));
    for opening in OPENINGS {
        let company = COMPANIES.iter().find(|company| company.name == opening.company).unwrap();
        assert!(opening.link.is_none_or(|link| link.starts_with(&company.website())), "{}", opening.title);
    }
}

#[test]
fn histories_run_forwards_and_begin_after_the_search_did() {
    for contact in contacts() {
        assert!(!contact.history.is_empty(), "{}", contact.name);
        assert!(contact.history.is_sorted_by(|a, b| a.days_ago >= b.days_ago), "{}", contact.name);
        assert!(contact.history.iter().all(|event| (0..=92).contains(&event.days_ago)), "{}", contact.name);
        let company = COMPANIES.iter().find(|company| company.name == contact.company).unwrap();
        let first = contact.history[0];
        let looked_for = matches!(first.kind, Kind::Found);
        assert!(
            !looked_for || first.days_ago <= company.days_ago,
            "{} was found before {}",
            contact.name,
            company.name
        );
    }
}

#[test]
fn talks_and_histories_agree() {
    let people = by_name();
    for talk in talks() {
        let contact = people[talk.contact];
        let agrees = match talk.status {
            Status::Held if talk.way == Medium::InWriting => happened(contact, Kind::AnsweredInWriting, talk.days_ago),
            Status::Held => happened(contact, Kind::Held, talk.days_ago),
            Status::Cancelled => happened(contact, Kind::Cancelled, talk.days_ago + 1),
            Status::NoShow => happened(contact, Kind::NoShow, talk.days_ago),
            Status::Scheduled => talk.days_ago <= 0,
        };
        assert!(agrees, "{}", talk.contact);
        let mut dates =
            contact.history.iter().filter(|event| matches!(event.kind, Kind::Scheduled | Kind::Rescheduled));
        assert!(
            talk.way == Medium::InWriting || dates.next_back().and_then(|event| event.until) == Some(talk.days_ago),
            "{}",
            talk.contact
        );
        assert!(talk.insights.iter().all(|insight| !insight.text.is_empty()));
        assert!(
            talk.status != Status::Held
                || !talk.insights.is_empty() && talk.questions.iter().all(|asked| !asked.answer.is_empty())
        );
    }
    for contact in contacts() {
        for event in contact.history.iter().filter(|event| event.kind == Kind::Held) {
            assert!(
                talks().any(|talk| talk.contact == contact.name && talk.days_ago == event.days_ago),
                "{}",
                contact.name
            );
        }
    }
}

#[test]
fn referrals_and_histories_agree() {
    let people = by_name();
    for referral in REFERRALS {
        let contact = people[referral.contact];
        let made = referral.made.is_some();
        assert_eq!(made, referral.status == referral::Status::Made, "{}", referral.contact);
        assert!(!made || referral.agreed.is_some());
        // The schema asks for it too.
        assert!(referral.agreed.is_none() || referral.way.is_some(), "{}", referral.contact);
        let asked = referral.asked.filter(|_| referral.status != referral::Status::ToAsk);
        for (claimed, kind) in [
            (asked, Kind::ReferralAsked),
            (referral.reminded, Kind::Wrote),
            (referral.agreed, Kind::ReferralAgreed),
            (referral.made, Kind::ReferralMade),
            (referral.told, Kind::ReferralTold),
        ] {
            assert!(claimed.is_none_or(|day| happened(contact, kind, day)), "{}: {kind} {claimed:?}", referral.contact);
        }
        let declined = contact.history.iter().find(|event| event.kind == Kind::ReferralDeclined);
        assert_eq!(declined.is_some(), referral.status == referral::Status::Declined, "{}", referral.contact);
        assert!(declined.is_none_or(|event| Some(event.days_ago) == referral.closed), "{}", referral.contact);
        let is_closed = matches!(referral.status, referral::Status::Declined | referral::Status::Withdrawn);
        assert_eq!(referral.closed.is_some(), is_closed, "{}", referral.contact);
    }
}

/// The day the story is told on, for the playbook.
const TODAY: Date = date(2026, 11, 24);

/// What the playbook makes of a history.
fn stage_of(contact: &Contact) -> Stage {
    let day = |days_ago: i16| TODAY.saturating_sub(i32::from(days_ago).days());
    let events: Vec<_> = (1_u128..)
        .zip(contact.history)
        .map(|(id, event)| event::Event {
            id: uuid::Uuid::from_u128(id),
            kind: event.kind,
            on: day(event.days_ago),
            until: event.until.map(day),
            undoes: None,
            in_writing: false,
        })
        .collect();
    replay(&events, &Cadence::default(), Rhythm::Default).stage
}

#[test]
fn every_stage_is_populated() {
    for (stage, at_least) in [
        (Stage::Identified, 8),
        (Stage::Requested, 8),
        (Stage::Connected, 6),
        (Stage::Asked, 5),
        (Stage::Scheduled, 4),
        (Stage::Spoke, 2),
        (Stage::InTouch, 12),
        (Stage::MovedOn, 6),
        (Stage::Declined, 3),
    ] {
        let there = contacts().filter(|contact| stage_of(contact) == stage).count();
        assert!(there >= at_least, "{stage}: {there}");
    }
    for talk in talks().filter(|talk| talk.status == Status::Scheduled) {
        assert_eq!(stage_of(by_name()[talk.contact]), Stage::Scheduled, "{}", talk.contact);
    }
}

#[test]
fn dates_and_reasons_are_of_people_she_is_in_touch_with() {
    let people = by_name();
    for name in DATES.iter().map(|date| date.contact).chain(REASONS.iter().map(|reason| reason.contact)) {
        assert_eq!(stage_of(people[name]), Stage::InTouch, "{name}");
    }
    for kind in ReasonKind::ALL {
        assert!(REASONS.iter().any(|reason| reason.kind == *kind), "{kind}");
    }
    for kind in DateKind::ALL {
        assert!(
            DATES.iter().any(|date| date.kind == *kind && date.word.is_some() == (*kind == DateKind::Other)),
            "{kind}"
        );
    }
}

#[test]
fn every_kind_of_thing_is_there_to_be_seen() {
    for status in opening::Status::ALL {
        assert!(OPENINGS.iter().any(|opening| opening.status == *status), "{status}");
    }
    for status in referral::Status::ALL {
        assert!(REFERRALS.iter().any(|referral| referral.status == *status), "{status}");
    }
    for way in referral::Mechanic::ALL {
        assert!(REFERRALS.iter().any(|referral| referral.way == Some(*way)), "{way}");
    }
    for status in company::Status::ALL {
        let has_reason = *status != company::Status::Active;
        assert!(COMPANIES.iter().any(|company| company.status == *status && company.reason.is_some() == has_reason));
    }
    for weight in Weight::ALL {
        assert!(talks().flat_map(|talk| talk.insights).any(|insight| insight.weight == Some(*weight)));
    }
    for warmth in Warmth::ALL {
        assert!(contacts().any(|contact| contact.warmth == *warmth));
    }
    for closeness in Closeness::ALL {
        assert!(contacts().any(|contact| contact.closeness == *closeness));
    }
    for way in Medium::ALL {
        assert!(talks().any(|talk| talk.way == *way));
    }
    assert!(COMPANIES.iter().all(|company| company.motivation <= 5 && company.posting <= 3));
    assert!(
        talks()
            .flat_map(|talk| talk.actions)
            .any(|action| action.whose == Whose::Theirs && !action.done && action.due > 0)
    );
}
