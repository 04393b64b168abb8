//! The stage table, row by row. In March 2026 Mondays are the 2nd, 9th, 16th, 23rd and 30th.

use uuid::Uuid;

use super::{april, check, due, event, history, march, standing, undated, until, with_holidays};
use crate::playbook::replay::replay;
use crate::playbook::{
    business_days::RhythmDays,
    cadence::Cadence,
    event::{Direction, Event, Kind},
    stage::Stage,
    standing::{Next, Rhythm},
    step::Step,
};

#[test]
fn identified_waits_to_be_picked() {
    check(&[
        (&[], Stage::Identified, undated(Step::Request)),
        (&[event(Kind::Found, march(2))], Stage::Identified, undated(Step::Request)),
        (&[event(Kind::Picked, march(3))], Stage::Identified, due(Step::Request, march(3))),
        (&[event(Kind::Picked, march(7))], Stage::Identified, due(Step::Request, march(9))),
        (&[event(Kind::Dismissed, march(2))], Stage::Identified, None),
        (
            &[event(Kind::Dismissed, march(2)), event(Kind::Picked, march(9))],
            Stage::Identified,
            due(Step::Request, march(9)),
        ),
        (&[event(Kind::DoneOtherwise, march(2))], Stage::Requested, due(Step::AskSecondPerson, march(5))),
        (&[event(Kind::Wrote, march(2))], Stage::Identified, undated(Step::Request)),
    ]);
}

#[test]
fn requested_asks_a_second_person_and_then_tries_another_way() {
    let requested = event(Kind::Requested, march(2));
    check(&[
        (&[requested], Stage::Requested, due(Step::AskSecondPerson, march(5))),
        (&[event(Kind::IntroductionAsked, march(6))], Stage::Requested, due(Step::AskSecondPerson, march(11))),
        (&[requested, event(Kind::SecondPersonAsked, march(5))], Stage::Requested, due(Step::TryAnotherWay, march(11))),
        (
            &[requested, event(Kind::SecondPersonAsked, march(13))],
            Stage::Requested,
            due(Step::TryAnotherWay, march(11)),
        ),
        (&[requested, event(Kind::Dismissed, march(5))], Stage::Requested, due(Step::TryAnotherWay, march(11))),
        (&[requested, event(Kind::DoneOtherwise, march(5))], Stage::Requested, due(Step::TryAnotherWay, march(11))),
        (&[requested, event(Kind::DoneOtherwise, march(11))], Stage::Requested, None),
        (&[requested, event(Kind::Dismissed, march(12))], Stage::Requested, None),
        (
            &[requested, event(Kind::SecondPersonAsked, march(5)), event(Kind::IntroductionAsked, march(11))],
            Stage::Requested,
            due(Step::TryAnotherWay, march(20)),
        ),
    ]);
    let waiting = standing(&[requested]);
    assert_eq!(waiting.on(march(10)), due(Step::AskSecondPerson, march(5)));
    assert_eq!(waiting.on(march(11)), due(Step::TryAnotherWay, march(11)));
    let put_off = standing(&[requested, until(Kind::Snoozed, march(5), march(13))]);
    assert_eq!(put_off.on(march(12)), due(Step::AskSecondPerson, march(13)));
    assert_eq!(put_off.on(march(13)), due(Step::TryAnotherWay, march(13)));
}

#[test]
fn a_declined_introduction_leads_back_unless_something_else_waits() {
    let plea = |day| event(Kind::IntroductionAsked, march(day));
    let declined = |day| event(Kind::IntroductionDeclined, march(day));
    check(&[
        (&[plea(2), declined(4)], Stage::Identified, due(Step::Request, march(4))),
        (&[plea(2), declined(7)], Stage::Identified, due(Step::Request, march(9))),
        (&[plea(2), plea(3), declined(4)], Stage::Requested, due(Step::AskSecondPerson, march(6))),
        (&[plea(2), plea(3), declined(4), declined(5)], Stage::Identified, due(Step::Request, march(5))),
        (
            &[event(Kind::Requested, march(2)), plea(3), declined(4)],
            Stage::Requested,
            due(Step::AskSecondPerson, march(6)),
        ),
        (&[plea(2), event(Kind::Introduced, march(3)), declined(4)], Stage::Connected, due(Step::AskForTalk, march(3))),
        (&[plea(2), event(Kind::MovedOn, march(3)), declined(4)], Stage::MovedOn, None),
        (&[declined(4)], Stage::Identified, undated(Step::Request)),
    ]);
}

