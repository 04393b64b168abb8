//! Dates of theirs that come back every year, and when to write for them.

use jiff::civil::Date;

use super::cadence::Cadence;
use crate::kinds::kinds;

kinds! {
    /// What a date of theirs is.
    pub enum DateKind {
        Birthday = "birthday", "Birthday";
        WorkAnniversary = "work_anniversary", "Work anniversary";
        /// Something else, in the user's own word.
        Other = "other", "Another day";
    }
}

/// A day that no calendar has, such as 31 April.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no year has that day")]
pub struct NotADay;

/// A day of the year, with the year it began in where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearlyDay {
    month: i8,
    day: i8,
    since: Option<i16>,
}

impl YearlyDay {
    /// The day of that month; before the year `since` it does not come.
    ///
    /// # Errors
    /// When no year has such a day.
    pub fn new(month: i8, day: i8, since: Option<i16>) -> Result<Self, NotADay> {
        // 2000 has every day a year can have.
        Date::new(2000, month, day).map_err(|_| NotADay)?;
        Ok(Self { month, day, since })
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> i8 {
        self.day
    }

    /// The year it began in, where that is known.
    pub const fn since(self) -> Option<i16> {
        self.since
    }

    /// The day in that year: 29 February is 28 February where there is none.
    pub fn in_year(self, year: i16) -> Option<Date> {
        if self.since.is_some_and(|since| year < since) {
            return None;
        }
        let day = Date::new(year, self.month, self.day);
        day.or_else(|_| Date::new(year, self.month, 28)).ok()
    }

    /// The first time it comes after that date; `None` at the end of the calendar.
    pub fn after(self, date: Date) -> Option<Date> {
        let first = self.since.map_or(date.year(), |since| since.max(date.year()));
        [Some(first), first.checked_add(1)].into_iter().flatten().find_map(|year| {
            let day = self.in_year(year)?;
            (day > date).then_some(day)
        })
    }
}

/// A date of theirs that is coming, and the day on which to write for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occasion {
    /// The business day to write on.
    pub due: Date,
    /// The day itself.
    pub on: Date,
}

/// One date of theirs, and up to where it is seen to.
#[derive(Debug, Clone, Copy)]
struct Watched {
    day: YearlyDay,
    /// What came up to here has been seen to.
    after: Date,
    /// The coming one was put off to here.
    put_off: Option<Date>,
}

impl Watched {
    fn coming(&self, cadence: &Cadence) -> Option<Occasion> {
        let on = self.day.after(self.after)?;
        let due = self.put_off.unwrap_or_else(|| match cadence.on_or_before(on) {
            due if due > self.after => due,
            // Every day between is off: better late than on the day of the last touch.
            _ => cadence.on_or_after(on),
        });
        Some(Occasion { due, on })
    }

    fn seen_to(&mut self, until: Date) {
        let coming = self.day.after(self.after);
        self.after = self.after.max(until);
        if self.day.after(self.after) != coming {
            self.put_off = None;
        }
    }
}

/// The dates of one contact while its history is read.
#[derive(Debug, Clone)]
pub(super) struct Occasions(Vec<Watched>);

impl Occasions {
    pub(super) fn new(days: &[YearlyDay]) -> Self {
        Self(days.iter().map(|day| Watched { day: *day, after: Date::MIN, put_off: None }).collect())
    }

    /// The one to write for first.
    pub(super) fn next(&self, cadence: &Cadence) -> Option<Occasion> {
        self.0.iter().filter_map(|watched| watched.coming(cadence)).min()
    }

    /// Nothing that lies before that day is made up for.
    pub(super) fn begin(&mut self, on: Date) {
        self.0.iter_mut().for_each(|watched| watched.seen_to(on));
    }

    /// The two were in contact: whatever was to be written for by then is done with, also where the day itself is still to come.
    pub(super) fn touched(&mut self, on: Date, cadence: &Cadence) {
        for watched in &mut self.0 {
            let written_for = watched.coming(cadence).filter(|occasion| occasion.due <= on);
            watched.seen_to(written_for.map_or(on, |occasion| occasion.on.max(on)));
        }
    }

    /// The one shown is left out this year.
    pub(super) fn dismiss(&mut self, shown: Occasion, cadence: &Cadence) {
        if let Some(watched) = self.find(shown, cadence) {
            watched.seen_to(shown.on);
        }
    }

    /// The one shown is written for another day.
    pub(super) fn put_off(&mut self, shown: Occasion, until: Date, cadence: &Cadence) {
        if let Some(watched) = self.find(shown, cadence) {
            watched.put_off = Some(until);
        }
    }

    fn find(&mut self, shown: Occasion, cadence: &Cadence) -> Option<&mut Watched> {
        self.0.iter_mut().find(|watched| watched.coming(cadence) == Some(shown))
    }
}
