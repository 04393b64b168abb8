use jiff::civil::date;
use jiff::{SignedDuration, Timestamp, tz};
use proptest::prelude::*;

use super::*;

/// What was told, and when: as the job keeps it.
#[derive(Default)]
struct Told(Vec<(Date, Timestamp)>);

impl Told {
    /// One look of the job; it counts what was told up to now, and no day twice.
    fn look(&mut self, hourly: &Hourly<'_>, now: Timestamp) -> bool {
        let last = self.0.iter().filter(|(_, at)| *at <= now).map(|(day, _)| *day).max();
        let Some(day) = hourly.due(last, now) else { return false };
        if self.0.iter().any(|(told, _)| *told == day) {
            return false;
        }
        self.0.push((day, now));
        true
    }

    fn days(&self) -> Vec<Date> {
        self.0.iter().map(|(day, _)| *day).collect()
    }
}

fn every_day(_: Date) -> bool {
    true
}

fn hourly(hour: i16, zone: &TimeZone) -> Hourly<'_> {
    Hourly { hour, zone, since: Timestamp::MIN, wants: &every_day }
}

/// Looks whenever the rule says, from one instant to another.
fn lived(hourly: &Hourly<'_>, told: &mut Told, from: Timestamp, until: Timestamp) {
    let mut now = from;
    while now < until {
        told.look(hourly, now);
        let next = hourly.next(now);
        assert!(next > now);
        now = next;
    }
}

/// The days of a zone's calendar: those on which any instant lies.
fn calendar(zone: &TimeZone, first: Date, last: Date) -> Vec<Date> {
    let there = |day: &Date| {
        let noon = zone.to_ambiguous_timestamp(day.at(12, 0, 0, 0)).compatible().unwrap();
        date_in(zone, noon) == *day
    };
    first.series(1.day()).take_while(|day| *day <= last).filter(there).collect()
}

fn instant(zone: &TimeZone, day: Date, hour: i8) -> Timestamp {
    zone.to_ambiguous_timestamp(day.at(hour, 0, 0, 0)).compatible().unwrap()
}

/// Whether a zone's days are each told once, in their hour.
fn each_day_once(name: &str, first: Date, last: Date) {
    let zone = TimeZone::get(name).unwrap();
    let mut told = Told::default();
    let since = instant(&zone, first, 0);
    lived(&Hourly { since, ..hourly(8, &zone) }, &mut told, since, instant(&zone, last, 20));
    assert_eq!(told.days(), calendar(&zone, first, last), "{name}");
    for (day, at) in &told.0 {
        let local = zone.to_datetime(*at);
        assert_eq!((local.date(), local.hour()), (*day, 8), "{name}");
    }
}

#[test]
fn in_every_zone_each_day_of_two_years_is_told_once_in_its_hour() {
    let (first, last) = (date(2026, 1, 1), date(2027, 12, 31));
    let names: Vec<String> = tz::db().available().map(|name| name.as_str().to_owned()).collect();
    let names: Vec<String> = names.into_iter().filter(|name| TimeZone::get(name).is_ok()).collect();
    assert!(names.len() > 400, "{}", names.len());
    // Half a million days: on as many cores as there are.
    std::thread::scope(|scope| {
        for some in names.chunks(names.len().div_ceil(8)) {
            scope.spawn(move || some.iter().for_each(|name| each_day_once(name, first, last)));
        }
    });
}

#[test]
fn whatever_a_zone_does_each_of_its_days_is_told_once_at_every_hour() {
    for (name, first, last) in [
        ("Australia/Lord_Howe", date(2026, 3, 25), date(2026, 10, 15)),
        ("Pacific/Apia", date(2011, 12, 20), date(2012, 1, 10)),
        ("Antarctica/Troll", date(2026, 3, 20), date(2026, 11, 5)),
        ("Africa/Casablanca", date(2026, 1, 20), date(2026, 4, 20)),
        ("America/Havana", date(2026, 3, 1), date(2026, 3, 20)),
        ("Asia/Beirut", date(2026, 3, 20), date(2026, 4, 5)),
        ("America/Nuuk", date(2026, 3, 20), date(2026, 4, 5)),
        ("America/St_Johns", date(2006, 3, 25), date(2006, 11, 5)),
        ("Europe/Dublin", date(2026, 10, 20), date(2026, 11, 5)),
    ] {
        let zone = TimeZone::get(name).unwrap();
        for hour in 0..24 {
            let mut told = Told::default();
            let since = instant(&zone, first, 0);
            let until = instant(&zone, last.tomorrow().unwrap(), 0);
            lived(&Hourly { since, ..hourly(hour, &zone) }, &mut told, since, until);
            assert_eq!(told.days(), calendar(&zone, first, last), "{name} at {hour}");
        }
    }
}

#[test]
fn an_hour_that_is_jumped_over_strikes_at_the_next_that_is_there() {
    for (name, day, hour, at) in [
        ("Europe/Berlin", date(2026, 3, 29), 2, "2026-03-29T01:00:00Z"),
        // Half an hour is missing: from 2:00 to 2:30.
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, "2026-10-03T15:30:00Z"),
        ("Europe/Berlin", date(2026, 10, 25), 2, "2026-10-25T00:00:00Z"),
        // Midnight itself is missing.
        ("Asia/Beirut", date(2026, 3, 29), 0, "2026-03-28T22:00:00Z"),
    ] {
        let zone = TimeZone::get(name).unwrap();
        assert_eq!(hourly(hour, &zone).strikes(day), at.parse().unwrap(), "{name}");
    }
}

