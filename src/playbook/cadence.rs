//! The user's intervals, and the business days they are counted in.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::business_days::{BusinessDays, Holidays, RhythmDays, WeekStart, Weekend};
use crate::kinds::kinds;

/// How long to wait before each step, and which days count.
///
/// Every field is valid by its type, so no cadence can make a date that does not exist or a loop that does not end.
/// A stored cadence that lacks a field reads as the default of that field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cadence {
    /// From the request to asking someone else there, in business days (3B7).
    pub second_person_days: BusinessDays,
    /// From the request to trying another way, in business days (3B7).
    pub other_way_days: BusinessDays,
    /// From the plea for a talk to the first follow-up, in business days.
    pub follow_up_days: BusinessDays,
    /// From the first follow-up to the second, in business days.
    pub second_follow_up_days: BusinessDays,
    /// From the second follow-up to the moving-on note, in business days.
    pub moving_on_days: BusinessDays,
    /// From the talk to the thank-you, in days: weekends count, days off do not.
    pub thank_you_days: BusinessDays,
    /// From asking for a referral, or from the promise of one, to the one reminder, in business days.
    pub referral_reminder_days: BusinessDays,
    /// From one touch to the next reason to write, in calendar days; a contact may have its own.
    pub rhythm_days: RhythmDays,
    /// The day on which weeks begin: those of the goals, of the ceilings, and looked back on.
    pub week_begins: WeekStart,
    /// The days of the week that don't count.
    pub weekend: Weekend,
    /// The dates that don't count.
    pub holidays: Holidays,
    /// The search is over: how often to write from now on. `None` while it lasts.
    pub after_search: Option<KeepUp>,
}

impl Default for Cadence {
    fn default() -> Self {
        Self {
            second_person_days: BusinessDays::clamped(3),
            other_way_days: BusinessDays::clamped(7),
            follow_up_days: BusinessDays::clamped(3),
            second_follow_up_days: BusinessDays::clamped(5),
            moving_on_days: BusinessDays::clamped(5),
            thank_you_days: BusinessDays::clamped(1),
            referral_reminder_days: BusinessDays::clamped(5),
            rhythm_days: RhythmDays::clamped(30),
            week_begins: WeekStart::Monday,
            weekend: Weekend::default(),
            holidays: Holidays::default(),
            after_search: None,
        }
    }
}

impl Cadence {
    /// The first day of a date's week.
    pub fn week_of(&self, date: Date) -> Date {
        self.week_begins.week_of(date)
    }

    /// Whether things may be due on this date.
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.weekend.covers(date.weekday()) && !self.holidays.contains(date)
    }

    /// The first business day that is not before `date`; at the end of the calendar the last one there is.
    pub fn on_or_after(&self, date: Date) -> Date {
        self.walk(date, Date::tomorrow).or_else(|| self.walk(date, Date::yesterday)).unwrap_or(date)
    }

    /// The last business day that is not after `date`; at the beginning of the calendar the first one there is.
    pub fn on_or_before(&self, date: Date) -> Date {
        self.walk(date, Date::yesterday).unwrap_or_else(|| self.on_or_after(Date::MIN))
    }

    /// The last business day before `date`; at the beginning of the calendar the first one there is.
    pub fn before(&self, date: Date) -> Date {
        let earlier = date.yesterday().ok().and_then(|day| self.walk(day, Date::yesterday));
        earlier.unwrap_or_else(|| self.on_or_after(Date::MIN))
    }

    /// The `n`th business day after `date`, which itself does not count; with 0 the first one not before it.
    pub fn add_business_days(&self, date: Date, n: u8) -> Date {
        let mut day = date;
        for _ in 0..n {
            match day.tomorrow().ok().and_then(|next| self.walk(next, Date::tomorrow)) {
                Some(next) => day = next,
                None => break,
            }
        }
        self.on_or_after(day)
    }

    /// The next business day: to which one press puts off.
    pub fn next_day(&self, today: Date) -> Date {
        self.add_business_days(today, 1)
    }

    /// The first business day of next week.
    pub fn next_week(&self, today: Date) -> Date {
        self.on_or_after(self.week_of(today).saturating_add(7.days()))
    }

    /// The business day that lies `wait` after `date`.
    pub fn after(&self, date: Date, wait: BusinessDays) -> Date {
        self.add_business_days(date, wait.get())
    }

    /// The day someone chose: it stands, though it be a weekend; a day off moves it to the next business day.
    pub fn as_chosen(&self, date: Date) -> Date {
        if self.holidays.contains(date) { self.on_or_after(date) } else { date }
    }

    /// When thanks for something of `date` are due: the next day, or as many later as are set. Weekends count, days off do not.
    pub fn thanks_after(&self, date: Date) -> Date {
        self.as_chosen(date.saturating_add(i32::from(self.thank_you_days.get()).days()))
    }

    /// The day of return from the last day off that lies after `date`, up to and including `today`: the first business day from
    /// it on, or `today` where that has not come.
    pub fn back_between(&self, date: Date, today: Date) -> Option<Date> {
        let off = if date < today { self.holidays.within(date, today) } else { &[] };
        let last = off.iter().rev().find(|day| !self.weekend.covers(day.weekday()))?;
        Some(self.on_or_after(*last).min(today))
    }

    /// The first business day not before `date` plus `rhythm` calendar days.
    pub fn after_rhythm(&self, date: Date, rhythm: RhythmDays) -> Date {
        self.on_or_after(date.saturating_add(i32::from(rhythm.get()).days()))
    }

    /// How many business days lie after `start`, up to and including `end`; negative when `end` is the earlier one.
    pub fn business_days_between(&self, start: Date, end: Date) -> i32 {
        if end < start {
            return -self.business_days_between(end, start);
        }
        let days = start.duration_until(end).as_hours() / 24;
        let rest = (1..=days % 7).filter(|n| !self.weekend.covers(start.weekday().wrapping_add(*n))).count();
        let off = self.holidays.within(start, end).iter().filter(|date| !self.weekend.covers(date.weekday())).count();
        let whole_weeks = days / 7 * i64::from(self.weekend.working_days());
        // The whole calendar has fewer than eight million days.
        (whole_weeks as i32) + (rest as i32) - (off as i32)
    }

    /// Steps from `day` until a business day; `None` when the calendar ends first.
    ///
    /// Ends soon: each week has a working day, and at most 400 dates are taken from them.
    fn walk(&self, mut day: Date, step: impl Fn(Date) -> Result<Date, jiff::Error>) -> Option<Date> {
        while !self.is_business_day(day) {
            day = step(day).ok()?;
        }
        Some(day)
    }
}

kinds! {
    /// How often to write to the network once the search is over.
    pub enum KeepUp {
        Never = "never", "Not at all";
        Quarterly = "every_90_days", "Every 90 days";
        AsBefore = "as_before", "As often as during the search";
    }
}

impl KeepUp {
    /// The rhythm of someone who was written to every `own` days during the search; one that is slower already stays.
    pub fn rhythm(self, own: RhythmDays) -> Option<RhythmDays> {
        match self {
            Self::Never => None,
            Self::Quarterly => Some(own.max(QUARTER)),
            Self::AsBefore => Some(own),
        }
    }
}

/// A season: often enough to stay known, seldom enough to be no work. Our choice.
const QUARTER: RhythmDays = RhythmDays::clamped(90);
