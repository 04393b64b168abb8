//! What was agreed on for a talk, and setting it.

use jiff::civil::{Date, Time, time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use sqlx::PgConnection;

use super::when;
use crate::access::Owner;
use crate::accounts::reminding;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self, Recorded};
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::queries::changes::Appointment;
use crate::interviews::queries::listed::Partner;
use crate::interviews::queries::{changes, proposals};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::talk::Medium;
use crate::web::words;

/// How far from today a talk may be, in years.
const YEARS: i64 = 2;

/// The length of a talk: one of those offered, or as many minutes as were typed.
pub fn minutes(length: &str, other: &str) -> Result<i16, &'static str> {
    let typed = if length == "other" { other } else { length };
    let minutes = typed.trim().parse().map_err(|_| "Write the length in minutes, from 5 to 240")?;
    if (5..=240).contains(&minutes) { Ok(minutes) } else { Err("A talk takes from 5 to 240 minutes") }
}

/// A day near enough to be meant.
pub fn date(typed: &str, today: Date) -> Result<Date, String> {
    let date: Date = typed.trim().parse().map_err(|_| "Write the date as year-month-day, like 2026-11-24")?;
    let years = Span::new().years(YEARS);
    let (first, last) = (today.checked_sub(years), today.checked_add(years));
    let near = first.is_ok_and(|first| first <= date) && last.is_ok_and(|last| date <= last);
    if near { Ok(date) } else { Err(format!("That's more than {YEARS} years away. Check the year")) }
}

/// The present, and how days are counted.
pub struct When<'a> {
    pub now: Timestamp,
    pub zone: &'a TimeZone,
    pub cadence: &'a Cadence,
}

/// Sets a talk: its row, the line in the history, and the times that were proposed are answered. False if it is set already.
pub async fn set(
    db: &mut PgConnection,
    by: Owner,
    id: InterviewId,
    partner: &Partner,
    new: &Appointment,
    When { now, zone, cadence }: When<'_>,
) -> Result<bool> {
    if !changes::insert(&mut *db, by, id, partner.id, partner.company_id, new, now).await? {
        return Ok(false);
    }
    reminding::talks_changed(&mut *db, by, now).await?;
    let touchpoint = NewTouchpoint {
        until: Some(zone.to_datetime(new.starts_at).date()),
        interview: Some(id),
        ..NewTouchpoint::new(Kind::Scheduled, crate::clock::date_in(zone, now), now)
    };
    if let Recorded::NoContact = record::record(db, by, partner.id, &touchpoint, cadence, now).await? {
        return Err(Error::NotFound);
    }
    proposals::answer(db, by, partner.id, Some(now)).await?;
    Ok(true)
}

/// Lengths that are offered, in minutes; others are typed.
pub const LENGTHS: [(&str, &str); 4] =
    [("15", "15 minutes"), ("20", "20 minutes"), ("30", "30 minutes"), ("other", "Another length")];

/// The hour until which answers in writing are awaited, where none is named.
pub const END_OF_DAY: Time = time(17, 0, 0, 0);

/// The time on both clocks.
pub fn told(mine: &TimeZone, today: Date, new: &Appointment, name: &str) -> String {
    if new.way == Medium::InWriting {
        return format!("Answers by {}", words::full_day(mine.to_datetime(new.starts_at).date(), today));
    }
    when::told(new.starts_at, mine, new.their_time_zone.as_deref(), name, today)
}

/// The sentence after saving.
pub fn said(mine: &TimeZone, today: Date, new: &Appointment, name: &str, what: &str) -> String {
    format!("{what}: {}.", told(mine, today, new, name))
}
