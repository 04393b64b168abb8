//! Business days: odd weekends, holidays, the ends of the calendar, and what may be typed.

use jiff::civil::{Date, Weekday};
use proptest::prelude::*;

use super::{histories, many, march, with_holidays};
use crate::playbook::{
    business_days::{BusinessDays, Day, Holidays, NotACadence, RhythmDays, Weekend},
    cadence::Cadence,
};

fn with_weekend(days: &[Day]) -> Cadence {
    Cadence { weekend: Weekend::new(days.iter().copied()).unwrap(), ..Cadence::default() }
}

#[test]
fn the_weekend_does_not_count() {
    let cadence = Cadence::default();
    for (from, n, to) in
        [(2, 1, 3), (2, 3, 5), (2, 5, 9), (5, 3, 10), (6, 1, 9), (7, 1, 9), (8, 1, 9), (7, 0, 9), (6, 0, 6)]
    {
        assert_eq!(cadence.add_business_days(march(from), n), march(to), "{n} after {from} March");
    }
    assert_eq!(cadence.before(march(9)), march(6));
    assert_eq!(cadence.before(march(8)), march(6));
    assert_eq!(cadence.on_or_after(march(7)), march(9));
}

#[test]
fn a_weekend_of_friday_and_saturday() {
    let cadence = with_weekend(&[Day::Friday, Day::Saturday]);
    assert_eq!(cadence.add_business_days(march(5), 1), march(8), "Thursday to Sunday");
    assert_eq!(cadence.add_business_days(march(2), 5), march(9));
    assert_eq!(cadence.before(march(8)), march(5));
    assert!(cadence.is_business_day(march(1)), "a Sunday");
}

#[test]
fn a_week_of_one_working_day_and_a_week_without_weekend() {
    let days = [Day::Monday, Day::Tuesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];
    let wednesdays = with_weekend(&days);
    assert_eq!(wednesdays.add_business_days(march(4), 3), march(25));
    assert_eq!(wednesdays.business_days_between(march(1), march(31)), 4);
    assert_eq!(with_weekend(&[]).add_business_days(march(6), 3), march(9));
}

#[test]
fn holidays_do_not_count() {
    let cadence = with_holidays(&[march(4), march(9), march(7)]);
    assert_eq!(cadence.add_business_days(march(2), 3), march(6));
    assert_eq!(cadence.add_business_days(march(6), 1), march(10));
    assert_eq!(cadence.before(march(10)), march(6));
    assert_eq!(cadence.business_days_between(march(2), march(10)), 4, "a holiday on a Saturday is no second loss");
    assert_eq!(cadence.business_days_between(march(2), march(4)), 1, "the last day counts, were it no holiday");
    assert_eq!(cadence.business_days_between(march(4), march(5)), 1, "the first day does not count");
    assert_eq!(cadence.business_days_between(march(2), march(2)), 0);
}

#[test]
fn four_hundred_holidays_in_a_row_are_walked_over() {
    let away: Vec<Date> = march(2).series(jiff::Span::new().days(1)).take(Holidays::MAX).collect();
    let cadence = with_holidays(&away);
    let back = Date::constant(2027, 4, 6);
    assert_eq!(away.last().unwrap().tomorrow().unwrap(), back);
    assert_eq!(cadence.on_or_after(march(2)), back);
    assert_eq!(cadence.before(back), Date::constant(2026, 2, 27));
    assert_eq!(cadence.business_days_between(march(1), back), 1);
}

#[test]
fn the_calendar_ends_without_a_panic() {
    let cadence = with_holidays(&[Date::MAX, Date::MIN]);
    let last = cadence.before(Date::MAX);
    assert!(cadence.is_business_day(last));
    assert_eq!(cadence.on_or_after(Date::MAX), last);
    assert_eq!(cadence.add_business_days(Date::MAX, 60), last);
    assert_eq!(cadence.after_rhythm(Date::MAX, RhythmDays::MAX), last);
    assert!(cadence.is_business_day(cadence.before(Date::MIN)));
    assert_eq!(cadence.before(Date::MIN), cadence.on_or_after(Date::MIN));
    let all = cadence.business_days_between(Date::MIN, Date::MAX);
    assert_eq!(cadence.business_days_between(Date::MAX, Date::MIN), -all);
    assert!((5_000_000..5_250_000).contains(&all), "{all}");
}

