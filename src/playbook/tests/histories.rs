//! Random cadences and histories: part what a user would do, part anything at all.

use jiff::{ToSpan, civil::Date};
use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use crate::playbook::{
    business_days::{BusinessDays, Day, Holidays, RhythmDays, WeekStart, Weekend},
    cadence::{Cadence, KeepUp},
    event::{Event, Kind},
    replay::Replay,
    standing::{Rhythm, Standing},
    step::Step,
};

/// A day of the years 2026 and 2027.
pub fn date() -> impl Strategy<Value = Date> {
    (0..730).prop_map(day)
}

fn day(n: i32) -> Date {
    Date::constant(2026, 1, 1).saturating_add(n.days())
}

fn wait() -> impl Strategy<Value = BusinessDays> {
    prop_oneof![4 => 1_u8..=10, 1 => 1_u8..=60].prop_map(|days| BusinessDays::try_from(days).unwrap())
}

fn rhythm_days() -> impl Strategy<Value = RhythmDays> {
    (1_u16..=90).prop_map(|days| RhythmDays::try_from(days).unwrap())
}

/// Any cadence; its holidays lie where the histories do.
pub fn cadence() -> impl Strategy<Value = Cadence> {
    let waits = (wait(), wait(), wait(), wait(), wait(), wait(), wait());
    let free = prop_oneof![
        2 => Just(Weekend::default()),
        1 => vec(select(Day::ALL), 0..7).prop_filter_map("no working day", |days| Weekend::new(days).ok()),
    ];
    let after = option::weighted(0.2, select(KeepUp::ALL));
    (waits, rhythm_days(), select(WeekStart::ALL), free, vec(date(), 0..60), after).prop_map(
        |(waits, rhythm_days, week_begins, weekend, holidays, after_search)| Cadence {
            second_person_days: waits.0,
            other_way_days: waits.1,
            follow_up_days: waits.2,
            second_follow_up_days: waits.3,
            moving_on_days: waits.4,
            thank_you_days: waits.5,
            referral_reminder_days: waits.6,
            rhythm_days,
            week_begins,
            weekend,
            holidays: Holidays::new(holidays).unwrap(),
            after_search,
        },
    )
}

fn rhythm() -> impl Strategy<Value = Rhythm> {
    prop_oneof![3 => Just(Rhythm::Default), 2 => rhythm_days().prop_map(Rhythm::Days), 1 => Just(Rhythm::Never)]
}

/// A contact with its settings and everything that happened, in order.
#[derive(Debug, Clone)]
pub struct Case {
    pub cadence: Cadence,
    pub rhythm: Rhythm,
    pub events: Vec<Event>,
}

/// One standing and what made it: the standing before, the event, the standing after.
pub struct Moment<'a> {
    pub before: Standing,
    pub event: Event,
    pub after: Standing,
    /// Everything so far was done as proposed: no step was dismissed or done in another way.
    pub as_proposed: bool,
    /// What takes the events after this one.
    pub replay: Replay<'a>,
}

impl Case {
    /// Every event with the standings around it; what is undone is left out.
    pub fn moments(&self) -> Vec<Moment<'_>> {
        let undone: Vec<Uuid> = self.events.iter().filter_map(|event| event.undoes).collect();
        let mut replay = Replay::new(&self.cadence, self.rhythm);
        let mut as_proposed = true;
        let mut moments = Vec::new();
        for event in self.events.iter().filter(|event| !undone.contains(&event.id)) {
            let before = replay.standing();
            replay.take(event);
            as_proposed &= !matches!(event.kind, Kind::Dismissed | Kind::DoneOtherwise);
            moments.push(Moment {
                before,
                event: *event,
                after: replay.standing(),
                as_proposed,
                replay: replay.clone(),
            });
        }
        moments
    }
}

/// How the next event is chosen.
#[derive(Debug, Clone, Copy)]
enum Choice {
    /// What the next step proposes.
    Proposed,
    /// What the page offers for the stage.
    Offered(usize),
    /// Anything.
    Any(Kind),
    /// Take back an earlier event.
    Undo(usize),
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        5 => Just(Choice::Proposed),
        3 => (0_usize..1000).prop_map(Choice::Offered),
        3 => select(Kind::ALL).prop_map(Choice::Any),
        1 => (0_usize..1000).prop_map(Choice::Undo),
    ]
}

/// A contact and up to forty events, over a year at most.
pub fn case() -> impl Strategy<Value = Case> {
    let happening = (choice(), 0..9_i32, option::weighted(0.8, -5..40_i32), prop::bool::weighted(0.2));
    (cadence(), rhythm(), vec(happening, 0..40)).prop_map(|(cadence, rhythm, happenings)| {
        let mut events: Vec<Event> = Vec::new();
        let mut replay = Replay::new(&cadence, rhythm);
        let mut n = 0;
        for (choice, gap, ahead, in_writing) in happenings {
            n += gap;
            let on = day(n);
            let standing = replay.standing();
            let offered = Kind::offered(standing.stage);
            let kind = match choice {
                Choice::Proposed => match standing.on(on).map(|next| next.step) {
                    Some(Step::SetTime) => Kind::Scheduled,
                    step => step.and_then(Step::done_as).unwrap_or(Kind::Reopened),
                },
                Choice::Offered(at) => offered[at % offered.len()],
                Choice::Any(kind) => kind,
                Choice::Undo(_) => Kind::Undone,
            };
            let undoes = match choice {
                Choice::Undo(at) if !events.is_empty() => Some(events[at % events.len()].id),
                _ => None,
            };
            let until = ahead.filter(|_| kind.takes_date()).map(|ahead| day(n + ahead));
            let event = Event { id: Uuid::from_u128(events.len() as u128), kind, on, until, undoes, in_writing };
            replay.take(&event);
            events.push(event);
        }
        Case { cadence, rhythm, events }
    })
}
