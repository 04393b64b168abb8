//! One first approach at a time per company: the table row by row, and what holds for people with any history.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::{collection::vec, prelude::*};

use super::histories::{cadence, case, date};
use super::{event, march, standing, until};
use crate::ids::{CompanyId, ContactId};
use crate::playbook::{
    approach::{Because, Coverage, Peer, held_back},
    cadence::Cadence,
    event::Kind,
    stage::Stage,
    standing::Standing,
    warmth::{Closeness, Warmth},
};

/// The company everyone in these tests works for.
const ACME: CompanyId = CompanyId(uuid::Uuid::from_u128(1));

/// A stranger at Acme who stands like this; a greater number was added later.
pub fn person(nr: u128, standing: &Standing) -> Peer {
    Peer {
        id: ContactId(uuid::Uuid::from_u128(nr)),
        name: format!("Person {nr}"),
        job_title: None,
        company: Some(ACME),
        stage: standing.stage,
        step: standing.next.map(|next| next.step),
        due: standing.next.and_then(|next| next.due),
        requested_on: standing.requested_on,
        asked_on: standing.asked_on,
        talk_on: standing.talk_on,
        last_touch_on: standing.last_touch,
        closeness: Closeness::Other,
        by_title: false,
        warmth: Warmth::Stranger,
        warmth_said: None,
        by_employer: false,
        live_profile: false,
        introduced_by: None,
        introducer: None,
    }
}

/// Why, and until when, someone found waits on `today` while another there has this history.
fn wait(events: &[(Kind, Date, Option<Date>)], today: Date) -> Option<(Because, Option<Date>)> {
    let (found, other) = (person(1, &standing(&[])), person(2, &standing(events)));
    held_back(&found, [&other], &Cadence::default(), today).map(|hold| (hold.because, hold.until))
}

// March 2026: the 2nd, 9th and 16th are Mondays.

#[test]
fn a_request_holds_the_others_back_for_three_business_days() {
    for kind in [Kind::Requested, Kind::IntroductionAsked] {
        let requested = [event(kind, march(5))];
        let hold = Some((Because::Requested(march(5)), Some(march(10))));
        assert_eq!(wait(&requested, march(5)), hold, "the day itself");
        assert_eq!(wait(&requested, march(9)), hold, "over the weekend");
        assert_eq!(wait(&requested, march(10)), None, "the day on which a second person is asked");
    }
}

#[test]
fn an_acceptance_holds_while_the_plea_for_a_talk_is_due_about_now() {
    let accepted = [event(Kind::Requested, march(2)), event(Kind::Accepted, march(4))];
    assert_eq!(wait(&accepted, march(4)), Some((Because::Connected, Some(march(9)))));
    assert_eq!(wait(&accepted, march(9)), None, "nobody wrote for three days");
}

#[test]
fn later_holds_only_when_its_day_is_near() {
    let later = [event(Kind::Requested, march(2)), until(Kind::AnsweredLater, march(3), march(20))];
    assert_eq!(wait(&later, march(3)), None);
    assert_eq!(wait(&later, march(17)), Some((Because::Connected, Some(march(25)))));
}

#[test]
fn a_plea_for_a_talk_holds_until_the_follow_up() {
    let asked = [event(Kind::Accepted, march(2)), event(Kind::Asked, march(3))];
    assert_eq!(wait(&asked, march(5)), Some((Because::Asked(march(3)), Some(march(6)))));
    assert_eq!(wait(&asked, march(6)), None);
    let followed_up = [asked[0], asked[1], event(Kind::FollowedUp, march(6))];
    assert_eq!(wait(&followed_up, march(6)), None, "silent for longer");
    let put_off = [asked[0], asked[1], until(Kind::Snoozed, march(4), march(27))];
    assert_eq!(wait(&put_off, march(6)), None, "a follow-up put off holds nobody for weeks");
    let on_saturday = [event(Kind::Asked, march(5)), until(Kind::Snoozed, march(5), march(7))];
    assert_eq!(wait(&on_saturday, march(6)), Some((Because::Asked(march(5)), Some(march(9)))), "a weekend is theirs");
}

#[test]
fn a_yes_a_talk_and_owed_thanks_hold() {
    let yes = [event(Kind::Asked, march(2)), event(Kind::AnsweredYes, march(3))];
    assert_eq!(wait(&yes, march(3)), Some((Because::SettingTime, Some(march(6)))));
    let talk = [event(Kind::Asked, march(2)), until(Kind::Scheduled, march(3), march(12))];
    assert_eq!(wait(&talk, march(4)), Some((Because::Scheduled(march(12)), Some(march(17)))));
    let held = [talk[0], talk[1], event(Kind::Held, march(12))];
    assert_eq!(wait(&held, march(12)), Some((Because::Spoke, Some(march(18)))));
    let thanked = [held[0], held[1], held[2], event(Kind::Thanked, march(13))];
    assert_eq!(wait(&thanked, march(13)), None, "in touch");
}

#[test]
fn whoever_rests_holds_nobody() {
    for kind in [Kind::MovedOn, Kind::AnsweredNo, Kind::MovingOnNote] {
        assert_eq!(wait(&[event(Kind::Requested, march(5)), event(kind, march(6))], march(6)), None, "{kind}");
    }
    assert_eq!(wait(&[], march(6)), None, "nobody was asked");
}

