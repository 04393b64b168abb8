//! Keeping in touch: dates of theirs beside the rhythm, and how someone answers.

use jiff::{ToSpan, civil::Date};
use proptest::{collection::vec, option, prelude::*};
use uuid::Uuid;

use super::{april, due, event, histories, history, march, until, with_holidays};
use crate::playbook::replay::replay;
use crate::playbook::{
    cadence::Cadence,
    event::{Event, Kind},
    occasion::YearlyDay,
    response::{FAST_DAYS, Response, Responses},
    stage::Stage,
    standing::{Beside, Next, Rhythm, Standing},
    step::Step,
};

const HELD: (Kind, Date, Option<Date>) = (Kind::Held, Date::constant(2026, 3, 2), None);
/// In touch from here: the rhythm's next word is due on 2 April.
const THANKED: (Kind, Date, Option<Date>) = (Kind::Thanked, Date::constant(2026, 3, 3), None);

fn yearly(month: i8, day: i8) -> YearlyDay {
    YearlyDay::new(month, day, None).unwrap()
}

fn with(dates: &[YearlyDay], rhythm: Rhythm, more: &[(Kind, Date, Option<Date>)]) -> Standing {
    let events = [&[HELD, THANKED], more].concat();
    replay(&history(&events), &Cadence::default(), Beside { rhythm, dates, ..Beside::default() })
}

fn write(standing: Standing) -> (Option<Next>, Option<Date>) {
    (standing.next, standing.occasion)
}

#[test]
fn a_date_before_the_rhythm_is_written_for_on_its_day_or_the_business_day_before() {
    let next = |date| write(with(&[date], Rhythm::Default, &[]));
    assert_eq!(next(yearly(3, 19)), (due(Step::Write, march(19)), Some(march(19))));
    assert_eq!(next(yearly(3, 22)), (due(Step::Write, march(20)), Some(march(22))), "a Sunday, so on Friday");
    assert_eq!(
        next(yearly(4, 2)),
        (due(Step::Write, april(2)), Some(april(2))),
        "the date before the rhythm of the same day"
    );
    assert_eq!(next(yearly(4, 3)), (due(Step::Write, april(2)), None));
    assert_eq!(next(yearly(3, 3)), (due(Step::Write, april(2)), None), "the day of the last touch has been");
}

#[test]
fn where_no_business_day_lies_between_it_is_the_next_one() {
    let events = history(&[(Kind::Held, march(5), None), (Kind::Thanked, march(6), None)]);
    let dates = [yearly(3, 7)];
    let when = Beside { rhythm: Rhythm::Default, dates: &dates, ..Beside::default() };
    assert_eq!(replay(&events, &Cadence::default(), when).next, due(Step::Write, march(9)));
    let holidays = with_holidays(&[march(9), march(10)]);
    assert_eq!(replay(&events, &holidays, when).next, due(Step::Write, march(11)));
}

#[test]
fn without_a_rhythm_only_dates_count() {
    assert_eq!(write(with(&[], Rhythm::Never, &[])), (None, None));
    let dates = [yearly(12, 24), yearly(6, 30)];
    let june = Date::constant(2026, 6, 30);
    assert_eq!(write(with(&dates, Rhythm::Never, &[])), (due(Step::Write, june), Some(june)));
    let christmas = Date::constant(2026, 12, 24);
    assert_eq!(with(&dates, Rhythm::Never, &[event(Kind::Wrote, june)]).occasion, Some(christmas));
}

#[test]
fn a_touch_restarts_the_rhythm_and_moves_no_date() {
    let dates = [yearly(3, 27)];
    let after = |kind, on| write(with(&dates, Rhythm::Default, &[event(kind, on)]));
    let birthday = (due(Step::Write, march(27)), Some(march(27)));
    for kind in [Kind::Wrote, Kind::Replied, Kind::Met, Kind::Commented, Kind::Accepted, Kind::NoShow] {
        assert_eq!(after(kind, march(10)), birthday, "{kind}");
    }
    assert_eq!(after(Kind::Wrote, march(27)).0, due(Step::Write, Date::constant(2026, 4, 27)));
    assert_eq!(after(Kind::Wrote, march(30)).1, None, "late, but written");
}

