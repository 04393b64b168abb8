//! Two concrete times to propose, in the words of the person who reads them.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::playbook::cadence::Cadence;
use crate::web::words;

/// Hours of the user's day, the likeliest to suit first.
const FIRST_HOURS: [i8; 12] = [16, 15, 14, 17, 11, 10, 18, 9, 13, 19, 8, 20];
const SECOND_HOURS: [i8; 12] = [10, 11, 9, 14, 15, 16, 17, 8, 18, 13, 19, 20];

/// Working hours, where they live.
const THEIR_HOURS: std::ops::Range<i8> = 9..18;

/// Two times.
#[derive(Debug, PartialEq, Eq)]
pub struct Times {
    /// Two business days ahead.
    pub first: String,
    /// Three business days ahead.
    pub second: String,
}

/// Proposes an afternoon and a morning; where the two live in different zones, within their working hours if the user is awake then.
pub fn times(cadence: &Cadence, today: Date, mine: &TimeZone, theirs: Option<&TimeZone>) -> Times {
    let day = |n| cadence.add_business_days(today, n);
    Times {
        first: time(day(2), &FIRST_HOURS, today, mine, theirs),
        second: time(day(3), &SECOND_HOURS, today, mine, theirs),
    }
}

fn time(day: Date, hours: &[i8; 12], today: Date, mine: &TimeZone, theirs: Option<&TimeZone>) -> String {
    let there = |hour: i8| {
        let at = mine.to_timestamp(day.at(hour, 0, 0, 0)).ok()?;
        Some(theirs?.to_datetime(at))
    };
    let suits = |hour: &&i8| there(**hour).is_none_or(|local| THEIR_HOURS.contains(&local.hour()));
    let hour = hours.iter().find(suits).copied().unwrap_or(hours[0]);
    match there(hour) {
        Some(local) if local != day.at(hour, 0, 0, 0) => {
            let said = words::full_day(local.date(), today);
            format!("{said} at {} your time ({hour:02}:00 mine)", local.strftime("%H:%M"))
        }
        _ => format!("{} at {hour:02}:00", words::full_day(day, today)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn proposed(today: Date, mine: &str, theirs: Option<&str>) -> Times {
        let zone = |name: &str| TimeZone::get(name).unwrap();
        times(&Cadence::default(), today, &zone(mine), theirs.map(zone).as_ref())
    }

    #[test]
    fn two_and_three_business_days_ahead() {
        let times = proposed(date(2026, 11, 24), "Europe/London", None);
        assert_eq!(times.first, "Thursday 26 November at 16:00");
        assert_eq!(times.second, "Friday 27 November at 10:00");
        assert_eq!(proposed(date(2026, 11, 26), "Europe/London", None).first, "Monday 30 November at 16:00");
    }

    #[test]
    fn the_same_clock_is_said_once() {
        assert_eq!(
            proposed(date(2026, 11, 24), "Europe/London", Some("Europe/Lisbon")).first,
            "Thursday 26 November at 16:00"
        );
    }

    #[test]
    fn another_zone_is_said_in_their_time_and_within_their_day() {
        let times = proposed(date(2026, 11, 24), "Europe/Berlin", Some("America/New_York"));
        assert_eq!(times.first, "Thursday 26 November at 10:00 your time (16:00 mine)");
        assert_eq!(times.second, "Friday 27 November at 09:00 your time (15:00 mine)");
        let times = proposed(date(2026, 11, 24), "Europe/London", Some("Australia/Sydney"));
        assert!(times.first.ends_with("mine)"), "{times:?}");
    }
}
