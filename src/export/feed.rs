//! The calendar feed: talks, and by choice what is due, for a calendar that subscribes to a secret address.
//!
//! It follows RFC 5545 and, for a calendar that asks again by itself, RFC 7986. Nothing in it was said in a talk. A cancelled talk
//! stays for a while, so that every calendar hears of it.

use std::str::FromStr;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Trigger};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::queries::cards::{self, TalkRow};
use super::queries::feed::{self as queries, StepRow};
use super::wording::said;
use crate::access::{Owner, Viewer};
use crate::accounts::queries::feed::{self as feeds, Subscribed};
use crate::accounts::token::Token;
use crate::app::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::interviews::scheduling::calendar::{self, Entry};
use crate::playbook::talk::{Medium, Status};
use crate::web::download::headers_of;
use crate::web::etag;
use crate::web::path::Id;

/// How long talks that are over stay, and how long those that were cancelled do.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Days ahead whose steps are given.
const AHEAD: i64 = 60;
/// That a calendar asked is noted no more often than this.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// The name of a feed's file: its secret.
pub struct FileName(Token);

impl FromStr for FileName {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        text.strip_suffix(".ics").and_then(Token::parse).map(Self).ok_or(Error::NotFound)
    }
}

/// `GET /calendar/{file}`
pub async fn show(State(app): State<App>, headers: HeaderMap, Id(FileName(token)): Id<FileName>) -> Result<Response> {
    let now = app.clock.now();
    let mut db = app.connection().await?;
    let of = feeds::subscribed(&mut *db, &token.hash()).await?.ok_or(Error::NotFound)?;
    let by = Viewer::granted(of.owner);
    let zone = TimeZone::get(&of.zone).unwrap_or(TimeZone::UTC);
    let today = clock::date_in(&zone, now);
    let talks = cards::talks(&mut db, by, Some(now - KEPT)).await?;
    let until = today.saturating_add(AHEAD.days());
    let steps = match of.steps {
        true => queries::steps(&mut *db, by, until, of.preferences.is_search_over()).await?,
        false => Vec::new(),
    };
    if of.read_at.is_none_or(|last| now.duration_since(last.0) > NOTED_EVERY) {
        feeds::note(&mut *db, Owner::granted(of.owner), now).await?;
    }
    drop(db);
    let text = calendar::text_of(&written(&of, &talks, &steps, &zone, (now, today)));
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    let name = HeaderValue::from_static("inline; filename=\"inroad.ics\"");
    Ok(etag::answer(&headers, text.as_bytes(), |tagged| (tagged, headers_of(kind, name), text.clone()).into_response()))
}

fn written(
    of: &Subscribed,
    talks: &[TalkRow],
    steps: &[StepRow],
    zone: &TimeZone,
    (now, today): (Timestamp, Date),
) -> Calendar {
    let mut all = calendar::empty();
    for (key, value) in [("NAME", "Inroad"), ("X-WR-CALNAME", "Inroad"), ("X-PUBLISHED-TTL", "PT1H")] {
        all.append_property((key, value));
    }
    all.append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    for row in talks.iter().filter(|row| is_given(row, now)) {
        let mut event = calendar::event(&entry(row, &of.name, None, zone));
        if let Some(alarm) = of.alarm.and_then(|minutes| reminder(row, minutes)) {
            event.alarm(alarm);
        }
        all.push(event);
    }
    for row in steps {
        all.push(step(row, today));
    }
    all
}

/// Whether a calendar still hears of a talk.
fn is_given(row: &TalkRow, now: Timestamp) -> bool {
    let since = if row.status == Status::Cancelled { row.changed_at.0.max(row.starts_at.0) } else { row.starts_at.0 };
    now.duration_since(since) < KEPT
}

/// A talk as a calendar shows it, under the user's name and, where it may be told, their address.
pub(super) fn entry<'a>(row: &'a TalkRow, my_name: &'a str, my_email: Option<&'a str>, zone: &TimeZone) -> Entry<'a> {
    Entry {
        id: row.id,
        sequence: u32::try_from(row.sequence).unwrap_or_default(),
        stamp: row.changed_at.0,
        starts: row.starts_at.0,
        day: zone.to_datetime(row.starts_at.0).date(),
        minutes: u16::try_from(row.minutes).unwrap_or_default(),
        my_name,
        my_email,
        their_name: &row.name,
        company: row.company.as_deref(),
        way: row.way,
        connect: row.place.as_deref(),
        about: None,
        cancelled: row.status == Status::Cancelled,
    }
}

/// The calendar's own reminder of a talk that is to come at an hour.
fn reminder(row: &TalkRow, minutes: i16) -> Option<Alarm> {
    let comes = row.status == Status::Scheduled && row.way != Medium::InWriting;
    // The library takes lengths of another one's; it reads them from text, too.
    let length = Trigger::try_from(&Property::new("TRIGGER", format!("PT{minutes}M"))).ok().filter(|_| comes)?;
    let trigger = Trigger::before_start(*length.as_duration()?);
    let mut alarm = Alarm::display(&format!("Talk with {}", row.name), trigger);
    // Left to the library, both would be others each time, and the feed never the same.
    alarm.uid(&format!("alarm-{}@inroad", row.id)).add_property("DTSTAMP", calendar::utc(row.changed_at.0));
    Some(alarm)
}

/// Something that is due, on its day, or today where that is over.
fn step(row: &StepRow, today: Date) -> Event {
    let day = row.due.max(today);
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}@inroad", row.about, row.id))
        .add_property("DTSTAMP", format!("{}T000000Z", day_of(today)))
        .summary(&calendar::one_line(&said(row)));
    for (name, day) in [("DTSTART", day), ("DTEND", day.tomorrow().unwrap_or(day))] {
        event.append_property(Property::new(name, day_of(day)).add_parameter("VALUE", "DATE").done());
    }
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

fn day_of(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    use crate::playbook::due::About;

    #[test]
    fn what_is_late_stands_on_today() {
        let (today, due) = (date(2026, 11, 24), date(2026, 11, 20));
        let (what, name) = (Some("thank".into()), "Grace Hopper".into());
        let row = StepRow { about: About::Contact, id: Uuid::nil(), due, name, what, whose: None };
        let event = step(&row, today).to_string();
        assert!(
            event.contains("DTSTART;VALUE=DATE:20261124") && event.contains("DTEND;VALUE=DATE:20261125"),
            "{event}"
        );
    }
}