#[test]
fn what_is_written_on_the_day_it_is_due_is_written_for_it() {
    let sunday = [yearly(3, 22)];
    let written = with(&sunday, Rhythm::Never, &[event(Kind::Wrote, march(20))]);
    assert_eq!(written.occasion, Some(Date::constant(2027, 3, 22)));
    let otherwise = with(&sunday, Rhythm::Never, &[event(Kind::DoneOtherwise, march(20))]);
    assert_eq!(otherwise.occasion, Some(Date::constant(2027, 3, 22)));
    let a_day_early = with(&sunday, Rhythm::Never, &[event(Kind::Wrote, march(19))]);
    assert_eq!(a_day_early.occasion, Some(march(22)));
}

#[test]
fn putting_off_and_dismissing_go_to_the_one_shown() {
    let dates = [yearly(3, 19)];
    let next = |more: &[_]| write(with(&dates, Rhythm::Default, more));
    let rhythm = (due(Step::Write, april(2)), None);
    assert_eq!(next(&[event(Kind::Dismissed, march(18))]), rhythm, "the rhythm keeps its day");
    assert_eq!(next(&[until(Kind::Snoozed, march(19), march(25))]), (due(Step::Write, march(25)), Some(march(19))));
    assert_eq!(next(&[until(Kind::Snoozed, march(19), april(15))]), rhythm, "then the rhythm comes first");
    let early = with(&[yearly(4, 20)], Rhythm::Default, &[until(Kind::Snoozed, april(2), april(22))]);
    assert_eq!(write(early), (due(Step::Write, Date::constant(2026, 4, 20)), Some(Date::constant(2026, 4, 20))));
    let dismissed = with(&[yearly(4, 20)], Rhythm::Default, &[event(Kind::Dismissed, april(2))]);
    assert_eq!(dismissed.occasion, Some(Date::constant(2026, 4, 20)));
    // A word before the day leaves it where it was put.
    let put_off = [until(Kind::Snoozed, march(10), march(24)), event(Kind::Wrote, march(11))];
    assert_eq!(next(&put_off), (due(Step::Write, march(24)), Some(march(19))));
}

#[test]
fn the_29th_of_february_is_the_28th_in_other_years() {
    let leap = yearly(2, 29);
    assert_eq!(leap.in_year(2028), Some(Date::constant(2028, 2, 29)));
    assert_eq!(leap.in_year(2027), Some(Date::constant(2027, 2, 28)));
    assert_eq!(leap.after(Date::constant(2027, 2, 28)), Some(Date::constant(2028, 2, 29)));
    for (month, day) in [(2, 30), (4, 31), (0, 1), (13, 1), (1, 0), (1, 32)] {
        assert!(YearlyDay::new(month, day, None).is_err(), "{month}-{day}");
    }
}

#[test]
fn a_date_with_a_year_begins_in_it() {
    let begins = YearlyDay::new(5, 4, Some(2028)).unwrap();
    assert_eq!(begins.in_year(2027), None);
    assert_eq!(begins.after(march(1)), Some(Date::constant(2028, 5, 4)));
    assert_eq!(YearlyDay::new(5, 4, Some(1990)).unwrap().after(march(1)), Some(Date::constant(2026, 5, 4)));
    assert_eq!(yearly(1, 1).after(Date::MAX), None);
}

#[test]
fn dates_count_only_in_touch() {
    let dates = [yearly(3, 5)];
    let when = Beside { rhythm: Rhythm::Default, dates: &dates, ..Beside::default() };
    let asked = replay(&history(&[event(Kind::Asked, march(2))]), &Cadence::default(), when);
    assert_eq!(write(asked), (due(Step::FollowUp, march(5)), None));
    let again = with(&dates, Rhythm::Default, &[event(Kind::Held, march(4))]);
    assert_eq!((again.stage, write(again)), (Stage::Spoke, (due(Step::Thank, march(5)), None)));
}

