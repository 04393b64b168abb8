//! What must hold for every ledger.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use super::answers::{By, rates, sent};
use super::funnel::{FunnelStep, applications, funnel};
use super::ledger::{Company, Coverage, Ledger, Made, Move, Touch};
use super::period::Period;
use super::verdict::{Figures, advice, heading};
use super::weeks::{Week, weeks};
use crate::ids::{CompanyId, ContactId, InterviewId, OpeningId, ReferralId};
use crate::playbook::business_days::WeekStart;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::opening::Status;
use crate::playbook::warmth::Warmth;

const FIRST: Date = date(2026, 6, 1);
const TODAY: Date = date(2026, 11, 24);
const ALL: Period = Period { from: FIRST, to: TODAY };

fn day(n: i64) -> Date {
    FIRST.saturating_add(n.days())
}

/// One of a few people, so that the same meets several events.
fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn touch(at: u128, kind: Kind, on: Date, contact: u128) -> Touch {
    Touch {
        id: id(at),
        kind,
        on,
        contact: ContactId(id(contact)),
        warmth: Warmth::Stranger,
        channel: Some(Channel::Email),
        template: None,
        template_name: None,
        interview: (kind == Kind::Held).then(|| InterviewId(id(contact))),
        referral: matches!(kind, Kind::ReferralAsked | Kind::ReferralMade).then(|| ReferralId(id(contact))),
    }
}

prop_compose! {
    fn touches()(events in prop::collection::vec((prop::sample::select(Kind::ALL), 0i64..170, 1u128..12), 0..120)) -> Vec<Touch> {
        events.into_iter().enumerate().map(|(at, (kind, on, contact))| touch(at as u128 + 1, kind, day(on), contact)).collect()
    }
}

prop_compose! {
    fn moves()(moves in prop::collection::vec((1u128..8, prop::sample::select(Status::ALL), 0i64..170), 0..40)) -> Vec<Move> {
        moves.into_iter().map(|(opening, to, on)| Move { opening: OpeningId(id(opening)), to, on: day(on) }).collect()
    }
}

fn ledger(touches: Vec<Touch>, moves: Vec<Move>) -> Ledger {
    let made = vec![Made { id: ReferralId(id(1)), opening: Some(OpeningId(id(1))), on: FIRST }];
    Ledger { touches, moves, made, ..Ledger::default() }.in_order()
}

proptest! {
    #[test]
    fn no_order_of_events_counts_anything_twice(touches in touches(), moves in moves(), seed in any::<u64>()) {
        let (mut mixed, mut moved) = (touches.clone(), moves.clone());
        let swap = |at: usize, len: usize| (seed as usize).wrapping_mul(at + 7) % len;
        for at in 0..mixed.len() { let other = swap(at, mixed.len()); mixed.swap(at, other); }
        for at in 0..moved.len() { let other = swap(at, moved.len()); moved.swap(at, other); }
        let (a, b) = (ledger(touches.clone(), moves.clone()), ledger(mixed, moved));
        prop_assert_eq!(funnel(&a, ALL), funnel(&b, ALL));
        prop_assert_eq!(applications(&a, ALL), applications(&b, ALL));
        prop_assert_eq!(weeks(&a, ALL, WeekStart::Monday, 26), weeks(&b, ALL, WeekStart::Monday, 26));

        // The same told twice, and every event a second time a day later, change nothing that is counted by person.
        let mut twice = touches.clone();
        twice.extend(touches.iter().cloned());
        prop_assert_eq!(funnel(&ledger(twice, moves.clone()), ALL), funnel(&a, ALL));
        let mut again = touches.clone();
        again.extend(touches.iter().map(|t| Touch { id: id(t.id.as_u128() + 1000), on: t.on.saturating_add(1.day()), ..t.clone() }));
        let by_person = |all: Vec<(FunnelStep, usize)>| all.into_iter().filter(|(step, _)| *step != FunnelStep::TalksHeld).collect::<Vec<_>>();
        prop_assert_eq!(by_person(funnel(&ledger(again, moves), ALL)), by_person(funnel(&a, ALL)));
    }

    #[test]
    fn nothing_is_counted_of_more_than_there_are(touches in touches(), moves in moves()) {
        let ledger = ledger(touches, moves);
        let people = ledger.touches.iter().map(|touch| touch.contact).collect::<HashSet<_>>().len();
        let openings = ledger.moves.iter().map(|change| change.opening).collect::<HashSet<_>>().len();
        for (step, n) in funnel(&ledger, ALL) {
            match step {
                FunnelStep::Requests | FunnelStep::Connected | FunnelStep::TalksAsked | FunnelStep::Introductions => prop_assert!(n <= people, "{step}"),
                FunnelStep::JobInterviews | FunnelStep::Offers => prop_assert!(n <= openings, "{step}"),
                _ => {}
            }
        }
        let (referred, cold) = applications(&ledger, ALL);
        prop_assert!(referred.sent <= 1 && referred.sent + cold.sent <= openings);
        for of in [referred, cold] { prop_assert!(of.offers <= of.interviews && of.interviews <= of.sent); }
    }

    #[test]
    fn periods_side_by_side_make_the_whole(touches in touches(), moves in moves(), cut in 0i64..170) {
        let ledger = ledger(touches, moves);
        let first = funnel(&ledger, Period { from: FIRST, to: day(cut) });
        let second = funnel(&ledger, Period { from: day(cut + 1), to: TODAY });
        for ((whole, a), b) in funnel(&ledger, ALL).into_iter().zip(first).zip(second) {
            prop_assert_eq!(whole.1, a.1 + b.1, "{}", whole.0);
        }
    }

    #[test]
    fn every_message_is_answered_waits_or_stays_silent(touches in touches()) {
        let ledger = ledger(touches, Vec::new());
        let sent = sent(&ledger, ALL, &Cadence::default(), TODAY);
        prop_assert!(sent.iter().all(|m| m.answered_on.is_none_or(|on| on >= m.touch.on)));
        prop_assert!(sent.iter().all(|m| !(m.waits && m.answered_on.is_some())));
        for by in By::ALL {
            let rates = rates(&sent, *by);
            prop_assert_eq!(rates.iter().map(|rate| rate.sent + rate.waiting).sum::<usize>(), sent.len());
            prop_assert!(rates.iter().all(|rate| rate.answered <= rate.sent));
        }
    }

    #[test]
    fn there_is_always_something_to_say(touches in touches(), moves in moves(), nobody in 0usize..30, talked in 0usize..30) {
        let ledger = ledger(touches, moves);
        let sent = sent(&ledger, ALL, &Cadence::default(), TODAY);
        let (funnel, weeks, templates) = (funnel(&ledger, ALL), weeks(&ledger, ALL, WeekStart::Monday, 26), rates(&sent, By::Template));
        let coverage = [(Coverage::Nobody, nobody), (Coverage::Talked, talked)];
        let figures = Figures { funnel: &funnel, coverage: &coverage, weeks: &weeks, is_current: true, templates: &templates, requests_goal: 10, companies_goal: 50 };
        prop_assert!(!heading(&figures).is_empty() && advice(&figures).text.ends_with('.'));
    }
}

