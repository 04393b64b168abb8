//! Being away and the end of the search.

use jiff::civil::date;
use proptest::prelude::*;

use super::{event, histories, history, many, march, properties::is_well_due, with_holidays};
use crate::playbook::replay::replay;
use crate::playbook::{
    away::Away,
    business_days::RhythmDays,
    cadence::{Cadence, KeepUp},
    ending::{Deed, Help, is_quiet, is_quiet_referral, quiet},
    event::Kind,
    referral,
    standing::{Next, Rhythm},
    step::Step,
};

#[test]
fn what_falls_into_a_time_away_is_due_on_the_first_working_day_after() {
    let mut cadence = Cadence::default();
    let asked = history(&[event(Kind::Asked, march(2))]);
    let follow_up = |cadence: &Cadence| replay(&asked, cadence, Rhythm::Default).next;
    assert_eq!(follow_up(&cadence), Some(Next { step: Step::FollowUp, due: Some(march(5)) }));
    let away = Away::begin(march(4), march(15), String::new(), &mut cadence).unwrap();
    assert_eq!((away.back, away.kept.len()), (march(16), 0));
    // The days away don't count, so the third working day after is the 17th.
    assert_eq!(follow_up(&cadence), Some(Next { step: Step::FollowUp, due: Some(march(17)) }));
    away.end(march(4), &mut cadence);
    assert_eq!(cadence, Cadence::default());
}

#[test]
fn holidays_of_before_stay_when_a_time_away_ends() {
    let mut cadence = with_holidays(&[march(6), march(20)]);
    let before = cadence.clone();
    let away = Away::begin(march(4), march(8), "Family".into(), &mut cadence).unwrap();
    assert_eq!((away.kept.as_slice(), away.back), ([march(6)].as_slice(), march(9)));
    let mut back_early = cadence.clone();
    away.end(march(5), &mut back_early);
    assert_eq!(back_early.holidays.dates(), [march(4), march(6), march(20)], "the day that is over stays off");
    away.end(march(4), &mut cadence);
    assert_eq!(cadence, before);
}

#[test]
fn a_talk_in_a_time_away_keeps_its_day() {
    let talk = history(&[super::until(Kind::Scheduled, march(2), march(11))]);
    let mut cadence = Cadence::default();
    Away::begin(march(9), march(13), String::new(), &mut cadence).unwrap();
    let standing = replay(&talk, &cadence, Rhythm::Default);
    assert_eq!(standing.talk_on, Some(march(11)));
    assert_eq!(standing.next, Some(Next { step: Step::Prepare, due: Some(march(6)) }), "on the eve of leaving");
}

#[test]
fn after_the_search_only_talks_thanks_and_writing_are_left() {
    let left: Vec<_> = Step::ALL.iter().filter(|step| !is_quiet(**step)).map(|step| step.as_str()).collect();
    assert_eq!(left, ["prepare", "hold", "thank", "write"]);
    let told: Vec<_> = referral::ReferralStep::ALL.iter().filter(|step| !is_quiet_referral(**step)).collect();
    assert_eq!(told, [&referral::ReferralStep::TellAndThank]);
    assert_eq!(quiet().map(|words| words.len()), [Step::ALL.len() - 4, referral::ReferralStep::ALL.len() - 1]);
}

#[test]
fn writing_comes_back_by_the_longer_rhythm() {
    let thanked = history(&[event(Kind::Held, march(2)), event(Kind::Thanked, march(3))]);
    let due = |after_search, rhythm| {
        let cadence = Cadence { after_search, ..Cadence::default() };
        replay(&thanked, &cadence, rhythm).next.and_then(|next| next.due)
    };
    let slow = Rhythm::Days(RhythmDays::try_from(200).unwrap());
    assert_eq!(due(None, Rhythm::Default), Some(date(2026, 4, 2)));
    assert_eq!(due(Some(KeepUp::AsBefore), Rhythm::Default), Some(date(2026, 4, 2)));
    assert_eq!(due(Some(KeepUp::Quarterly), Rhythm::Default), Some(date(2026, 6, 1)));
    assert_eq!(due(Some(KeepUp::Quarterly), slow), due(None, slow), "who is written to more seldom stays so");
    assert_eq!(due(Some(KeepUp::Never), Rhythm::Default), None);
    assert_eq!(due(Some(KeepUp::AsBefore), Rhythm::Never), None);
}

