//! Dates as archives and spreadsheets write them.

use jiff::civil::Date;

/// A date read from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// One that can be read in one way only.
    Plain(Date),
    /// Numbers between slashes or dashes; which is the month only the other dates of the file can tell.
    Slashes {
        /// The first number.
        first: i8,
        /// The second number.
        second: i8,
        /// The year.
        year: i16,
    },
}

/// Which number between slashes comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `MM/DD/YYYY`
    MonthFirst,
    /// `DD/MM/YYYY`
    DayFirst,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Written {
    /// Reads `08 Feb 2026`, `Feb 8, 2026`, `4-Apr-21`, `2026-02-08`, `2026/02/08`, `08.02.2026`, `02/08/2026` and `2/8/26, 6:14 PM`,
    /// whatever time stands behind; month names are English, two-digit years are of this century.
    pub fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        if let Some(day) = iso_day(cell) {
            return day.parse().ok().map(Self::Plain);
        }
        let words = cell.split_whitespace().take_while(|word| !word.contains(':') && !is_half_of_day(word));
        let day = words.skip_while(|word| is_weekday(word)).collect::<Vec<_>>().join(" ");
        let mut parts = day.split([' ', '-', '.', '/', ',']).filter(|part| !part.is_empty());
        let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        if one.len() == 4 && day.contains(['-', '.', '/']) {
            // '2026/02/1' is more likely broken off than a day.
            let is_whole = three.len() == 2 || two.len() == 1;
            return if is_whole { plain(number(one)?, number(two)?, number(three)?) } else { None };
        }
        // '8 Feb 20' is more likely the broken-off end of a file than a year.
        let year = match three.len() {
            4 => number(three)?,
            2 if day.contains(['-', '.', '/']) => number(three)?.checked_add(2000)?,
            _ => return None,
        };
        if let Some(month) = month_named(two) {
            return plain(year, month, number(one)?);
        }
        if let Some(month) = month_named(one) {
            return plain(year, month, number(two)?);
        }
        let (one, two) = (number(one)?, number(two)?);
        if day.contains('.') {
            plain(year, two, one)
        } else if day.contains(['/', '-']) {
            Some(Self::Slashes { first: one.try_into().ok()?, second: two.try_into().ok()?, year })
        } else {
            None
        }
    }

    /// The date it means.
    pub fn in_order(self, order: Order) -> Option<Date> {
        match (self, order) {
            (Self::Plain(date), _) => Some(date),
            (Self::Slashes { first, second, year }, Order::MonthFirst) => Date::new(year, first, second).ok(),
            (Self::Slashes { first, second, year }, Order::DayFirst) => Date::new(year, second, first).ok(),
        }
    }
}

impl Order {
    /// The order in which all dates of a file can be read: month first, as LinkedIn and American spreadsheets write, unless
    /// a first number is too large for a month and no second one is.
    pub fn of(dates: impl IntoIterator<Item = Written>) -> Self {
        let mut day_first = false;
        for date in dates {
            match date {
                Written::Slashes { second: 13.., .. } => return Self::MonthFirst,
                Written::Slashes { first: 13.., .. } => day_first = true,
                _ => {}
            }
        }
        if day_first { Self::DayFirst } else { Self::MonthFirst }
    }
}

/// The ten characters of `2026-02-08`, also where a time follows.
fn iso_day(cell: &str) -> Option<&str> {
    let (day, rest) = cell.split_at_checked(10)?;
    let is_day =
        day.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    (is_day && (rest.is_empty() || rest.starts_with([' ', 'T']))).then_some(day)
}

fn is_half_of_day(word: &str) -> bool {
    ["am", "pm"].iter().any(|half| word.eq_ignore_ascii_case(half))
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']).to_ascii_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && days.iter().any(|day| day.starts_with(&word))
}

fn plain(year: i16, month: i16, day: i16) -> Option<Written> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok().map(Written::Plain)
}

fn number(part: &str) -> Option<i16> {
    if part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
}