fn responses(events: &[(Kind, Date, Option<Date>)]) -> Responses {
    Responses::of(&history(events), &Cadence::default())
}

#[test]
fn answers_are_counted_in_business_days_from_the_first_question() {
    let kind = |events: &[_], today| responses(events).kind(&Cadence::default(), today);
    let (requested, asked) = (event(Kind::Requested, march(2)), event(Kind::Asked, march(5)));
    assert_eq!(kind(&[], march(31)), None);
    assert_eq!(kind(&[requested], march(5)), None, "three business days are not long");
    assert_eq!(kind(&[requested], march(6)), Some(Response::None));
    let accepted = event(Kind::Accepted, march(4));
    assert_eq!(responses(&[requested, accepted]).usual_days, Some(2));
    assert_eq!(kind(&[requested, accepted], march(6)), None, "accepting is quick, and no help yet");
    let helped = [requested, accepted, event(Kind::SentOn, march(4))];
    assert_eq!(kind(&helped, march(6)), Some(Response::Fast));
    let slow = [asked, event(Kind::FollowedUp, march(10)), event(Kind::AnsweredYes, march(12))];
    assert_eq!((responses(&slow).usual_days, kind(&slow, march(12))), (Some(5), Some(Response::Slow)));
    let no = [asked, event(Kind::AnsweredNo, march(6))];
    assert_eq!(kind(&no, march(9)), None, "quick, but no help");
    let over_a_weekend = [event(Kind::Asked, march(6)), event(Kind::Replied, march(9))];
    assert_eq!(responses(&over_a_weekend).usual_days, Some(1));
    let open = responses(&[requested, accepted, asked]);
    assert_eq!((open.waiting_since, open.waiting_days(&Cadence::default(), march(23))), (Some(march(5)), Some(12)));
    assert_eq!(open.waiting_days(&Cadence::default(), march(1)), Some(0));
}

#[test]
fn news_thanks_and_pleas_to_somebody_else_wait_for_no_answer() {
    for kind in Kind::ALL {
        let waits = responses(&[event(*kind, march(2))]).waiting_since.is_some();
        let asks = matches!(kind, Kind::Requested | Kind::Asked | Kind::FollowedUp | Kind::ReferralAsked);
        assert_eq!(waits, asks, "{kind}");
    }
}

