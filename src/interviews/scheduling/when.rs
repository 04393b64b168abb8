//! When a talk is: read from a clock on either side, told on both.

use jiff::civil::{Date, Time};
use jiff::tz::{self, AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::kinds::kinds;
use crate::playbook::name::first_name;
use crate::web::{dates, words};

kinds! {
    /// Which of two: when the clocks go back, they show an hour twice.
    pub enum Which {
        /// Before they go back.
        First = "first", "The first, before the clocks go back";
        /// After.
        Second = "second", "The second, after the clocks went back";
    }
}

/// A time read from someone's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The clock shows it once.
    Once(Timestamp),
    /// The clocks go back and show it twice.
    Twice(Timestamp, Timestamp),
}

impl Reading {
    /// The instant; of two the chosen one, if one is chosen.
    pub fn at(self, which: Option<Which>) -> Option<Timestamp> {
        match (self, which) {
            (Self::Once(at), _)
            | (Self::Twice(at, _), Some(Which::First))
            | (Self::Twice(_, at), Some(Which::Second)) => Some(at),
            (Self::Twice(..), None) => None,
        }
    }
}

/// Which of two times a clock in `zone` shows at that instant; none where it shows the time once.
pub fn which(at: Timestamp, zone: &TimeZone) -> Option<Which> {
    let clock = zone.to_datetime(at);
    match read(clock.date(), clock.time(), zone) {
        Ok(Reading::Twice(first, _)) => Some(if at == first { Which::First } else { Which::Second }),
        _ => None,
    }
}

/// The instant a form means that shows `was` by the minute: that one, as long as the form shows the same as before.
pub fn meant(
    date: Date,
    time: Time,
    zone: &TimeZone,
    chosen: Option<Which>,
    was: Option<Timestamp>,
) -> Result<Timestamp, Unclear> {
    if let Some(was) = was {
        let clock = zone.to_datetime(was);
        let is_as_before =
            clock.date() == date && clock.strftime("%H:%M").to_string() == time.strftime("%H:%M").to_string();
        if is_as_before && (chosen.is_none() || chosen == which(was, zone)) {
            return Ok(was);
        }
    }
    read(date, time, zone)?.at(chosen).ok_or(Unclear::Twice)
}

/// Why a form means no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// There is none.
    #[error(transparent)]
    None(#[from] NoSuchTime),
    /// There are two.
    #[error("The clocks go back that night and show this time twice. Choose which one you mean")]
    Twice,
}

/// A time that no clock there shows on that day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchTime {
    /// The clocks are put forward over it.
    #[error("There is no {time} on that day: the clocks go forward from {from} to {to}. Choose another time")]
    Skipped {
        /// What was asked for.
        time: String,
        /// The last minute before the gap, as the clock reads at its edge.
        from: String,
        /// Where the clock goes on.
        to: String,
    },
    /// Outside what a calendar can hold.
    #[error("That date cannot be kept. Check the year")]
    OutOfRange,
}

/// The instant at which a clock in `zone` shows that day and time.
pub fn read(date: Date, time: Time, zone: &TimeZone) -> Result<Reading, NoSuchTime> {
    let shown = date.to_datetime(time);
    let ambiguous = zone.to_ambiguous_timestamp(shown);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {
            ambiguous.compatible().map(Reading::Once).map_err(|_| NoSuchTime::OutOfRange)
        }
        AmbiguousOffset::Fold { .. } => match (ambiguous.earlier(), ambiguous.later()) {
            (Ok(first), Ok(second)) => Ok(Reading::Twice(first, second)),
            _ => Err(NoSuchTime::OutOfRange),
        },
        AmbiguousOffset::Gap { before, after } => {
            // Read with the offset of before, the time lies behind the change by less than a day.
            let behind = before.to_timestamp(shown).map_err(|_| NoSuchTime::OutOfRange)?;
            let change = zone.preceding(behind + SignedDuration::from_secs(1)).next().ok_or(NoSuchTime::OutOfRange)?;
            let edge = change.timestamp();
            let clock = |offset: tz::Offset| dates::shown().time(offset.to_datetime(edge).time());
            Err(NoSuchTime::Skipped { time: dates::shown().time(time), from: clock(before), to: clock(after) })
        }
    }
}

