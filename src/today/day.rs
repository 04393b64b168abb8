//! The lines of a day, of what was read: for the page, and for whoever tells of the day elsewhere.

use std::collections::HashMap;
use std::mem::take;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::agenda::agenda;
use super::held_back::{self, HeldBack};
use super::introductions::introduction_item;
use super::items::Item;
use super::openings;
use super::queries::{Span, WholeDay};
use crate::accounts::preferences::Preferences;
use crate::contacts::ceilings::Ceilings;
use crate::playbook::due::About;

/// The instant at which a day began for a person in `zone`.
pub fn began(zone: &TimeZone, today: Date, now: Timestamp) -> Timestamp {
    zone.to_timestamp(today.at(0, 0, 0, 0)).unwrap_or(now)
}

/// What a list of today alone is about.
pub fn span(preferences: &Preferences, zone: &TimeZone, (now, today): (Timestamp, Date)) -> Span {
    let week = preferences.cadence.week_of(today);
    Span { today, week, began: began(zone, today, now), until: today, now }
}

/// The day's lines, taken out of what was read, in their order; and the first messages that wait.
pub fn items(day: &mut WholeDay, preferences: &Preferences, (now, today): (Timestamp, Date)) -> (Vec<Item>, HeldBack) {
    let cadence = &preferences.cadence;
    let on_day = day.due.on(today, preferences.due_rules());
    let since: HashMap<Uuid, Date> = on_day.lines.iter().map(|(line, from)| (line.id, *from)).collect();
    let late: HashMap<Uuid, i32> = on_day.days_late(cadence, today).map(|(line, days)| (line.id, days)).collect();
    let stands = |id: Uuid| since.contains_key(&id);
    let days_late = |id: Uuid| late.get(&id).copied().unwrap_or_default();

    let requests = day.requests_this_week + day.introductions_asked_this_week;
    let ceilings = Ceilings::new(preferences, requests, day.notes_this_month, today);
    let name = |id| {
        let step = day.steps.iter().find(|row| row.id == id).map(|row| (row.name.as_str(), row.employer.as_deref()));
        step.or_else(|| day.due.people.iter().find(|person| person.id == id).map(|person| (person.name.as_str(), None)))
    };
    let held_back = held_back::in_words(&on_day, name, &ceilings, cadence, today);

    day.steps.retain(|row| stands(row.id.0));
    day.steps.iter_mut().for_each(|row| row.days_late = days_late(row.id.0));
    day.promises.iter_mut().for_each(|row| row.days_late = days_late(row.id.0));
    day.referrals.iter_mut().for_each(|row| row.days_late = days_late(row.id.0));
    day.tasks.iter_mut().for_each(|row| row.days_late = days_late(row.id));
    day.openings.iter_mut().for_each(|row| row.days_late = days_late(row.id.0));
    day.careers.retain(|row| stands(row.id.0));
    let look_since = on_day.of(About::Careers).map(|(_, from)| from).min();
    let answers_late = on_day.of(About::Offer).map(|(id, _)| days_late(id)).max().unwrap_or_default();
    let introductions = take(&mut day.introductions.0).into_iter();
    let introductions = introductions.filter_map(|row| {
        let due = *since.get(&row.id.0)?;
        let late = days_late(row.id.0);
        Some(introduction_item(row, due, late, today))
    });
    let (steps_of_openings, careers) = (take(&mut day.openings.0), take(&mut day.careers.0));
    let mut others = openings::lines(steps_of_openings, &careers, look_since, &day.offers.0, answers_late, today);
    others.extend(introductions);
    let (promises, referrals, tasks) = (take(&mut day.promises.0), take(&mut day.referrals.0), take(&mut day.tasks.0));
    (agenda(take(&mut day.steps.0), promises, referrals, tasks, others, cadence, (now, today)), held_back)
}
