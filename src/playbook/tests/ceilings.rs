//! Ceilings: what is left, and when the next is free.

use jiff::{ToSpan, civil::Weekday};
use proptest::prelude::*;

use super::histories::{cadence, date};
use super::{april, march, with_holidays};
use crate::playbook::business_days::{Day, WeekStart};
use crate::playbook::{cadence::Cadence, ceiling::Ceiling};
use crate::web::words::weekday;

#[test]
fn a_week_begins_on_monday_or_the_day_that_was_chosen_and_a_month_on_its_first() {
    let cadence = Cadence::default();
    assert_eq!(cadence.week_of(march(8)), march(2), "a Sunday belongs to the week before");
    assert_eq!(cadence.week_of(march(9)), march(9));
    assert_eq!(
        [march(7), march(8), march(9)].map(|day| WeekStart::Sunday.week_of(day)),
        [march(1), march(8), march(8)]
    );
    assert_eq!(
        [march(6), march(7), march(8)].map(|day| WeekStart::Saturday.week_of(day)).map(|day| day.day()),
        [28, 7, 7]
    );
    assert_eq!(WeekStart::Saturday.days().map(Day::label).collect::<Vec<_>>()[..3], ["Saturday", "Sunday", "Monday"]);
    assert_eq!(Ceiling::weekly(10, 10, march(2)).free_on(&cadence, march(4)), Some(march(9)));
    assert_eq!(Ceiling::monthly(5, 5, march(4)).free_on(&cadence, march(4)), Some(april(1)));
    assert_eq!(Ceiling::monthly(5, 9, march(31)).free_on(&cadence, march(31)), Some(april(1)));
}

#[test]
fn what_is_free_again_on_a_holiday_is_free_the_day_after() {
    let cadence = with_holidays(&[march(9)]);
    assert_eq!(Ceiling::weekly(10, 10, march(2)).free_on(&cadence, march(4)), Some(march(10)));
}

#[test]
fn it_is_said_from_four_fifths_on_and_always_where_there_are_few() {
    let week = |used| Ceiling::weekly(100, used, march(2));
    assert!(
        !week(79).is_worth_saying() && week(80).is_worth_saying() && !week(99).is_reached() && week(100).is_reached()
    );
    assert!(Ceiling::monthly(5, 0, march(4)).is_worth_saying());
    assert!(!Ceiling::monthly(5, 3, march(4)).is_near() && Ceiling::monthly(5, 4, march(4)).is_near());
    assert_eq!(Ceiling::monthly(0, 0, march(4)).free_on(&Cadence::default(), march(4)), None, "none are ever sent");
}

proptest! {
    /// Used and left make the whole; the next is free today while there is one, else on a business day to come.
    #[test]
    fn the_next_is_free_in_time(most in 0..200_u16, used in 0..300_i64, today in date(), cadence in cadence()) {
        for ceiling in [Ceiling::weekly(most, used, cadence.week_of(today)), Ceiling::monthly(most, used, today)] {
            prop_assert_eq!(ceiling.left(), (i64::from(most) - used).max(0));
            prop_assert_eq!(ceiling.is_reached(), ceiling.left() == 0);
            prop_assert!(!ceiling.is_reached() || ceiling.is_worth_saying());
            match ceiling.free_on(&cadence, today) {
                None => prop_assert_eq!(most, 0),
                Some(day) => {
                    prop_assert!(day >= today && cadence.is_business_day(day));
                    prop_assert!(day > today || ceiling.left() > 0);
                }
            }
        }
        let week = cadence.week_of(today);
        prop_assert_eq!(cadence.week_begins.days().next().map(Day::label), Some(weekday(week)));
        prop_assert!(week <= today && today < week.saturating_add(7.days()));
        // Whichever day it begins on, its Monday and that Monday's Friday lie in it.
        let monday = cadence.week_begins.monday_in(today);
        prop_assert_eq!(monday.weekday(), Weekday::Monday);
        prop_assert!([monday, monday.saturating_add(4.days())].iter().all(|day| cadence.week_of(*day) == week));
    }
}