/// The names people may choose a zone by: 'Europe/Berlin', one for each place.
pub fn zone_names() -> Vec<String> {
    const REGIONS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let is_place = |name: &str| name == "UTC" || REGIONS.iter().any(|region| name.starts_with(region));
    let mut names: Vec<String> =
        tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| is_place(name)).collect();
    names.sort();
    names
}

/// A zone by its name, or by its city alone ('new york'), with the name it is kept under.
pub fn zone(typed: &str) -> Result<(String, TimeZone), &'static str> {
    const UNKNOWN: &str = "Choose a zone from the list, like Europe/Berlin or America/New_York";
    let typed = typed.trim();
    if typed.is_empty() || typed.len() > 64 {
        return Err(UNKNOWN);
    }
    let named = |name: &str| {
        let zone = TimeZone::get(name).ok()?;
        let kept = zone.iana_name()?.to_owned();
        Some((kept, zone))
    };
    let city = |name: &String| {
        name.rsplit('/')
            .next()
            .is_some_and(|city| city.replace('_', " ").eq_ignore_ascii_case(&typed.replace('_', " ")))
    };
    named(typed).or_else(|| zone_names().iter().find(|name| city(name)).and_then(|name| named(name))).ok_or(UNKNOWN)
}

/// A stored zone, if it is known and shows another time than `mine` at that instant.
fn differs(at: Timestamp, mine: &TimeZone, theirs: Option<&str>) -> Option<TimeZone> {
    let theirs = TimeZone::get(theirs?).ok()?;
    (theirs.to_datetime(at) != mine.to_datetime(at)).then_some(theirs)
}

/// '09:30', or 'Wednesday 25 November, 01:30' where it is another day there; nothing where both clocks show the same.
pub fn their_clock(at: Timestamp, mine: &TimeZone, theirs: Option<&str>, today: Date) -> Option<String> {
    let theirs = differs(at, mine, theirs)?;
    let same_day = theirs.to_datetime(at).date() == mine.to_datetime(at).date();
    Some(if same_day { words::time(at, &theirs) } else { words::moment(at, &theirs, today) })
}

/// 'Tuesday 24 November, 14:30 (09:30 for Katherine)'.
pub fn told(at: Timestamp, mine: &TimeZone, theirs: Option<&str>, name: &str, today: Date) -> String {
    let here = words::moment(at, mine, today);
    match their_clock(at, mine, theirs, today) {
        Some(there) => format!("{here} ({there} for {})", first_name(name)),
        None => here,
    }
}

