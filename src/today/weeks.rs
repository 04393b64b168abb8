//! Weeks, each known by its Monday, and when one is looked back on. Pure.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::playbook::business_days::WeekStart;
use crate::playbook::cadence::Cadence;
use crate::web::dates;

/// '23 to 29 November': the week that begins on that day.
pub fn week_in_words(first: Date) -> String {
    dates::shown().span(first, first.saturating_add(6.days()))
}

/// The Monday of the last week that has come to its Friday: the one to look back on.
fn ended_week(begins: WeekStart, today: Date) -> Date {
    let monday = begins.monday_in(today);
    let friday = monday.saturating_add(4.days());
    if today >= friday { monday } else { monday.saturating_sub(7.days()) }
}

/// Whether a week waits to be looked back on: from its Friday until that is done.
pub fn review_is_due(reviewed: Option<Date>, begins: WeekStart, today: Date) -> bool {
    reviewed.is_none_or(|monday| monday < ended_week(begins, today))
}

/// Whether one is reminded of the look back on that day: on the week's Friday, or the first working day after it.
pub fn reminded_on(cadence: &Cadence, day: Date) -> bool {
    let friday = ended_week(cadence.week_begins, day).saturating_add(4.days());
    cadence.on_or_after(friday) == day
}

/// The Monday of the week a look back is about: the one that waits, or else this one.
pub fn week_to_review(reviewed: Option<Date>, begins: WeekStart, today: Date) -> Date {
    if review_is_due(reviewed, begins, today) { ended_week(begins, today) } else { begins.monday_in(today) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::business_days::Holidays;
    use jiff::civil::date;

    const FRIDAY: Date = date(2026, 11, 27);

    #[test]
    fn a_week_is_said_in_words() {
        assert_eq!(week_in_words(date(2026, 11, 23)), "23 to 29 November");
        assert_eq!(week_in_words(date(2026, 11, 30)), "30 November to 6 December");
        assert_eq!(week_in_words(WeekStart::Sunday.week_of(FRIDAY)), "22 to 28 November");
        assert_eq!(week_in_words(WeekStart::Saturday.week_of(FRIDAY)), "21 to 27 November");
    }

    #[test]
    fn a_week_waits_from_its_friday_until_it_was_looked_back_on() {
        let before = Some(date(2026, 11, 16));
        let this = Some(date(2026, 11, 23));
        let is_due = |reviewed, today| review_is_due(reviewed, WeekStart::Monday, today);
        assert!(!is_due(before, date(2026, 11, 26)), "Thursday");
        assert!(is_due(before, FRIDAY), "Friday");
        assert!(is_due(before, date(2026, 12, 1)), "Tuesday after");
        assert!(!is_due(this, date(2026, 12, 1)));
        assert!(is_due(this, date(2026, 12, 4)), "the next Friday");
        assert_eq!(week_to_review(before, WeekStart::Monday, date(2026, 12, 1)), date(2026, 11, 23));
        assert_eq!(week_to_review(this, WeekStart::Monday, date(2026, 12, 1)), date(2026, 11, 30));
    }

    #[test]
    fn one_is_reminded_of_each_week_on_one_day() {
        for begins in WeekStart::ALL {
            let mut cadence = Cadence { week_begins: *begins, ..Cadence::default() };
            let days = |cadence: &Cadence| {
                let days = date(2026, 11, 23).series(1.day()).take(14);
                days.filter(|day| reminded_on(cadence, *day)).collect::<Vec<_>>()
            };
            assert_eq!(days(&cadence), [FRIDAY, date(2026, 12, 4)], "{begins}");
            cadence.holidays = Holidays::new(vec![FRIDAY]).unwrap();
            assert_eq!(days(&cadence), [date(2026, 11, 30), date(2026, 12, 4)], "{begins}: a Friday off");
        }
    }

    #[test]
    fn on_whichever_day_weeks_begin_a_week_is_looked_back_on_once() {
        for begins in WeekStart::ALL {
            let mut reviewed = Some(date(2026, 11, 16));
            let mut looked_back = Vec::new();
            // The setting may change in between: the week keeps its Monday.
            for (at, today) in FRIDAY.series(1.day()).take(28).enumerate() {
                let begins = if at < 10 { *begins } else { WeekStart::Monday };
                if review_is_due(reviewed, begins, today) {
                    reviewed = Some(week_to_review(reviewed, begins, today));
                    looked_back.extend(reviewed);
                }
            }
            let mondays = [23, 30, 37, 44].map(|day| date(2026, 11, 1).saturating_add((day - 1).days()));
            assert_eq!(looked_back, mondays, "{begins}");
        }
    }
}