#[test]
fn connected_asks_for_a_talk_the_same_day() {
    let ask = |day| due(Step::AskForTalk, march(day));
    let requested = event(Kind::Requested, march(2));
    let known = event(Kind::AlreadyConnected, march(2));
    check(&[
        (&[requested, event(Kind::Accepted, march(4))], Stage::Connected, ask(4)),
        (&[requested, event(Kind::Accepted, march(7))], Stage::Connected, ask(9)),
        (&[requested, event(Kind::AlreadyConnected, march(4))], Stage::Connected, ask(4)),
        (&[event(Kind::Introduced, march(4))], Stage::Connected, ask(4)),
        (&[event(Kind::Met, march(4))], Stage::Connected, ask(4)),
        (&[requested, event(Kind::Replied, march(4))], Stage::Connected, ask(4)),
        (&[known], Stage::Connected, undated(Step::AskForTalk)),
        (&[event(Kind::Picked, march(2)), known], Stage::Connected, ask(2)),
        (&[known, event(Kind::Picked, march(5))], Stage::Connected, ask(5)),
        (&[known, event(Kind::Introduced, march(5))], Stage::Connected, ask(5)),
        (&[known, event(Kind::Met, march(5))], Stage::Connected, undated(Step::AskForTalk)),
        (
            &[known, until(Kind::AnsweredLater, march(3), march(20)), event(Kind::Introduced, march(5))],
            Stage::Connected,
            ask(20),
        ),
        (&[known, event(Kind::Requested, march(5))], Stage::Connected, undated(Step::AskForTalk)),
        (&[known, event(Kind::Dismissed, march(5))], Stage::Connected, None),
        (&[known, event(Kind::DoneOtherwise, march(5))], Stage::Asked, due(Step::FollowUp, march(10))),
    ]);
}

#[test]
fn asked_follows_up_twice_and_then_moves_on() {
    let asked = event(Kind::Asked, march(2));
    let followed_up = |day| event(Kind::FollowedUp, march(day));
    check(&[
        (&[asked], Stage::Asked, due(Step::FollowUp, march(5))),
        (&[asked, followed_up(5)], Stage::Asked, due(Step::FollowUpAgain, march(12))),
        (&[asked, event(Kind::Dismissed, march(5))], Stage::Asked, due(Step::FollowUpAgain, march(12))),
        (&[asked, followed_up(5), followed_up(12)], Stage::Asked, due(Step::SendMovingOnNote, march(19))),
        (
            &[asked, followed_up(5), event(Kind::Dismissed, march(12))],
            Stage::Asked,
            due(Step::SendMovingOnNote, march(19)),
        ),
        (
            &[asked, followed_up(5), followed_up(12), followed_up(19)],
            Stage::Asked,
            due(Step::SendMovingOnNote, march(26)),
        ),
        (&[asked, followed_up(5), followed_up(12), event(Kind::MovingOnNote, march(19))], Stage::MovedOn, None),
        (&[asked, followed_up(5), followed_up(12), event(Kind::Dismissed, march(19))], Stage::MovedOn, None),
        (&[asked, followed_up(5), event(Kind::Replied, march(6))], Stage::Asked, due(Step::FollowUp, march(11))),
        (&[asked, followed_up(5), event(Kind::Wrote, march(6))], Stage::Asked, due(Step::FollowUpAgain, march(12))),
        (&[asked, event(Kind::Accepted, march(3))], Stage::Asked, due(Step::FollowUp, march(5))),
    ]);
    let (events, cadence) = (history(&[asked]), with_holidays(&[march(4), march(6)]));
    assert_eq!(replay(&events, &cadence, Rhythm::Default).next, due(Step::FollowUp, march(9)));
}