/// When a talk of that many minutes is over.
pub fn ends(starts: Timestamp, minutes: i16) -> Timestamp {
    starts.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn zone_of(name: &str) -> TimeZone {
        zone(name).unwrap().1
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_is_read_in_its_own_zone() {
        let day = date(2026, 11, 24);
        for (name, clock, instant) in [
            ("Europe/Berlin", time(14, 30, 0, 0), "2026-11-24T13:30:00Z"),
            ("America/New_York", time(14, 30, 0, 0), "2026-11-24T19:30:00Z"),
            ("Asia/Kathmandu", time(0, 15, 0, 0), "2026-11-23T18:30:00Z"),
            ("Australia/Lord_Howe", time(9, 0, 0, 0), "2026-11-23T22:00:00Z"),
            ("UTC", time(14, 30, 0, 0), "2026-11-24T14:30:00Z"),
        ] {
            assert_eq!(read(day, clock, &zone_of(name)), Ok(Reading::Once(at(instant))), "{name}");
        }
    }

    #[test]
    fn a_time_the_clocks_skip_is_refused_in_words() {
        for (name, day, clock, words) in [
            (
                "Europe/Berlin",
                date(2026, 3, 29),
                time(2, 30, 0, 0),
                "There is no 02:30 on that day: the clocks go forward from 02:00 to 03:00. Choose another time",
            ),
            (
                "Europe/Berlin",
                date(2026, 3, 29),
                time(2, 0, 0, 0),
                "There is no 02:00 on that day: the clocks go forward from 02:00 to 03:00. Choose another time",
            ),
            (
                "America/New_York",
                date(2026, 3, 8),
                time(2, 59, 0, 0),
                "There is no 02:59 on that day: the clocks go forward from 02:00 to 03:00. Choose another time",
            ),
            (
                "Australia/Lord_Howe",
                date(2026, 10, 4),
                time(2, 10, 0, 0),
                "There is no 02:10 on that day: the clocks go forward from 02:00 to 02:30. Choose another time",
            ),
        ] {
            assert_eq!(read(day, clock, &zone_of(name)).unwrap_err().to_string(), words);
        }
        assert!(matches!(read(date(2026, 3, 29), time(3, 0, 0, 0), &zone_of("Europe/Berlin")), Ok(Reading::Once(_))));
        assert!(matches!(
            read(date(2026, 10, 4), time(2, 30, 0, 0), &zone_of("Australia/Lord_Howe")),
            Ok(Reading::Once(_))
        ));
    }

    #[test]
    fn of_a_time_shown_twice_one_is_chosen() {
        for (name, day, clock, first, second) in [
            ("Europe/Berlin", date(2026, 10, 25), time(2, 30, 0, 0), "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("America/New_York", date(2026, 11, 1), time(1, 30, 0, 0), "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"),
            (
                "Australia/Lord_Howe",
                date(2026, 4, 5),
                time(1, 45, 0, 0),
                "2026-04-04T14:45:00Z",
                "2026-04-04T15:15:00Z",
            ),
        ] {
            let zone = zone_of(name);
            assert_eq!(read(day, clock, &zone), Ok(Reading::Twice(at(first), at(second))), "{name}");
            assert_eq!(meant(day, clock, &zone, None, None), Err(Unclear::Twice), "{name}");
            assert_eq!(meant(day, clock, &zone, Some(Which::First), None), Ok(at(first)), "{name}");
            assert_eq!(meant(day, clock, &zone, Some(Which::Second), None), Ok(at(second)), "{name}");
            assert_eq!(meant(day, clock, &zone, None, Some(at(second))), Ok(at(second)), "{name}: it stays");
            assert_eq!(
                meant(day, clock, &zone, Some(Which::First), Some(at(second))),
                Ok(at(first)),
                "{name}: it is changed"
            );
        }
    }

    #[test]
    fn both_clocks_are_told() {
        let (berlin, today) = (zone_of("Europe/Berlin"), date(2026, 11, 24));
        let starts = at("2026-11-24T13:30:00Z");
        let told_to = |theirs| told(starts, &berlin, theirs, "Katherine Johnson", today);
        assert_eq!(told_to(Some("America/New_York")), "Tuesday 24 November, 14:30 (08:30 for Katherine)");
        assert_eq!(told_to(Some("Asia/Kathmandu")), "Tuesday 24 November, 14:30 (19:15 for Katherine)");
        assert_eq!(
            told_to(Some("Australia/Lord_Howe")),
            "Tuesday 24 November, 14:30 (Wednesday 25 November, 00:30 for Katherine)"
        );
        assert_eq!(told_to(Some("Europe/Vienna")), "Tuesday 24 November, 14:30");
        assert_eq!(told_to(Some("Nowhere/At_All")), "Tuesday 24 November, 14:30");
        assert_eq!(told_to(None), "Tuesday 24 November, 14:30");
        let titled = told(starts, &berlin, Some("America/New_York"), "Dr. Katherine Johnson", today);
        assert_eq!(titled, "Tuesday 24 November, 14:30 (08:30 for Katherine)");
    }

    #[test]
    fn the_two_weeks_in_which_only_one_side_changed_its_clocks() {
        let (berlin, today) = (zone_of("Europe/Berlin"), date(2026, 10, 20));
        let told_at = |instant| told(at(instant), &berlin, Some("America/New_York"), "K", today);
        assert_eq!(told_at("2026-10-24T12:00:00Z"), "Saturday 24 October, 14:00 (08:00 for K)");
        assert_eq!(told_at("2026-10-26T12:00:00Z"), "Monday 26 October, 13:00 (08:00 for K)");
        assert_eq!(told_at("2026-11-02T12:00:00Z"), "Monday 2 November, 13:00 (07:00 for K)");
    }

    #[test]
    fn a_zone_is_found_by_name_and_by_city() {
        for (typed, kept) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            (" new york ", "America/New_York"),
            ("Lord_Howe", "Australia/Lord_Howe"),
            ("kathmandu", "Asia/Kathmandu"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(zone(typed).unwrap().0, kept);
        }
        for typed in ["", "Berlin/Europe", "../../etc/passwd", "<script>", "Mars"] {
            assert!(zone(typed).is_err(), "{typed}");
        }
        let names = zone_names();
        assert!(names.len() > 300 && names.iter().all(|name| name.len() <= 64));
    }
}
