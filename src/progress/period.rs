//! The days that are looked at.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::playbook::business_days::WeekStart;
use crate::web::dates::shown;
use crate::web::form::Errors;

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    /// Not before `from`.
    pub to: Date,
}

/// The period as the address says it; both empty for the whole search.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct PeriodQuery {
    pub from: String,
    pub to: String,
}

impl Period {
    /// Whether the day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// 'Since 1 September.', 'From 1 September to 30 September.' in words.
    pub fn said(&self, today: Date) -> String {
        let day = |date| if date == today { "today".to_owned() } else { shown().long(date, today) };
        match self.to == today {
            true => format!("Since {}.", day(self.from)),
            false => format!("From {} to {}.", day(self.from), day(self.to)),
        }
    }

    /// The first days of its weeks, in order; the first may lie before the period.
    pub fn weeks(&self, begins: WeekStart) -> Vec<Date> {
        let first = begins.week_of(self.from);
        std::iter::successors(Some(first), |day| day.checked_add(7.days()).ok())
            .take_while(|day| *day <= self.to)
            .collect()
    }
}

impl PeriodQuery {
    /// The last so many weeks, this one included.
    pub fn weeks(weeks: i64, begins: WeekStart, today: Date) -> Self {
        let from = begins.week_of(today).saturating_sub((weeks - 1).weeks());
        Self { from: from.to_string(), to: String::new() }
    }

    /// The days meant; what is left open reaches from the beginning of the search to today.
    ///
    /// # Errors
    /// A date that is none, a day to come, or an end before the beginning; by field.
    pub fn parse(&self, began: Option<Date>, today: Date) -> Result<Period, Errors> {
        let mut errors = Errors::default();
        let from = errors.optional_date("from", &self.from);
        let to = errors.optional_date("to", &self.to).unwrap_or(today);
        let from = from.unwrap_or_else(|| began.unwrap_or(today).min(to));
        if to > today {
            errors.add("to", "Today, or a day before it");
        }
        if from > to {
            errors.add("from", "Not after the last day");
        }
        if errors.is_empty() { Ok(Period { from, to }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn query(from: &str, to: &str) -> PeriodQuery {
        PeriodQuery { from: from.into(), to: to.into() }
    }

    #[test]
    fn what_is_left_open_is_the_whole_search() {
        let whole = query("", "").parse(Some(date(2026, 9, 1)), TODAY).unwrap();
        assert_eq!(whole, Period { from: date(2026, 9, 1), to: TODAY });
        let empty = query("", "").parse(None, TODAY).unwrap();
        assert_eq!(empty, Period { from: TODAY, to: TODAY });
        let before_it_began = query("", "2026-08-01").parse(Some(date(2026, 9, 1)), TODAY).unwrap();
        assert_eq!(before_it_began, Period { from: date(2026, 8, 1), to: date(2026, 8, 1) });
    }

    #[test]
    fn a_period_is_said_by_its_days() {
        let said = |from, to| Period { from, to }.said(TODAY);
        assert_eq!(said(TODAY, TODAY), "Since today.");
        assert_eq!(said(date(2026, 11, 21), TODAY), "Since 21 November.");
        assert_eq!(said(date(2025, 9, 1), date(2026, 9, 30)), "From 1 September 2025 to 30 September.");
    }

    #[test]
    fn what_is_no_period_is_said_beside_its_field() {
        let fault =
            |from, to| query(from, to).parse(None, TODAY).unwrap_err().iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(fault("soon", ""), ["from"]);
        assert_eq!(fault("", "2026-11-25"), ["to"]);
        assert_eq!(fault("2026-11-24", "2026-11-23"), ["from"]);
    }

    #[test]
    fn weeks_begin_on_the_day_that_was_chosen() {
        assert_eq!(PeriodQuery::weeks(1, WeekStart::Monday, TODAY), query("2026-11-23", ""));
        assert_eq!(PeriodQuery::weeks(12, WeekStart::Monday, TODAY), query("2026-09-07", ""));
        assert_eq!(PeriodQuery::weeks(12, WeekStart::Sunday, TODAY), query("2026-09-06", ""));
        let period = Period { from: date(2026, 11, 11), to: TODAY };
        assert_eq!(period.weeks(WeekStart::Monday), [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]);
        assert_eq!(period.weeks(WeekStart::Saturday), [date(2026, 11, 7), date(2026, 11, 14), date(2026, 11, 21)]);
    }
}
