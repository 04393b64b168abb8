//! Ceilings: what is left, and when the next is free.

use jiff::{ToSpan, civil::Weekday};
use proptest::prelude::*;

use super::histories::{cadence, date};
use super::{april, march, with_holidays};
use crate::playbook::{business_days::monday_of, cadence::Cadence, ceiling::Ceiling};

#[test]
fn a_week_begins_on_monday_and_a_month_on_its_first() {
    let cadence = Cadence::default();
    assert_eq!(monday_of(march(8)), march(2), "a Sunday belongs to the week before");
    assert_eq!(monday_of(march(9)), march(9));
    assert_eq!(Ceiling::weekly(10, 10, march(4)).free_on(&cadence, march(4)), Some(march(9)));
    assert_eq!(Ceiling::monthly(5, 5, march(4)).free_on(&cadence, march(4)), Some(april(1)));
    assert_eq!(Ceiling::monthly(5, 9, march(31)).free_on(&cadence, march(31)), Some(april(1)));
}

#[test]
fn what_is_free_again_on_a_holiday_is_free_the_day_after() {
    let cadence = with_holidays(&[march(9)]);
    assert_eq!(Ceiling::weekly(10, 10, march(4)).free_on(&cadence, march(4)), Some(march(10)));
}

#[test]
fn it_is_said_from_four_fifths_on_and_always_where_there_are_few() {
    let week = |used| Ceiling::weekly(100, used, march(4));
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
        for ceiling in [Ceiling::weekly(most, used, today), Ceiling::monthly(most, used, today)] {
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
        prop_assert_eq!(monday_of(today).weekday(), Weekday::Monday);
        prop_assert!(monday_of(today) <= today && today < monday_of(today).saturating_add(7.days()));
    }
}
