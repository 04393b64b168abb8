//! The playbook's rules, row by row and as properties over random histories.

mod approach;
mod away;
mod calendar;
mod ceilings;
mod days;
mod histories;
mod properties;
mod referrals;
mod stuck;
mod suggestions;
mod table;
mod touch;
mod zones;

use jiff::civil::Date;
use proptest::prelude::ProptestConfig;
use uuid::Uuid;

use super::replay::replay;
use super::{
    business_days::Holidays,
    cadence::Cadence,
    event::{Event, Kind},
    stage::Stage,
    standing::{Next, Rhythm, Standing},
    step::Step,
};

/// How many cases a property is tried on: `usual`, or as many times more as `INROAD_HISTORIES` says.
fn many(usual: u32) -> ProptestConfig {
    let times = std::env::var("INROAD_HISTORIES").ok().and_then(|times| times.parse().ok()).unwrap_or(1_u32);
    ProptestConfig::with_cases(usual.saturating_mul(times))
}

/// A day of March 2026, whose second is a Monday.
const fn march(day: i8) -> Date {
    Date::constant(2026, 3, day)
}

/// A day of April 2026, whose first is a Wednesday.
fn april(day: i8) -> Date {
    Date::constant(2026, 4, day)
}

fn event(kind: Kind, on: Date) -> (Kind, Date, Option<Date>) {
    (kind, on, None)
}

fn until(kind: Kind, on: Date, until: Date) -> (Kind, Date, Option<Date>) {
    (kind, on, Some(until))
}

/// These events, their ids in this order.
fn history(events: &[(Kind, Date, Option<Date>)]) -> Vec<Event> {
    let event = |(at, &(kind, on, until)): (usize, &(Kind, Date, Option<Date>))| Event {
        id: Uuid::from_u128(at as u128),
        kind,
        on,
        until,
        undoes: None,
        in_writing: false,
    };
    events.iter().enumerate().map(event).collect()
}

type Row<'a> = (&'a [(Kind, Date, Option<Date>)], Stage, Option<Next>);

fn check(rows: &[Row<'_>]) {
    for (events, stage, next) in rows {
        let standing = standing(events);
        assert_eq!((standing.stage, standing.next), (*stage, *next), "after {events:?}");
    }
}

fn standing(events: &[(Kind, Date, Option<Date>)]) -> Standing {
    replay(&history(events), &Cadence::default(), Rhythm::Default)
}

fn due(step: Step, due: Date) -> Option<Next> {
    Some(Next { step, due: Some(due) })
}

fn undated(step: Step) -> Option<Next> {
    Some(Next { step, due: None })
}

fn with_holidays(dates: &[Date]) -> Cadence {
    Cadence { holidays: Holidays::new(dates.to_vec()).unwrap(), ..Cadence::default() }
}
