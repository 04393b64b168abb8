//! Being away: a stretch of days on which nothing is due, and what was so before it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::business_days::{Holidays, NotACadence};
use super::cadence::Cadence;

/// A stretch in which the user is away. Its days are days off in the cadence as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The first day.
    pub from: Date,
    /// The last day, not before the first.
    pub to: Date,
    /// The first business day after it: what was to fall into the stretch is due there.
    pub back: Date,
    /// Note.
    #[serde(default)]
    pub word: String,
    /// Those of its days that were days off anyway, and stay so.
    #[serde(default)]
    pub kept: Vec<Date>,
}

impl Away {
    /// Goes away: the cadence gets the days as days off.
    ///
    /// # Errors
    /// When there would be more days off than are kept.
    pub fn begin(from: Date, to: Date, word: String, cadence: &mut Cadence) -> Result<Self, NotACadence> {
        let days = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to);
        let (kept, new): (Vec<Date>, Vec<Date>) = days.partition(|day| cadence.holidays.contains(*day));
        cadence.holidays = Holidays::new([cadence.holidays.dates(), new.as_slice()].concat())?;
        let back = cadence.on_or_after(to.tomorrow().unwrap_or(to));
        Ok(Self { from, to, back, word, kept })
    }

    /// Is back on `day`, or never goes: its days from then on are days off only as far as they were before.
    pub fn end(&self, day: Date, cadence: &mut Cadence) {
        let stays = |date: &Date| !self.contains(*date) || *date < day || self.kept.contains(date);
        let dates = cadence.holidays.dates().iter().copied().filter(stays).collect();
        // There are not more of them than before.
        if let Ok(holidays) = Holidays::new(dates) {
            cadence.holidays = holidays;
        }
    }

    /// Whether a date lies in it.
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// Whether it has a day in common with the stretch between these.
    pub fn meets(&self, from: Date, to: Date) -> bool {
        self.from <= to && from <= self.to
    }

    /// Whether its last day lies before `today`.
    pub fn is_over(&self, today: Date) -> bool {
        self.to < today
    }
}