#[test]
fn what_was_missed_comes_once_and_late() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let hourly = hourly(8, &zone);
    for missed in [SignedDuration::from_hours(3), SignedDuration::from_hours(72)] {
        let mut told = Told::default();
        let monday = instant(&zone, date(2026, 11, 23), 8);
        assert!(told.look(&hourly, monday));
        let again = instant(&zone, date(2026, 11, 24), 8) + missed;
        assert!(told.look(&hourly, again), "{missed}");
        assert!(!told.look(&hourly, again + SignedDuration::from_mins(1)), "{missed}");
        assert_eq!(told.0.len(), 2);
    }
}

#[test]
fn what_struck_before_it_was_switched_on_is_not_told() {
    let zone = TimeZone::UTC;
    let since = "2026-11-24T15:00:00Z".parse().unwrap();
    let hourly = Hourly { since, ..hourly(8, &zone) };
    assert_eq!(hourly.due(None, since), None);
    assert_eq!(hourly.next(since), "2026-11-25T08:00:00Z".parse().unwrap());
    assert_eq!(hourly.due(None, hourly.next(since)), Some(date(2026, 11, 25)));
}

#[test]
fn only_days_that_are_wanted_are_told() {
    let zone = TimeZone::UTC;
    let wants = |day: Date| day.weekday().to_monday_zero_offset() < 5;
    let hourly = Hourly { wants: &wants, ..hourly(8, &zone) };
    let mut told = Told::default();
    lived(&hourly, &mut told, "2026-11-23T00:00:00Z".parse().unwrap(), "2026-12-01T12:00:00Z".parse().unwrap());
    let days: Vec<i8> = told.days().iter().map(|day| day.day()).collect();
    assert_eq!(days, [23, 24, 25, 26, 27, 30, 1]);
}

#[test]
fn a_clock_that_ran_ahead_keeps_nothing_back_and_tells_nothing_twice() {
    let zone = TimeZone::UTC;
    let hourly = Hourly { since: "2026-11-24T00:00:00Z".parse().unwrap(), ..hourly(8, &zone) };
    let mut told = Told::default();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert!(told.look(&hourly, at("2026-11-24T08:00:00Z")));
    // Three hours back: the same day does not come again.
    assert!(!told.look(&hourly, at("2026-11-24T05:00:00Z")));
    assert!(!told.look(&hourly, at("2026-11-24T08:00:00Z")));
    // Three days ahead and back: the days between come, and that day not again.
    assert!(told.look(&hourly, at("2026-11-27T08:00:00Z")));
    assert!(!told.look(&hourly, at("2026-11-24T09:00:00Z")));
    assert!(told.look(&hourly, at("2026-11-25T08:00:00Z")));
    assert!(told.look(&hourly, at("2026-11-26T08:00:00Z")));
    assert!(!told.look(&hourly, at("2026-11-27T08:00:00Z")));
    assert!(told.look(&hourly, at("2026-11-28T08:00:00Z")));
}

fn any_zone() -> impl Strategy<Value = TimeZone> {
    let names: Vec<String> = tz::db().available().map(|name| name.as_str().to_owned()).collect();
    prop::sample::select(names).prop_filter_map("a zone", |name| TimeZone::get(&name).ok())
}

proptest! {
    #[test]
    fn whoever_changes_zones_is_told_no_day_twice_and_misses_none(
        zones in prop::collection::vec((any_zone(), 1_i64..200), 1..6),
        hour in 0_i16..24,
    ) {
        let mut told = Told::default();
        let start: Timestamp = "2026-06-01T12:00:00Z".parse().unwrap();
        let mut now = start;
        for (zone, hours) in &zones {
            let until = now + SignedDuration::from_hours(*hours);
            lived(&hourly(hour, zone), &mut told, now, until);
            now = until;
        }
        let mut days = told.days();
        days.sort_unstable();
        for two in days.windows(2) {
            // A day may be jumped only where its hour struck in no zone the person was in: on the way over the date line.
            let gap = (two[1] - two[0]).get_days();
            prop_assert!(gap == 1 || (gap == 2 && zones.len() > 1), "{:?}", days);
        }
        prop_assert!(told.0.windows(2).all(|two| two[0].0 < two[1].0), "{:?}", told.0);
    }

    #[test]
    fn however_often_and_whenever_somebody_looks_a_day_is_told_once(
        zone in any_zone(),
        hour in 0_i16..24,
        pauses in prop::collection::vec(1_i64..5_000, 1..300),
    ) {
        let hourly = hourly(hour, &zone);
        let mut told = Told::default();
        let mut now: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        for pause in pauses {
            now += SignedDuration::from_mins(pause);
            told.look(&hourly, now);
            prop_assert!(told.0.last().is_some_and(|(day, _)| hourly.strikes(*day) <= now));
            // Whatever struck is told by now.
            prop_assert!(hourly.due(told.days().into_iter().max(), now).is_none());
        }
        prop_assert!(told.0.windows(2).all(|two| two[0].0 < two[1].0));
    }
}
