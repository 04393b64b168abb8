//! Days off as people write them: one date a line, or a stretch from one to another.

use jiff::civil::Date;

use crate::playbook::business_days::Holidays;

/// A stretch of days off, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub from: Date,
    /// The last day, not before the first.
    pub to: Date,
}

/// Why days off cannot be read, in words for the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was written.
    #[error("Enter at least one date, one per line")]
    Empty,
    /// A line that is neither a date nor a stretch.
    #[error("Line {0}: write a date like 2026-12-25, or from..to like 2026-12-24..2027-01-01")]
    NotADate(usize),
    /// A stretch that ends before it begins.
    #[error("Line {0}: the last day is before the first")]
    Backwards(usize),
    /// A stretch longer than all holidays that are kept.
    #[error("Line {0}: at most 400 days at once")]
    TooLong(usize),
}

impl Stretch {
    /// From one day to another, at most as long as holidays are kept.
    ///
    /// # Errors
    /// `Backwards` or `TooLong`, as of that line.
    pub fn new(from: Date, to: Date, line: usize) -> Result<Self, Problem> {
        match (to - from).get_days() {
            ..0 => Err(Problem::Backwards(line)),
            days if days as usize >= Holidays::MAX => Err(Problem::TooLong(line)),
            _ => Ok(Self { from, to }),
        }
    }

    /// Whether a date lies in it.
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// Its days, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.from), |day| day.tomorrow().ok()).take_while(move |day| *day <= self.to)
    }
}

/// Reads dates and stretches (`from..to`), one a line or parted by commas.
///
/// # Errors
/// The first line that cannot be read.
pub fn parse(typed: &str) -> Result<Vec<Date>, Problem> {
    let mut days = Vec::new();
    for (at, line) in typed.lines().enumerate() {
        for word in line.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()) {
            let number = at + 1;
            let (from, to) = word.split_once("..").unwrap_or((word, word));
            let date = |text: &str| text.trim().parse::<Date>().map_err(|_| Problem::NotADate(number));
            days.extend(Stretch::new(date(from)?, date(to)?, number)?.days());
        }
    }
    if days.is_empty() { Err(Problem::Empty) } else { Ok(days) }
}

/// The stretches that ordered dates make: days that follow one another stand together.
pub fn stretches(dates: &[Date]) -> Vec<Stretch> {
    let mut made: Vec<Stretch> = Vec::new();
    for date in dates {
        match made.last_mut() {
            Some(last) if last.to.tomorrow().is_ok_and(|next| next == *date) => last.to = *date,
            _ => made.push(Stretch { from: *date, to: *date }),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn dates_and_stretches_are_read() {
        let days = parse("2026-12-25\r\n\r\n 2026-12-31 .. 2027-01-02 \n2027-04-02, 2027-04-05").unwrap();
        let read: Vec<String> = days.iter().map(Date::to_string).collect();
        assert_eq!(read, ["2026-12-25", "2026-12-31", "2027-01-01", "2027-01-02", "2027-04-02", "2027-04-05"]);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        assert_eq!(parse(" \n,"), Err(Problem::Empty));
        for wrong in [
            "25.12.2026",
            "2026-02-30",
            "Christmas",
            "2026-12-25..",
            "2026-12-25...2026-12-26",
            "2026-12-25 2026-12-26",
        ] {
            assert_eq!(parse(&format!("2026-12-01\n{wrong}")), Err(Problem::NotADate(2)), "{wrong}");
        }
        assert_eq!(parse("2026-12-25..2026-12-24"), Err(Problem::Backwards(1)));
        assert_eq!(
            parse("2026-01-01..2027-02-04"),
            Ok(Stretch { from: date(2026, 1, 1), to: date(2027, 2, 4) }.days().collect())
        );
        assert_eq!(parse("2026-01-01..2027-02-05"), Err(Problem::TooLong(1)));
        assert_eq!(parse("-009999-01-01..9999-12-31"), Err(Problem::TooLong(1)));
    }

    proptest! {
        #[test]
        fn stretches_say_the_same_days(offsets in prop::collection::btree_set(0i64..2000, 1..200)) {
            let days: Vec<Date> = offsets.iter().map(|n| date(2026, 1, 1).saturating_add(jiff::Span::new().days(*n))).collect();
            let made = stretches(&days);
            let written: Vec<String> = made.iter().map(|s| format!("{}..{}", s.from, s.to)).collect();
            prop_assert_eq!(parse(&written.join("\n")), Ok(days));
            prop_assert!(made.windows(2).all(|pair| pair[0].to.tomorrow().unwrap() < pair[1].from), "none could be joined");
        }

        #[test]
        fn any_text_is_read_or_refused(typed in "[0-9.,;\n -]{0,60}") {
            let _ = parse(&typed);
        }
    }
}
