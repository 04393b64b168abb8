//! Weeks, from Monday, and when one is looked back on. Pure.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::playbook::business_days::monday_of;

/// '23 to 29 November'.
pub fn week_in_words(monday: Date, sunday: Date) -> String {
    if monday.month() == sunday.month() {
        format!("{} to {}", monday.day(), sunday.strftime("%-d %B"))
    } else {
        format!("{} to {}", monday.strftime("%-d %B"), sunday.strftime("%-d %B"))
    }
}

/// The Monday of the last week that has come to its Friday: the one to look back on.
fn ended_week(today: Date) -> Date {
    let monday = monday_of(today);
    match today.weekday() {
        Weekday::Friday | Weekday::Saturday | Weekday::Sunday => monday,
        _ => monday.saturating_sub(7.days()),
    }
}

/// Whether a week waits to be looked back on: from its Friday until that is done.
pub fn review_is_due(reviewed: Option<Date>, today: Date) -> bool {
    reviewed.is_none_or(|monday| monday < ended_week(today))
}

/// The Monday of the week a look back is about: the one that waits, or else this one.
pub fn week_to_review(reviewed: Option<Date>, today: Date) -> Date {
    if review_is_due(reviewed, today) { ended_week(today) } else { monday_of(today) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_monday_and_is_said_in_words() {
        assert_eq!(monday_of(date(2026, 11, 24)), date(2026, 11, 23));
        assert_eq!(monday_of(date(2026, 11, 29)), date(2026, 11, 23));
        assert_eq!(week_in_words(date(2026, 11, 23), date(2026, 11, 29)), "23 to 29 November");
        assert_eq!(week_in_words(date(2026, 11, 30), date(2026, 12, 6)), "30 November to 6 December");
    }

    #[test]
    fn a_week_waits_from_its_friday_until_it_was_looked_back_on() {
        let before = Some(date(2026, 11, 16));
        let this = Some(date(2026, 11, 23));
        assert!(!review_is_due(before, date(2026, 11, 26)), "Thursday");
        assert!(review_is_due(before, date(2026, 11, 27)), "Friday");
        assert!(review_is_due(before, date(2026, 12, 1)), "Tuesday after");
        assert!(!review_is_due(this, date(2026, 12, 1)));
        assert!(review_is_due(this, date(2026, 12, 4)), "the next Friday");
        assert_eq!(week_to_review(before, date(2026, 12, 1)), date(2026, 11, 23));
        assert_eq!(week_to_review(this, date(2026, 12, 1)), date(2026, 11, 30));
    }
}