#[test]
fn numbers_outside_their_limits_are_refused_in_words() {
    for text in ["0", "61", "-1", "", "three", "256", "1e1"] {
        assert_eq!(text.parse::<BusinessDays>().unwrap_err().to_string(), "between 1 and 60 days", "{text}");
    }
    for text in ["0", "731", "70000"] {
        assert_eq!(text.parse::<RhythmDays>().unwrap_err().to_string(), "between 1 and 730 days", "{text}");
    }
    assert_eq!(" 60 ".parse::<BusinessDays>().unwrap().get(), 60);
    assert_eq!("730".parse::<RhythmDays>(), Ok(RhythmDays::MAX));
    assert_eq!(BusinessDays::clamped(0).get(), 1);
    assert_eq!(BusinessDays::clamped(200), BusinessDays::MAX);
}

#[test]
fn holidays_are_read_in_order_and_once() {
    let read: Holidays = "2026-12-25, 2026-12-26\r\n2026-01-01;2026-12-25\n".parse().unwrap();
    assert_eq!(read.to_string(), "2026-01-01\n2026-12-25\n2026-12-26");
    assert_eq!("".parse(), Ok(Holidays::default()));
    let wrong = "2026-12-25\n2026-02-30".parse::<Holidays>().unwrap_err();
    assert_eq!(wrong.to_string(), "'2026-02-30' is not a date; write it like 2026-12-25");
    let many = march(1).series(jiff::Span::new().days(1)).take(401).collect();
    assert_eq!(Holidays::new(many), Err(NotACadence::TooManyHolidays));
}

#[test]
fn a_weekend_never_fills_the_week() {
    assert_eq!(Weekend::new(Day::ALL.iter().copied()), Err(NotACadence::Weekend));
    assert_eq!(Weekend::default().days().collect::<Vec<_>>(), [Day::Saturday, Day::Sunday]);
    assert_eq!(Weekend::default().working_days(), 5);
    assert!(Weekend::default().covers(Weekday::Sunday) && !Weekend::default().covers(Weekday::Friday));
}

#[test]
fn settings_are_kept_and_checked_when_read_back() {
    let cadence = with_holidays(&[march(4)]);
    let kept = serde_json::to_value(&cadence).unwrap();
    assert_eq!(kept["weekend"], serde_json::json!(["saturday", "sunday"]));
    assert_eq!(serde_json::from_value::<Cadence>(kept).unwrap(), cadence);
    assert_eq!(serde_json::from_str::<Cadence>("{}").unwrap(), Cadence::default());
    let later = serde_json::from_str::<Cadence>(r#"{"follow_up_days":4}"#).unwrap();
    assert_eq!((later.follow_up_days.get(), later.moving_on_days.get()), (4, 5));
    let week = r#"["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]"#;
    for wrong in [r#"{"follow_up_days":0}"#, r#"{"rhythm_days":731}"#, &format!(r#"{{"weekend":{week}}}"#)] {
        assert!(serde_json::from_str::<Cadence>(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #![proptest_config(many(1_000))]

    #[test]
    fn counting_agrees_with_walking(cadence in histories::cadence(), from in histories::date(), n in 0_u8..=60) {
        let to = cadence.add_business_days(from, n);
        let mut day = from;
        let mut counted = 0;
        while counted < n {
            day = day.tomorrow().unwrap();
            counted += u8::from(cadence.is_business_day(day));
        }
        while !cadence.is_business_day(day) {
            day = day.tomorrow().unwrap();
        }
        prop_assert_eq!(to, day);
        if n > 0 {
            prop_assert_eq!(cadence.business_days_between(from, to), i32::from(n));
            prop_assert_eq!(cadence.business_days_between(to, from), -i32::from(n));
        }
    }

    #[test]
    fn before_and_on_or_after_leave_no_business_day_between(cadence in histories::cadence(), date in histories::date()) {
        let (before, after) = (cadence.before(date), cadence.on_or_after(date));
        prop_assert!(before < date && date <= after);
        prop_assert!(cadence.is_business_day(before) && cadence.is_business_day(after));
        prop_assert_eq!(cadence.business_days_between(before, after), 1);
        prop_assert_eq!(cadence.before(after), before);
    }
}
