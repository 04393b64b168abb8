//! When something that comes once a day, or on some days, is to be told. Pure.
//!
//! Each day strikes its hour once: where clocks jump over it, at the first instant after the jump; where it comes twice, the first
//! time. Told is the day that struck last, so what a stopped program missed comes once, late, and not once for each day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::clock::date_in;

/// Days behind among which the last to strike is found; one may be missing altogether where a zone changed its side of the date line.
const BEHIND: i64 = 3;
/// Days ahead among which the next is looked for.
const AHEAD: i64 = 8;
/// The longest time until somebody looks again: holidays and the rules of zones change meanwhile.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// An hour of the day, on days that are wanted.
pub struct Hourly<'a> {
    /// The hour where the person is.
    pub hour: i16,
    /// Where that is.
    pub zone: &'a TimeZone,
    /// When it was switched on: nothing from before is told.
    pub since: Timestamp,
    /// Which days are wanted.
    pub wants: &'a dyn Fn(Date) -> bool,
}

impl Hourly<'_> {
    /// When a day strikes the hour.
    pub fn strikes(&self, day: Date) -> Timestamp {
        let hour = i8::try_from(self.hour).unwrap_or_default();
        self.zone.to_ambiguous_timestamp(day.at(hour, 0, 0, 0)).compatible().unwrap_or(Timestamp::MAX)
    }

    /// The day that is to be told at `now`, where the last that was told is `last`.
    pub fn due(&self, last: Option<Date>, now: Timestamp) -> Option<Date> {
        let today = date_in(self.zone, now);
        let mut days = (-1..=BEHIND).map(|back| today.saturating_sub(back.days()));
        let day = days.find(|day| self.strikes(*day) <= now)?;
        let is_new = last.is_none_or(|last| day > last) && self.strikes(day) >= self.since;
        (is_new && (self.wants)(day)).then_some(day)
    }

    /// When to look again after `now`: at the next day that is wanted, and at the latest a day from now.
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let today = date_in(self.zone, now);
        let days = (-1..=AHEAD).map(|ahead| today.saturating_add(ahead.days()));
        let strikes = days.filter(|day| (self.wants)(*day)).map(|day| self.strikes(day)).find(|at| *at > now);
        strikes.unwrap_or(Timestamp::MAX).min(now + LONGEST)
    }
}

#[cfg(test)]
mod tests;
