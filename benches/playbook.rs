//! Next steps a second on one core: `cargo bench --bench playbook`. The budget is one million.

use divan::{Bencher, black_box, counter::ItemsCount};
use inroad::playbook::{
    business_days::Holidays,
    cadence::Cadence,
    event::{Event, Kind},
    replay::replay,
    standing::Rhythm,
};
use jiff::{ToSpan, civil::Date};
use uuid::Uuid;

const MONDAY: Date = Date::constant(2026, 3, 2);

/// The whole way of one contact: what happened, how many days after the first, and how far ahead its date lies.
const WAY: [(Kind, i32, Option<i32>); 12] = [
    (Kind::Found, 0, None),
    (Kind::Picked, 1, None),
    (Kind::Requested, 1, None),
    (Kind::Accepted, 4, None),
    (Kind::Asked, 4, None),
    (Kind::FollowedUp, 9, None),
    (Kind::AnsweredYes, 11, None),
    (Kind::Scheduled, 11, Some(7)),
    (Kind::Prepared, 17, None),
    (Kind::Held, 18, None),
    (Kind::Thanked, 21, None),
    (Kind::Wrote, 51, None),
];

fn main() {
    divan::main();
}

fn history(length: usize) -> Vec<Event> {
    let event = |(at, &(kind, after, ahead)): (usize, &(Kind, i32, Option<i32>))| Event {
        id: Uuid::from_u128(at as u128),
        kind,
        on: MONDAY.saturating_add(after.days()),
        until: ahead.map(|ahead| MONDAY.saturating_add((after + ahead).days())),
        undoes: None,
        in_writing: false,
    };
    WAY.iter().take(length).enumerate().map(event).collect()
}

/// A year with twenty days off.
fn cadence() -> Cadence {
    let holidays = (0..20).map(|n| MONDAY.saturating_add((n * 17).days())).collect();
    Cadence { holidays: Holidays::new(holidays).unwrap_or_default(), ..Cadence::default() }
}

/// One contact whose history has this many events.
#[divan::bench(args = [1, 3, 5, 8, 12])]
fn one_contact(bencher: Bencher<'_, '_>, length: usize) {
    let (history, cadence, today) = (history(length), cadence(), MONDAY.saturating_add(20.days()));
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| replay(black_box(&history), black_box(&cadence), Rhythm::Default).on(black_box(today)));
}

/// A thousand contacts, as many at each point of the way.
#[divan::bench]
fn a_thousand_contacts(bencher: Bencher<'_, '_>) {
    let (cadence, today) = (cadence(), MONDAY.saturating_add(20.days()));
    let histories: Vec<_> = (0..1000).map(|n| history(n % (WAY.len() + 1))).collect();
    bencher.counter(ItemsCount::new(histories.len())).bench_local(|| {
        let steps = histories.iter().map(|history| replay(black_box(history), &cadence, Rhythm::Default).on(today));
        steps.flatten().count()
    });
}

/// Counting sixty business days ahead.
#[divan::bench]
fn sixty_business_days(bencher: Bencher<'_, '_>) {
    let cadence = cadence();
    bencher.bench_local(|| black_box(&cadence).add_business_days(black_box(MONDAY), 60));
}