fn month_named(part: &str) -> Option<i16> {
    let part = part.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| part.len() >= 3 && month.starts_with(&part))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn every_form_is_read() {
        for (cell, read) in [
            ("08 Feb 2026", Some(date(2026, 2, 8))),
            (" 8 february 2026 ", Some(date(2026, 2, 8))),
            ("9 Sept 2021", Some(date(2021, 9, 9))),
            ("4-Apr-21", Some(date(2021, 4, 4))),
            ("04-Apr-2021", Some(date(2021, 4, 4))),
            ("2026-02-08", Some(date(2026, 2, 8))),
            ("2026-02-08 10:11:12 UTC", Some(date(2026, 2, 8))),
            ("2026-02-08T10:11:12Z", Some(date(2026, 2, 8))),
            ("02/08/2026", Some(date(2026, 2, 8))),
            ("2/8/26", Some(date(2026, 2, 8))),
            ("08.02.2026", Some(date(2026, 2, 8))),
            ("08. Feb 26", Some(date(2026, 2, 8))),
            ("08-OCT-2026", Some(date(2026, 10, 8))),
            ("1/8/18, 6:14 PM", Some(date(2018, 1, 8))),
            ("11/17/17, 9:40\u{202F}PM", Some(date(2017, 11, 17))),
            ("1/8/18 18:14", Some(date(2018, 1, 8))),
            ("01/08/2018 18:14:09", Some(date(2018, 1, 8))),
            ("1/8/2018 6:14 PM UTC", Some(date(2018, 1, 8))),
            ("2018/01/08", Some(date(2018, 1, 8))),
            ("2018/1/8 18:14", Some(date(2018, 1, 8))),
            ("2018.01.08", Some(date(2018, 1, 8))),
            ("2018-1-8", Some(date(2018, 1, 8))),
            ("Jan 8, 2018", Some(date(2018, 1, 8))),
            ("January 8, 2018, 6:14 PM", Some(date(2018, 1, 8))),
            ("Mon, Jan 8, 2018", Some(date(2018, 1, 8))),
            ("08 Jan 2018, 18:14", Some(date(2018, 1, 8))),
            ("8-1-2018", Some(date(2018, 8, 1))),
            ("08. Jan. 2018", Some(date(2018, 1, 8))),
            ("2018/01/0", None),
            ("2018/01/1", None),
            ("Jan 8, 20", None),
            ("6:14 PM", None),
            ("29 Feb 2025", None),
            ("8 Feb 20", None),
            ("8 Feb", None),
            ("8 févr. 2026", None),
            ("8 Ma 2026", None),
            ("30/30/2026", None),
            ("45321", None),
            ("", None),
            ("1 2 2026", None),
        ] {
            assert_eq!(Written::parse(cell).and_then(|date| date.in_order(Order::MonthFirst)), read, "{cell:?}");
        }
    }

    #[test]
    fn the_file_tells_which_number_is_the_month() {
        let order = |cells: &[&str]| Order::of(cells.iter().filter_map(|cell| Written::parse(cell)));
        assert_eq!(order(&["01/02/2026", "03/04/2026"]), Order::MonthFirst);
        assert_eq!(order(&["01/02/2026", "31/01/2026"]), Order::DayFirst);
        assert_eq!(order(&["01/31/2026", "31/01/2026"]), Order::MonthFirst);
        assert_eq!(order(&["1/8/18, 6:14 PM", "31/1/18, 9:00 AM"]), Order::DayFirst);
        assert_eq!(order(&["8-1-2018", "31-1-2018"]), Order::DayFirst);
        let written = Written::parse("31/01/2026").unwrap();
        assert_eq!(written.in_order(Order::DayFirst), Some(date(2026, 1, 31)));
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(cell in "\\PC{0,20}|[0-9]{0,6}[-/. ][0-9A-Za-z]{0,5}[-/. ][0-9]{0,6}") {
            let _ = Written::parse(&cell).and_then(|date| date.in_order(Order::DayFirst));
        }
    }
}