#[test]
fn an_answer_belongs_to_the_last_message_before_it() {
    let ledger = ledger(
        vec![
            touch(1, Kind::Requested, day(0), 1),
            touch(2, Kind::Accepted, day(2), 1),
            touch(3, Kind::Asked, day(2), 1),
            touch(4, Kind::FollowedUp, day(7), 1),
            touch(5, Kind::AnsweredYes, day(8), 1),
            touch(6, Kind::Asked, TODAY, 2),
        ],
        Vec::new(),
    );
    let sent = sent(&ledger, ALL, &Cadence::default(), TODAY);
    let told: Vec<_> = sent.iter().map(|message| (message.answered_on, message.waits)).collect();
    assert_eq!(told, [(Some(day(2)), false), (None, false), (Some(day(8)), false), (None, true)]);
}

#[test]
fn a_company_counts_on_the_day_it_came_and_on_the_day_somebody_was_found_there() {
    let company =
        Company { id: CompanyId(id(1)), added_on: day(3), first_contact_on: Some(day(1)), coverage: Coverage::Found };
    let ledger = Ledger { companies: vec![company], ..Ledger::default() };
    let early = Period { from: FIRST, to: day(2) };
    assert!(
        funnel(&ledger, early).iter().all(|(_, n)| *n == 0),
        "someone known before is found when the company is added"
    );
    assert_eq!(&funnel(&ledger, ALL)[..2], [(FunnelStep::Companies, 1), (FunnelStep::WithContact, 1)]);
}

#[test]
fn the_first_thing_that_holds_the_others_up_is_what_to_change() {
    let say = |funnel: &[(FunnelStep, usize)], nobody, talked| {
        let coverage = [(Coverage::Nobody, nobody), (Coverage::Talked, talked)];
        advice(&Figures {
            funnel,
            coverage: &coverage,
            weeks: &[],
            is_current: true,
            templates: &[],
            requests_goal: 10,
            companies_goal: 50,
        })
        .text
    };
    assert!(say(&[], 0, 3).starts_with("Start with the list: 3 companies"));
    assert!(say(&[], 30, 8).starts_with("You've found no one yet at 30 of your 38 companies"));
    assert!(
        say(&[(FunnelStep::Connected, 12), (FunnelStep::TalksAsked, 3)], 2, 20)
            .starts_with("You're connected to 12 people and asked 3")
    );
    assert!(
        say(&[(FunnelStep::TalksAsked, 12), (FunnelStep::TalksHeld, 2)], 2, 20)
            .starts_with("You asked 12 people for a talk and held 2")
    );
    assert!(say(&[(FunnelStep::TalksHeld, 6)], 2, 20).contains("you've asked no one for a referral"));
    assert!(say(&[], 2, 20).starts_with("Nothing stands out"));
}

#[test]
fn the_last_weeks_are_spoken_of_while_they_are_the_last() {
    let weeks = [1, 0, 0, 5].map(|requests| Week { first: FIRST, requests, introductions: 0, talks: 0 });
    let coverage = [(Coverage::Talked, 20)];
    let say = |is_current| {
        advice(&Figures {
            funnel: &[],
            coverage: &coverage,
            weeks: &weeks,
            is_current,
            templates: &[],
            requests_goal: 10,
            companies_goal: 50,
        })
        .text
    };
    assert!(say(true).starts_with("1 request in the last three whole weeks"), "{}", say(true));
    assert!(say(false).starts_with("Nothing stands out"), "{}", say(false));
}