fn yearly_days() -> impl Strategy<Value = Vec<YearlyDay>> {
    let day = (1..=12_i8, 1..=31_i8, option::weighted(0.3, 1960..2028_i16));
    vec(day.prop_filter_map("no such day", |(month, day, since)| YearlyDay::new(month, day, since).ok()), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn dates_change_nothing_but_when_to_write(case in histories::case(), dates in yearly_days()) {
        // What is done to a step goes to the one shown, which may be another with dates than without.
        let done_to_a_step = |event: &Event| matches!(event.kind, Kind::Snoozed | Kind::Dismissed | Kind::DoneOtherwise);
        let events = case.events.iter().copied().filter(|event| !done_to_a_step(event)).collect();
        let case = histories::Case { events, ..case };
        let when = Beside { rhythm: case.rhythm, dates: &dates, ..Beside::default() };
        let with = replay(&case.events, &case.cadence, when);
        let without = replay(&case.events, &case.cadence, case.rhythm);
        prop_assert_eq!(Standing { next: without.next, after: without.after, occasion: None, ..with }, without);
        if with.occasion.is_none() {
            prop_assert_eq!((with.next, with.after), (without.next, without.after));
        }
        if let Some(occasion) = with.occasion {
            prop_assert_eq!((with.stage, with.next.map(|next| next.step)), (Stage::InTouch, Some(Step::Write)));
            prop_assert!(dates.iter().any(|date| date.in_year(occasion.year()) == Some(occasion)));
            let due = with.next.and_then(|next| next.due).unwrap();
            prop_assert!(case.cadence.is_business_day(due));
            prop_assert!(without.next.and_then(|next| next.due).is_none_or(|rhythm| due <= rhythm));
        }
        let dated = !dates.is_empty() && with.stage == Stage::InTouch;
        prop_assert!(!dated || with.next.is_some(), "a date always comes");
    }

    #[test]
    fn a_date_is_never_due_before_the_last_touch_and_within_two_days_of_itself(
        case in histories::case(), dates in yearly_days()
    ) {
        let case = histories::Case { cadence: Cadence::default(), ..case };
        let standing = replay(&case.events, &case.cadence, Beside { rhythm: case.rhythm, dates: &dates, ..Beside::default() });
        let put_off = case.events.iter().any(|event| event.kind == Kind::Snoozed);
        if let (Some(occasion), Some(next)) = (standing.occasion, standing.next) {
            let due = next.due.unwrap();
            // Put off to the day itself, it is due again on the day they were in touch.
            let since = |touch| if put_off { due >= touch } else { due > touch };
            prop_assert!(standing.last_touch.is_none_or(since), "{:?}", standing);
            let near = occasion.saturating_sub(2.days())..=occasion.saturating_add(2.days());
            prop_assert!(put_off || near.contains(&due), "{} for {}", due, occasion);
        }
    }

    #[test]
    fn following_the_steps_writes_for_each_date_once_a_year(dates in yearly_days()) {
        let cadence = Cadence::default();
        let dates: Vec<_> = dates.into_iter().filter(|date| date.since().is_none()).collect();
        let when = Beside { rhythm: Rhythm::Never, dates: &dates, ..Beside::default() };
        let mut events = history(&[HELD, THANKED]);
        let mut seen = Vec::new();
        let end = march(3).saturating_add(1.years());
        while let Some(Next { due: Some(due), .. }) = replay(&events, &cadence, when).next {
            if due > end {
                break;
            }
            seen.extend(replay(&events, &cadence, when).occasion);
            let id = Uuid::from_u128(events.len() as u128);
            events.push(Event { id, kind: Kind::Wrote, on: due, until: None, undoes: None, in_writing: false });
            prop_assert!(seen.len() <= dates.len() + 1, "{:?}", seen);
        }
        let mut once = seen.clone();
        once.dedup();
        prop_assert_eq!(once, seen);
    }

    #[test]
    fn undo_restores_the_standing_with_dates(case in histories::case(), dates in yearly_days(), on in histories::date()) {
        let when = Beside { rhythm: case.rhythm, dates: &dates, ..Beside::default() };
        let before = (replay(&case.events, &case.cadence, when), Responses::of(&case.events, &case.cadence));
        for kind in [Kind::Wrote, Kind::Dismissed, Kind::Snoozed, Kind::AnsweredNo] {
            let id = Uuid::from_u128(u128::MAX - 1);
            let done = Event { id, kind, on, until: None, undoes: None, in_writing: false };
            let undo = Event { id: Uuid::from_u128(u128::MAX), kind: Kind::Undone, undoes: Some(id), ..done };
            let events = [case.events.as_slice(), &[done, undo]].concat();
            prop_assert_eq!((replay(&events, &case.cadence, when), Responses::of(&events, &case.cadence)), before);
        }
    }

    #[test]
    fn every_history_can_be_read_for_answers(case in histories::case(), today in histories::date()) {
        let read = Responses::of(&case.events, &case.cadence);
        prop_assert_eq!(read.usual_days.is_some(), read.answered > 0);
        prop_assert!(read.usual_days.is_none_or(|days| days >= 0));
        prop_assert!(read.waiting_days(&case.cadence, today).is_none_or(|days| days >= 0));
        match read.kind(&case.cadence, today) {
            Some(Response::Fast) => prop_assert!(read.helped && read.usual_days.is_some_and(|days| days <= FAST_DAYS)),
            Some(Response::Slow) => prop_assert!(read.usual_days.is_some_and(|days| days > FAST_DAYS)),
            Some(Response::None) => prop_assert!(read.answered == 0 && read.waiting_since.is_some()),
            None => prop_assert!(read.answered == 0 || !read.helped),
        }
        let reversed: Vec<Event> = case.events.iter().rev().copied().collect();
        prop_assert_eq!(Responses::of(&reversed, &case.cadence), read, "the order of rows does not matter");
    }
}
