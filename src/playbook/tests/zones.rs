//! Civil dates around changes of the clock: no due date ever goes to another day.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, sample::select};

use super::{histories, many};
use crate::clock::date_in;
use crate::playbook::replay::replay;

/// Zones with every kind of change: at midnight, at night, by half an hour, twice a year, a whole day left out, none at all.
const ZONES: [&str; 24] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Havana",
    "America/Asuncion",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Every change of the clock in the zone between 2012 and 2040. (Until 2011 Newfoundland went back to the evening before at one
/// minute past midnight, so that a date really came twice.)
fn changes(zone: &TimeZone) -> Vec<Timestamp> {
    let start = TimeZone::UTC.to_timestamp(date(2012, 1, 1).at(0, 0, 0, 0)).unwrap();
    let end = TimeZone::UTC.to_timestamp(date(2040, 1, 1).at(0, 0, 0, 0)).unwrap();
    zone.following(start).map(|change| change.timestamp()).take_while(|at| *at < end).collect()
}

/// The instants at which a civil day begins and ends; `None` where the zone left that day out.
fn day_bounds(zone: &TimeZone, day: Date) -> Option<(Timestamp, Timestamp)> {
    let begins = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).ok();
    let (start, end) = (begins(day)?, begins(day.tomorrow().ok()?)?);
    (date_in(zone, start) == day).then_some((start, end))
}

#[test]
fn every_instant_of_a_day_has_that_days_date_whatever_the_clocks_do() {
    let mut seen = 0;
    for name in ZONES {
        let zone = zone(name);
        for at in changes(&zone) {
            // From two days before to two days after, in steps that meet both sides of every quarter of an hour.
            let (mut instant, end) = (at - SignedDuration::from_hours(48), at + SignedDuration::from_hours(48));
            let mut last = date_in(&zone, instant);
            while instant < end {
                let day = date_in(&zone, instant);
                assert!(day >= last, "{name}: {instant} goes back from {last} to {day}");
                let (start, next) = day_bounds(&zone, day).unwrap_or_else(|| panic!("{name}: {day} is left out"));
                assert!(start <= instant && instant < next, "{name}: {instant} is not within {day}");
                (last, seen) = (day, seen + 1);
                instant += SignedDuration::from_mins(7);
            }
            for beside in [at - SignedDuration::from_nanos(1), at, at + SignedDuration::from_nanos(1)] {
                let (start, next) = day_bounds(&zone, date_in(&zone, beside)).unwrap();
                assert!(start <= beside && beside < next, "{name}: {beside}");
            }
        }
    }
    assert!(seen > 500_000, "only {seen} instants were looked at");
}

#[test]
fn a_day_that_a_zone_left_out_is_nobodys_today() {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    let apia = zone("Pacific/Apia");
    let after = "2011-12-30T10:00:00Z".parse::<Timestamp>().unwrap();
    assert_eq!(date_in(&apia, after - SignedDuration::from_nanos(1)), date(2011, 12, 29));
    assert_eq!(date_in(&apia, after), date(2011, 12, 31));
}

proptest! {
    #![proptest_config(many(1_000))]

    #[test]
    fn what_is_planned_depends_on_the_day_alone(
        case in histories::case(), name in select(&ZONES[..]), pick in any::<prop::sample::Index>(), back in 0..86_400_i64, ahead in 0..86_400_i64,
    ) {
        let zone = zone(name);
        let changes = changes(&zone);
        let at = if changes.is_empty() { Timestamp::UNIX_EPOCH } else { *pick.get(&changes) };
        // Two instants of one civil day, one on each side of the change wherever it lies within the day.
        let day = date_in(&zone, at);
        let Some((start, end)) = day_bounds(&zone, day) else { return Ok(()) };
        let one = (at - SignedDuration::from_secs(back)).max(start);
        let other = (at + SignedDuration::from_secs(ahead)).min(end - SignedDuration::from_nanos(1));
        let (on, again) = (date_in(&zone, one), date_in(&zone, other));
        prop_assert_eq!((on, again), (day, day));
        // The same happens at either instant: the same is due on the same day.
        if let Some(event) = case.events.last() {
            let due = |on: Date| {
                let mut events = case.events.clone();
                events.push(crate::playbook::event::Event { id: uuid::Uuid::max(), on, undoes: None, ..*event });
                replay(&events, &case.cadence, case.rhythm)
            };
            prop_assert_eq!(due(on), due(again));
        }
    }
}