#[test]
fn every_answer_leads_to_its_step() {
    let asked = event(Kind::Asked, march(2));
    let yes = event(Kind::AnsweredYes, march(4));
    check(&[
        (&[asked, yes], Stage::Asked, due(Step::SetTime, march(4))),
        (&[asked, yes, event(Kind::FollowedUp, march(5))], Stage::Asked, due(Step::SetTime, march(10))),
        (&[asked, yes, event(Kind::DoneOtherwise, march(5))], Stage::Asked, due(Step::FollowUp, march(10))),
        (&[asked, yes, event(Kind::Dismissed, march(5))], Stage::Asked, None),
        (&[asked, until(Kind::AnsweredLater, march(4), april(4))], Stage::Connected, due(Step::AskForTalk, april(4))),
        (&[asked, until(Kind::AnsweredLater, march(4), march(1))], Stage::Connected, due(Step::AskForTalk, march(4))),
        (&[asked, event(Kind::AnsweredLater, march(4))], Stage::Connected, due(Step::AskForTalk, april(3))),
        (&[asked, event(Kind::AnsweredInWriting, march(6))], Stage::Spoke, due(Step::Thank, march(7))),
        (&[asked, event(Kind::SentOn, march(4))], Stage::Spoke, due(Step::Thank, march(5))),
        (&[asked, event(Kind::AnsweredNo, march(4))], Stage::Declined, None),
        (&[asked, event(Kind::Scheduled, march(4))], Stage::Asked, due(Step::SetTime, march(4))),
    ]);
}

#[test]
fn scheduled_is_prepared_the_day_before_and_held_on_its_day() {
    let talk = |on, day| until(Kind::Scheduled, on, day);
    let monday = talk(march(4), march(9));
    check(&[
        (&[talk(march(4), march(12))], Stage::Scheduled, due(Step::Prepare, march(11))),
        (&[monday], Stage::Scheduled, due(Step::Prepare, march(6))),
        (&[talk(march(4), march(5))], Stage::Scheduled, due(Step::Prepare, march(4))),
        (&[talk(march(7), march(9))], Stage::Scheduled, due(Step::Prepare, march(9))),
        (&[talk(march(4), march(4))], Stage::Scheduled, due(Step::Prepare, march(4))),
        (&[talk(march(4), march(8))], Stage::Scheduled, due(Step::Prepare, march(6))),
        (&[talk(march(4), march(2))], Stage::Scheduled, due(Step::Hold, march(4))),
        (&[monday, event(Kind::Prepared, march(5))], Stage::Scheduled, due(Step::Hold, march(9))),
        (&[monday, event(Kind::Dismissed, march(5))], Stage::Scheduled, due(Step::Hold, march(9))),
        (&[monday, event(Kind::Dismissed, march(9))], Stage::Scheduled, due(Step::Hold, march(9))),
        (&[monday, event(Kind::DoneOtherwise, march(9))], Stage::Spoke, due(Step::Thank, march(10))),
        (&[monday, until(Kind::Rescheduled, march(6), march(12))], Stage::Scheduled, due(Step::Prepare, march(11))),
        (&[monday, until(Kind::Snoozed, march(5), march(20))], Stage::Scheduled, due(Step::Prepare, march(9))),
        (&[monday, event(Kind::Cancelled, march(6))], Stage::Asked, due(Step::SetTime, march(9))),
        (&[monday, event(Kind::NoShow, march(9))], Stage::Asked, due(Step::SetTime, march(10))),
        (&[monday, event(Kind::AnsweredNo, march(6))], Stage::Declined, None),
        (&[monday, event(Kind::Asked, march(6))], Stage::Scheduled, due(Step::Prepare, march(6))),
    ]);
    let on_a_saturday = standing(&[talk(march(4), march(7))]);
    assert_eq!(on_a_saturday.on(march(6)), due(Step::Prepare, march(6)));
    assert_eq!(on_a_saturday.on(march(7)), due(Step::Hold, march(7)));
    assert_eq!(on_a_saturday.talk_on, Some(march(7)));
    assert_eq!(standing(&[monday, event(Kind::Cancelled, march(6))]).talk_on, None);
}