#[test]
fn of_two_due_the_same_day_the_better_one_goes_first() {
    let (cadence, today) = (Cadence::default(), march(5));
    let picked = standing(&[event(Kind::Picked, march(4))]);
    let (older, newer) = (person(1, &picked), person(2, &picked));
    let hold = held_back(&newer, [&older, &newer], &cadence, today).unwrap();
    assert_eq!((hold.by.id, hold.because, hold.until), (older.id, Because::ComesFirst(today), None));
    assert_eq!(held_back(&older, [&older, &newer], &cadence, today), None);
    let closer = Peer { closeness: Closeness::SameRole, ..newer };
    assert!(held_back(&closer, [&older], &cadence, today).is_none());
    assert!(held_back(&older, [&closer], &cadence, today).is_some());
    let not_picked = person(3, &standing(&[]));
    assert!(held_back(&not_picked, [&older], &cadence, today).is_some(), "whoever is picked comes first");
    assert!(held_back(&older, [&not_picked], &cadence, today).is_none());
}

#[test]
fn what_is_no_first_approach_is_never_held_back() {
    let today = march(5);
    let waiting = person(1, &standing(&[event(Kind::Requested, march(5))]));
    for events in [
        vec![event(Kind::Requested, march(2)), event(Kind::Accepted, march(4))],
        vec![event(Kind::Asked, march(2))],
        vec![event(Kind::Met, march(2))],
    ] {
        let known = person(2, &standing(&events));
        assert!(!known.is_first_approach() && held_back(&known, [&waiting], &Cadence::default(), today).is_none());
    }
    let connected = person(2, &standing(&[event(Kind::AlreadyConnected, march(2))]));
    assert!(held_back(&connected, [&waiting], &Cadence::default(), today).is_some(), "nobody wrote to them yet");
}

#[test]
fn other_companies_and_whoever_introduced_them_do_not_count() {
    let (cadence, today) = (Cadence::default(), march(5));
    let busy = person(1, &standing(&[event(Kind::Requested, march(5))]));
    let found = person(2, &standing(&[]));
    let elsewhere = Peer { company: Some(CompanyId(uuid::Uuid::from_u128(2))), ..busy.clone() };
    assert!(held_back(&found, [&elsewhere], &cadence, today).is_none());
    let nowhere = Peer { company: None, ..found.clone() };
    assert!(held_back(&nowhere, [&Peer { company: None, ..busy.clone() }], &cadence, today).is_none());
    let introduced = Peer { introduced_by: Some(busy.id), ..found };
    assert!(held_back(&introduced, [&busy], &cadence, today).is_none());
}

#[test]
fn coverage_is_the_furthest_that_was_reached() {
    let found = person(1, &standing(&[]));
    let let_go = person(2, &standing(&[event(Kind::Requested, march(2)), event(Kind::MovedOn, march(9))]));
    let in_touch = person(3, &standing(&[event(Kind::Held, march(2)), event(Kind::Thanked, march(3))]));
    assert_eq!(Coverage::of([], false), Coverage::Nobody);
    assert_eq!(Coverage::of([&found], false), Coverage::Found);
    assert_eq!(Coverage::of([&found, &let_go], false), Coverage::Contacted);
    assert_eq!(Coverage::of([&found, &in_touch, &let_go], false), Coverage::Talked);
    assert_eq!(Coverage::of([&found], true), Coverage::Referral);
}

proptest! {
    /// Whatever happened with anybody, a day's list never holds two first approaches to one company.
    #[test]
    fn at_most_one_is_free_among_those_due(cases in vec(case(), 1..6), today in date(), cadence in cadence()) {
        let standings: Vec<Standing> = cases.iter().filter_map(|case| Some(case.moments().last()?.after)).collect();
        let people: Vec<Peer> = standings.iter().zip(1..).map(|(standing, nr)| person(nr, standing)).collect();
        let due = people.iter().filter(|person| person.is_first_approach() && person.due.is_some_and(|due| due <= today));
        let free: Vec<_> = due.clone().filter(|person| held_back(person, &people, &cadence, today).is_none()).collect();
        prop_assert!(free.len() <= 1, "{free:#?}");
        let busy = people.iter().any(|person| {
            person.stage == Stage::Requested
                && person.requested_on.is_some_and(|on| cadence.after(on, cadence.second_person_days) > today)
        });
        prop_assert!(!busy || free.is_empty(), "someone was asked and may still answer");
        let waiting = due.filter(|person| held_back(person, &people, &cadence, today).is_some()).count();
        let all_wait = free.is_empty() && waiting > 0;
        prop_assert!(!all_wait || people.iter().any(|person| !person.is_first_approach()), "one of them comes first");
    }

    /// The day a wait names is to come, and on that day the one who held back does so no more.
    #[test]
    fn a_wait_ends_on_the_day_it_names(case in case(), today in date(), ahead in 0..40_i64) {
        let found = person(1, &standing(&[]));
        for moment in case.moments() {
            let other = person(2, &moment.after);
            let Some(hold) = held_back(&found, [&other], &case.cadence, today) else { continue };
            let Some(until) = hold.until else { continue };
            prop_assert!(until > today);
            prop_assert!(case.cadence.is_business_day(until));
            let later = until.saturating_add(ahead.days());
            prop_assert!(held_back(&found, [&other], &case.cadence, later).is_none());
        }
    }

    /// Only the stages of an exchange under way hold anybody back.
    #[test]
    fn silence_and_rest_hold_nobody(case in case(), today in date()) {
        let found = person(1, &standing(&[]));
        for moment in case.moments() {
            let other = person(2, &moment.after);
            let hold = held_back(&found, [&other], &case.cadence, today);
            if matches!(other.stage, Stage::InTouch | Stage::MovedOn | Stage::Declined) {
                prop_assert!(hold.is_none());
            }
            prop_assert!(held_back(&other, [&other], &case.cadence, today).is_none(), "nobody waits for themselves");
        }
    }
}
