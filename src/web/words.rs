//! Dates and numbers as people say them; how a date is written is the person's own ([`dates`](super::dates)).

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use super::dates::shown;

/// 'today', 'tomorrow', 'Thursday', '3 days ago', '24 November', '24 November 2025', seen from `today`.
pub fn day(date: Date, today: Date) -> String {
    match days_between(today, date) {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        2..=6 => weekday(date).into(),
        days @ -6..=-2 => format!("{} days ago", -days),
        _ => shown().long(date, today),
    }
}

/// The same in few letters, for a narrow column: '24 Nov', '24 Nov 2025'.
pub fn short_day(date: Date, today: Date) -> String {
    match days_between(today, date) {
        -6..=6 => day(date, today),
        _ => shown().short(date, today),
    }
}

/// 'Tuesday 24 November', with the year where it is another than today's.
pub fn full_day(date: Date, today: Date) -> String {
    shown().full(date, today)
}

/// 'Thursday'.
pub fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        jiff::civil::Weekday::Monday => "Monday",
        jiff::civil::Weekday::Tuesday => "Tuesday",
        jiff::civil::Weekday::Wednesday => "Wednesday",
        jiff::civil::Weekday::Thursday => "Thursday",
        jiff::civil::Weekday::Friday => "Friday",
        jiff::civil::Weekday::Saturday => "Saturday",
        jiff::civil::Weekday::Sunday => "Sunday",
    }
}

/// Days from one date to another; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// '14:30' for a person in `zone`.
pub fn time(at: Timestamp, zone: &TimeZone) -> String {
    shown().time(zone.to_datetime(at).time())
}

/// 'Tuesday 24 November, 14:30' for a person in `zone`.
pub fn moment(at: Timestamp, zone: &TimeZone, today: Date) -> String {
    let local = zone.to_datetime(at);
    format!("{}, {}", full_day(local.date(), today), shown().time(local.time()))
}

/// '28.4 MB', in powers of ten.
pub fn size(bytes: i64) -> String {
    const MEGA: i64 = 1_000_000;
    let (unit, name) = if bytes >= 1_000 * MEGA { (1_000 * MEGA, "GB") } else { (MEGA, "MB") };
    let tenths = bytes.saturating_mul(10) / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// '1 talk', '3 talks'.
pub fn count(n: i64, one: &str, many: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// 'Not prepared yet.', '3 of 7 sources read, 1 question.': how far one is for a talk.
pub fn prepared(sources: i64, questions: i64) -> String {
    match (sources, questions) {
        (0, 0) => "Not prepared yet.".into(),
        _ => format!("{sources} of 7 sources read, {}.", count(questions, "question", "questions")),
    }
}

/// 'One', 'Two' ... 'Twelve', then figures: for headings.
pub fn heading_number(n: i64) -> String {
    const WORDS: [&str; 13] =
        ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// Joins 'a', 'b' and 'c' as 'a, b and c'.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn sizes_have_one_decimal() {
        assert_eq!(size(8_400_000), "8.4 MB");
        assert_eq!(size(999_949_999), "999.9 MB");
        assert_eq!(size(12_060_000_000), "12.0 GB");
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let today = date(2026, 11, 24);
        for (day_, said) in [
            (date(2026, 11, 24), "today"),
            (date(2026, 11, 25), "tomorrow"),
            (date(2026, 11, 23), "yesterday"),
            (date(2026, 11, 26), "Thursday"),
            (date(2026, 11, 20), "4 days ago"),
            (date(2026, 12, 1), "1 December"),
            (date(2025, 12, 1), "1 December 2025"),
        ] {
            assert_eq!(day(day_, today), said);
        }
        assert_eq!(short_day(date(2026, 11, 20), today), "4 days ago");
        assert_eq!(short_day(date(2026, 12, 1), today), "1 Dec");
        assert_eq!(short_day(date(2025, 12, 1), today), "1 Dec 2025");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(list(&["a".into()]), "a");
    }
}
