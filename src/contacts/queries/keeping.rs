//! What a contact's page shows of keeping in touch; gathered by the page's own statement.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::dates::DateRow;
use super::reasons::{AdviceRow, ReasonRow};
use crate::ids::ReasonId;

/// Rhythm, dates, reasons, and advice to act on.
#[derive(Debug, Deserialize)]
pub struct Keeping {
    /// As [`Rhythm::kept`](crate::playbook::standing::Rhythm::kept) wrote it.
    pub rhythm_days: Option<i16>,
    /// The date of theirs the next step is for.
    pub occasion_on: Option<Date>,
    /// By day of the year.
    pub dates: Vec<DateRow>,
    /// Those not used yet, the oldest first.
    pub reasons: Vec<ReasonRow>,
    /// The oldest first.
    pub advice: Vec<AdviceRow>,
    /// The reason that was chosen to write with.
    #[serde(skip)]
    pub chosen: Option<ReasonId>,
}

impl Keeping {
    /// The reason that was chosen to write with, while it is open.
    pub fn chosen(&self) -> Option<&ReasonRow> {
        self.reasons.iter().find(|reason| Some(reason.id) == self.chosen)
    }

    /// A date of theirs that comes within three days.
    pub fn near(&self, today: Date) -> Option<(&DateRow, Date)> {
        let (yesterday, last) = (today.saturating_sub(1.day()), today.saturating_add(3.days()));
        let comes = |date: &DateRow| date.stored.yearly()?.after(yesterday).filter(|on| *on <= last);
        self.dates.iter().find_map(|date| comes(date).map(|on| (date, on)))
    }

    /// The date of theirs the next step is for.
    pub fn occasion(&self) -> Option<(&DateRow, Date)> {
        let on = self.occasion_on?;
        let falls_on = |date: &&DateRow| date.stored.yearly().and_then(|day| day.in_year(on.year())) == Some(on);
        self.dates.iter().find(falls_on).map(|date| (date, on))
    }
}