#[test]
fn spoke_thanks_the_next_day_and_is_late_after_two() {
    let held = event(Kind::Held, march(6));
    // The sixth is a Friday: thanks wait for no weekend.
    let thank = due(Step::Thank, march(7));
    check(&[
        (&[held], Stage::Spoke, thank),
        (&[held, event(Kind::Thanked, march(9))], Stage::InTouch, due(Step::Write, april(8))),
        (&[held, event(Kind::Dismissed, march(9))], Stage::InTouch, due(Step::Write, april(8))),
        (&[held, event(Kind::SentOn, march(8))], Stage::Spoke, thank),
        (&[held, event(Kind::Accepted, march(8))], Stage::Spoke, thank),
        (&[held, until(Kind::Snoozed, march(9), march(14))], Stage::Spoke, due(Step::Thank, march(14))),
        (&[held, until(Kind::Scheduled, march(6), march(12))], Stage::Scheduled, thank),
        (
            &[held, until(Kind::Scheduled, march(6), march(12)), event(Kind::Thanked, march(9))],
            Stage::Scheduled,
            due(Step::Prepare, march(11)),
        ),
        (
            &[held, event(Kind::Asked, march(6)), event(Kind::Thanked, march(9))],
            Stage::Asked,
            due(Step::FollowUp, march(11)),
        ),
    ]);
    let cadence = Cadence::default();
    let next = standing(&[held]).next.unwrap();
    assert_eq!(next.in_time_until(&cadence), Some(march(10)));
    assert!(!next.is_late(&cadence, march(10)) && next.is_late(&cadence, march(11)));
    let ask = Next { step: Step::AskForTalk, due: Some(march(10)) };
    assert!(!ask.is_late(&cadence, march(10)) && ask.is_late(&cadence, march(11)));
    assert!(!Next { due: None, ..ask }.is_late(&cadence, march(11)));
}

#[test]
fn in_touch_writes_by_the_rhythm() {
    let held = event(Kind::Held, march(2));
    let thanked = event(Kind::Thanked, march(3));
    let write = due(Step::Write, april(2));
    check(&[
        (&[held, thanked], Stage::InTouch, write),
        (&[held, thanked, event(Kind::Wrote, march(5))], Stage::InTouch, due(Step::Write, april(6))),
        (&[held, thanked, event(Kind::ReferralAsked, march(6))], Stage::InTouch, due(Step::Write, april(6))),
        (&[held, thanked, event(Kind::Dismissed, march(9))], Stage::InTouch, due(Step::Write, april(8))),
        (&[held, thanked, event(Kind::Accepted, march(9))], Stage::InTouch, write),
        (&[held, thanked, event(Kind::NoShow, march(9))], Stage::InTouch, write),
        (
            &[held, thanked, until(Kind::AnsweredLater, march(9), march(20))],
            Stage::InTouch,
            due(Step::Write, march(20)),
        ),
        (&[held, thanked, event(Kind::Asked, march(9))], Stage::Asked, due(Step::FollowUp, march(12))),
        (&[held, thanked, event(Kind::Held, march(9))], Stage::Spoke, due(Step::Thank, march(10))),
    ]);
    let events = history(&[held, thanked]);
    let next = |rhythm| replay(&events, &Cadence::default(), rhythm).next;
    assert_eq!(next(Rhythm::Never), None);
    for (kept, rhythm) in
        [(None, Rhythm::Default), (Some(0), Rhythm::Never), (Some(730), Rhythm::Days(RhythmDays::MAX))]
    {
        assert_eq!((Rhythm::try_from(kept).unwrap(), rhythm.kept()), (rhythm, kept));
    }
    assert!(Rhythm::try_from(Some(-1)).is_err() && Rhythm::try_from(Some(731)).is_err());
    assert_eq!(next(Rhythm::Days(RhythmDays::try_from(4).unwrap())), due(Step::Write, march(9)));
}

