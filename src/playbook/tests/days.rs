//! Which days steps are due on, what made them due, and who is late. In March 2026 Mondays are the 2nd, 9th, 16th, 23rd and 30th.

use jiff::civil::Date;

use super::{check, due, event, history, march, standing, until, with_holidays};
use crate::playbook::replay::replay;
use crate::playbook::{
    cadence::Cadence,
    event::{Event, Kind},
    stage::Stage,
    standing::{Next, Rhythm},
    step::Step,
};

#[test]
fn a_day_that_was_chosen_stands() {
    check(&[
        (&[until(Kind::Snoozed, march(2), march(14))], Stage::Identified, due(Step::Request, march(14))),
        (&[until(Kind::Snoozed, march(6), march(2))], Stage::Identified, due(Step::Request, march(6))),
        (&[event(Kind::Snoozed, march(6))], Stage::Identified, due(Step::Request, march(9))),
        (&[event(Kind::MovedOn, march(2)), event(Kind::Snoozed, march(6))], Stage::MovedOn, None),
    ]);
}

#[test]
fn a_day_off_moves_what_was_chosen() {
    let events = history(&[until(Kind::Snoozed, march(2), march(14))]);
    let next = |off: &[Date]| replay(&events, &with_holidays(off), Rhythm::Default).next;
    assert_eq!(next(&[march(14)]), due(Step::Request, march(16)));
    assert_eq!(next(&[march(13)]), due(Step::Request, march(14)));
}

#[test]
fn questions_are_sent_at_once_and_answers_read_on_their_day() {
    let scheduled = Event { in_writing: true, ..history(&[until(Kind::Scheduled, march(4), march(19))])[0] };
    let standing = |events: &[Event]| replay(events, &Cadence::default(), Rhythm::Default);
    assert_eq!(standing(&[scheduled]).next, due(Step::Prepare, march(4)));
    assert_eq!(standing(&[scheduled]).on(march(19)), due(Step::Hold, march(19)));
    let sent = history(&[event(Kind::Found, march(2)), event(Kind::Prepared, march(5))])[1];
    assert_eq!(standing(&[scheduled, sent]).next, due(Step::Hold, march(19)));
}

#[test]
fn who_was_in_touch_stays_so_when_a_talk_falls_through() {
    let before =
        [event(Kind::Held, march(2)), event(Kind::Thanked, march(3)), until(Kind::Scheduled, march(4), march(12))];
    for failed in [Kind::Cancelled, Kind::NoShow] {
        let events = [before.as_slice(), &[event(failed, march(6))]].concat();
        check(&[(&events, Stage::InTouch, due(Step::Write, march(9)))]);
        assert_eq!(standing(&events).after, Some((failed, march(6))));
    }
}

#[test]
fn who_helped_before_a_talk_fell_through_is_thanked_first() {
    let before = [
        event(Kind::Held, march(2)),
        event(Kind::Thanked, march(3)),
        until(Kind::Scheduled, march(4), march(12)),
        event(Kind::SentOn, march(5)),
    ];
    for failed in [Kind::Cancelled, Kind::NoShow] {
        let events = [before.as_slice(), &[event(failed, march(6))]].concat();
        check(&[(&events, Stage::Spoke, due(Step::Thank, march(6)))]);
        let thanked = [events.as_slice(), &[event(Kind::Thanked, march(6))]].concat();
        assert_eq!(standing(&thanked).stage, Stage::InTouch);
    }
}

#[test]
fn the_step_knows_what_made_it() {
    let after = |events: &[(Kind, Date, Option<Date>)]| standing(events).after;
    let held = event(Kind::Held, march(6));
    assert_eq!(after(&[]), None);
    assert_eq!(
        after(&[event(Kind::Requested, march(2)), event(Kind::Accepted, march(7))]),
        Some((Kind::Accepted, march(7)))
    );
    assert_eq!(after(&[event(Kind::SentOn, march(2)), held]), Some((Kind::Held, march(6))));
    assert_eq!(after(&[held, event(Kind::SentOn, march(7))]), Some((Kind::Held, march(6))));
    assert_eq!(
        after(&[event(Kind::Accepted, march(2)), until(Kind::Snoozed, march(2), march(9))]),
        Some((Kind::Accepted, march(2)))
    );
    assert_eq!(after(&[event(Kind::AnsweredNo, march(2))]), None);
}

#[test]
fn nobody_is_late_for_days_off_or_days_held_back() {
    let cadence = with_holidays(&[march(10), march(11)]);
    let next = Next { step: Step::FollowUp, due: Some(march(6)) };
    let late = |free_on, today| next.days_late(free_on, &cadence, march(today));
    assert_eq!([6, 7, 8, 9].map(|day| late(None, day)), [0, 0, 0, 1], "a weekend does not count");
    assert_eq!([10, 11, 12, 13].map(|day| late(None, day)), [0, 0, 0, 1], "it begins anew on the day of return");
    assert_eq!([12, 13, 16].map(|day| late(Some(march(13)), day)), [0, 0, 1], "and on the day it was let go");
}