#[test]
fn help_is_said_in_words_and_weighed() {
    let talk = Help { talks: 1, ..Help::default() };
    let door = Help { introduced: 2, talks: 2, ..Help::default() };
    let name = Help { made: 1, ..Help::default() };
    let decisive = Help { decisive: true, ..name };
    assert_eq!(talk.in_words(), "Talked with you.");
    assert_eq!(door.in_words(), "Led you to 2 people. Talked with you, twice.");
    assert_eq!(name.in_words(), "Referred you.");
    assert_eq!(decisive.in_words(), "Referred you for the role you took.");
    assert_eq!(
        Help { in_writing: 3, sent_on: 1, agreed: 1, ..talk }.in_words(),
        "Agreed to refer you. Suggested someone else to ask. Talked with you. Answered in writing, 3 times."
    );
    assert!(decisive.weight() > name.weight() + door.weight() && talk.weight() > 0 && !Help::default().is_any());
    assert_eq!([talk.deed(), door.deed(), name.deed()], [Deed::Talked, Deed::Connected, Deed::Referred]);
}

proptest! {
    #![proptest_config(many(500))]

    #[test]
    fn a_time_away_and_its_end_leave_no_trace(
        case in histories::case(), from in histories::date(), days in 0..60_i64, early in 0..60_i64,
    ) {
        let mut cadence = case.cadence.clone();
        let to = from.saturating_add(jiff::Span::new().days(days));
        let standing = |cadence: &Cadence| replay(&case.events, cadence, case.rhythm);
        let before = standing(&cadence);
        let away = Away::begin(from, to, String::new(), &mut cadence).unwrap();
        prop_assert!(away.back > to && cadence.is_business_day(away.back));
        let during = standing(&cadence);
        prop_assert_eq!((during.stage, during.talk_on), (before.stage, before.talk_on));
        if let Some((next, due)) = during.next.and_then(|next| Some((next, next.due?))) {
            let away_then = histories::Case { cadence: cadence.clone(), ..case.clone() };
            prop_assert!(is_well_due(&away_then, &during, next), "{:?}", next);
            prop_assert!(!away.contains(due) || during.talk_on == Some(due), "{} is due while away", due);
        }
        let mut back = cadence.clone();
        let day = from.saturating_add(jiff::Span::new().days(early.min(days)));
        away.end(day, &mut back);
        for date in from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to) {
            let off = date < day || case.cadence.holidays.contains(date);
            prop_assert_eq!(back.holidays.contains(date), off);
        }
        away.end(from, &mut cadence);
        prop_assert_eq!(standing(&cadence), before);
        prop_assert_eq!(cadence, case.cadence);
    }

    #[test]
    fn taking_the_search_up_again_finds_all_as_it_was(case in histories::case(), keep_up in prop::sample::select(KeepUp::ALL)) {
        let searching = Cadence { after_search: None, ..case.cadence.clone() };
        let over = Cadence { after_search: Some(keep_up), ..searching.clone() };
        let (before, after) = (replay(&case.events, &searching, case.rhythm), replay(&case.events, &over, case.rhythm));
        prop_assert_eq!((before.stage, before.talk_on, before.last_touch), (after.stage, after.talk_on, after.last_touch));
        if keep_up == KeepUp::AsBefore {
            prop_assert_eq!(before, after);
        }
        // Only writing is planned anew, and never for an earlier day.
        let is_write = |next: Option<Next>| next.is_some_and(|next| next.step == Step::Write);
        if is_write(before.next) && is_write(after.next) {
            prop_assert!(after.next.and_then(|next| next.due) >= before.next.and_then(|next| next.due));
        }
        // Replaying with the cadence of before is what taking it up again does.
        let again = Cadence { after_search: None, ..over };
        prop_assert_eq!(replay(&case.events, &again, case.rhythm), before);
    }
}