#[test]
fn resting_contacts_come_back_when_reopened_or_when_they_answer() {
    let moved_on = event(Kind::MovedOn, march(3));
    let declined = event(Kind::AnsweredNo, march(3));
    let reopened = event(Kind::Reopened, march(7));
    let accepted = event(Kind::Accepted, march(2));
    let requested_and_asked = [event(Kind::Requested, march(2)), event(Kind::Asked, march(2))];
    check(&[
        (&[moved_on], Stage::MovedOn, None),
        (&[declined, moved_on], Stage::Declined, None),
        (&[moved_on, reopened], Stage::Identified, due(Step::Request, march(9))),
        (&[accepted, declined, reopened], Stage::Connected, due(Step::AskForTalk, march(9))),
        (&[declined, event(Kind::Accepted, march(4)), reopened], Stage::Connected, due(Step::AskForTalk, march(9))),
        (&[moved_on, event(Kind::Accepted, march(4))], Stage::Connected, due(Step::AskForTalk, march(4))),
        (&[accepted, moved_on, event(Kind::Accepted, march(4))], Stage::MovedOn, None),
        // Asked some other way and silent, they had not been heard from: the request taken late is their first word.
        (
            &[requested_and_asked[0], requested_and_asked[1], moved_on, event(Kind::Accepted, march(4))],
            Stage::Connected,
            due(Step::AskForTalk, march(4)),
        ),
        (&[accepted, moved_on, event(Kind::Replied, march(4))], Stage::Connected, due(Step::AskForTalk, march(4))),
        (&[declined, event(Kind::Replied, march(4))], Stage::Declined, None),
        (&[declined, event(Kind::AnsweredYes, march(4))], Stage::Asked, due(Step::SetTime, march(4))),
        (&[accepted, reopened], Stage::Connected, due(Step::AskForTalk, march(2))),
    ]);
}

#[test]
fn what_was_done_in_another_way_is_a_touch_also_without_a_rhythm() {
    let events = [event(Kind::Held, march(2)), event(Kind::Thanked, march(3)), event(Kind::DoneOtherwise, march(9))];
    for rhythm in [Rhythm::Never, Rhythm::Default] {
        assert_eq!(replay(&history(&events), &Cadence::default(), rhythm).last_touch, Some(march(9)), "{rhythm:?}");
    }
}

#[test]
fn undo_takes_one_event_away_and_undoing_an_undo_does_nothing() {
    let mut events = history(&[event(Kind::Asked, march(2)), event(Kind::AnsweredNo, march(3))]);
    let undo = |id, undoes| Event {
        id: Uuid::from_u128(id),
        kind: Kind::Undone,
        on: march(4),
        until: None,
        undoes: Some(Uuid::from_u128(undoes)),
        in_writing: false,
    };
    let next = |events: &[Event]| replay(events, &Cadence::default(), Rhythm::Default).next;
    assert_eq!(next(&events), None);
    events.push(undo(2, 1));
    assert_eq!(next(&events), due(Step::FollowUp, march(5)));
    events.push(undo(3, 2));
    events.push(undo(4, 99));
    assert_eq!(next(&events), due(Step::FollowUp, march(5)));
}

#[test]
fn the_dates_a_page_shows_come_along() {
    let standing = standing(&[
        event(Kind::Requested, march(2)),
        event(Kind::Accepted, march(4)),
        event(Kind::Asked, march(5)),
        event(Kind::Prepared, march(6)),
    ]);
    assert_eq!((standing.requested_on, standing.asked_on), (Some(march(2)), Some(march(5))));
    assert_eq!(standing.last_touch, Some(march(5)));
}

#[test]
fn kinds_know_who_acted() {
    for kind in Kind::ALL {
        let out = kind.direction() == Direction::Out;
        assert_eq!(kind.is_outgoing_message() || *kind == Kind::Commented, out, "{kind}");
        assert!(kind.direction() != Direction::In || kind.is_touch() || *kind == Kind::Accepted, "{kind}");
    }
    for stage in Stage::ALL {
        let offered = Kind::offered(*stage);
        assert!(offered.iter().all(|kind| offered.iter().filter(|other| *other == kind).count() == 1), "{stage}");
    }
}
