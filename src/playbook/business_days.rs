//! The values a cadence is made of, each right by construction: lengths of waiting, days of the week, weekends, holidays.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::kinds::kinds;

/// The Monday of a date's week.
pub fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

kinds! {
    /// The day on which weeks begin. With each of them a Monday and its Friday lie in one week, so that a week can be known by
    /// its Monday.
    pub enum WeekStart {
        Monday = "monday", "Monday";
        Sunday = "sunday", "Sunday";
        Saturday = "saturday", "Saturday";
    }
}

impl WeekStart {
    const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Sunday => Weekday::Sunday,
            Self::Saturday => Weekday::Saturday,
        }
    }

    /// The first day of a date's week.
    pub fn week_of(self, date: Date) -> Date {
        date.saturating_sub(i64::from(date.weekday().since(self.weekday())).days())
    }

    /// The Monday in a date's week; it may be after the date.
    pub fn monday_in(self, date: Date) -> Date {
        let first = self.week_of(date);
        first.saturating_add(i64::from(Weekday::Monday.since(self.weekday())).days())
    }

    /// The days of a week in their order.
    pub fn days(self) -> impl Iterator<Item = Day> {
        let first = usize::from(self.weekday().to_monday_zero_offset().unsigned_abs());
        Day::ALL.iter().copied().cycle().skip(first).take(7)
    }
}

/// Why a value cannot stand in a cadence, in words that fit beside its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACadence {
    /// A wait is zero, too long, or no number.
    #[error("between 1 and 60 days")]
    BusinessDays,
    /// A rhythm is zero, too long, or no number.
    #[error("between 1 and 730 days")]
    RhythmDays,
    /// Every day of the week would be weekend.
    #[error("at least one day of the week has to be a working day")]
    Weekend,
    /// A word that is no day of the calendar.
    #[error("'{0}' is not a date; write it like 2026-12-25")]
    Holiday(String),
    /// More holidays than are kept.
    #[error("at most 400 holidays")]
    TooManyHolidays,
}

/// Declares a number of days that is at least 1 and at most `$most`.
macro_rules! days {
    ($(#[$meta:meta])* $name:ident($int:ident, $int_name:literal), $most:literal, $wrong:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = $int_name, into = $int_name)]
        pub struct $name($int);

        impl $name {
            /// The longest that is allowed.
            pub const MAX: Self = Self($most);

            /// The number of days.
            pub const fn get(self) -> $int {
                self.0
            }

            /// A value the program itself is built with; what lies outside the limits becomes the nearest limit.
            pub(crate) const fn clamped(days: $int) -> Self {
                match days {
                    0 => Self(1),
                    days if days > $most => Self::MAX,
                    days => Self(days),
                }
            }
        }

        impl TryFrom<$int> for $name {
            type Error = NotACadence;
            fn try_from(days: $int) -> Result<Self, Self::Error> {
                if (1..=$most).contains(&days) { Ok(Self(days)) } else { Err(NotACadence::$wrong) }
            }
        }

        impl From<$name> for $int {
            fn from(days: $name) -> Self {
                days.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        /// Reads what a person typed; spaces around it do not matter.
        impl std::str::FromStr for $name {
            type Err = NotACadence;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse::<$int>().map_err(|_| NotACadence::$wrong)?.try_into()
            }
        }
    };
}

days! {
    /// How long to wait, in business days: 1 to 60.
    BusinessDays(u8, "u8"), 60, BusinessDays
}

days! {
    /// How often to write, in calendar days: 1 to 730.
    RhythmDays(u16, "u16"), 730, RhythmDays
}

kinds! {
    /// A day of the week.
    pub enum Day {
        Monday = "monday", "Monday";
        Tuesday = "tuesday", "Tuesday";
        Wednesday = "wednesday", "Wednesday";
        Thursday = "thursday", "Thursday";
        Friday = "friday", "Friday";
        Saturday = "saturday", "Saturday";
        Sunday = "sunday", "Sunday";
    }
}

/// The days of the week that are no business days; never all seven, possibly none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Day>", into = "Vec<Day>")]
pub struct Weekend(u8);

const WHOLE_WEEK: u8 = 0b111_1111;

impl Weekend {
    /// The weekend made of these days.
    ///
    /// # Errors
    /// When no working day would be left.
    pub fn new(days: impl IntoIterator<Item = Day>) -> Result<Self, NotACadence> {
        let bits = days.into_iter().fold(0, |bits, day| bits | 1 << day as u8);
        if bits == WHOLE_WEEK { Err(NotACadence::Weekend) } else { Ok(Self(bits)) }
    }

    /// Whether this day of the week belongs to it.
    pub const fn contains(self, day: Day) -> bool {
        self.0 & (1 << day as u8) != 0
    }

    /// Whether this day of the week, as the calendar names it, belongs to it.
    pub(crate) const fn covers(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }

    /// Its days, Monday first.
    pub fn days(self) -> impl Iterator<Item = Day> {
        Day::ALL.iter().copied().filter(move |day| self.contains(*day))
    }

    /// How many business days a week without holidays has: 1 to 7.
    pub const fn working_days(self) -> u8 {
        7 - self.0.count_ones() as u8
    }
}

/// Saturday and Sunday.
impl Default for Weekend {
    fn default() -> Self {
        Self(1 << Day::Saturday as u8 | 1 << Day::Sunday as u8)
    }
}

impl TryFrom<Vec<Day>> for Weekend {
    type Error = NotACadence;
    fn try_from(days: Vec<Day>) -> Result<Self, Self::Error> {
        Self::new(days)
    }
}

impl From<Weekend> for Vec<Day> {
    fn from(weekend: Weekend) -> Self {
        weekend.days().collect()
    }
}

/// The user's own days off: civil dates in order, each once, at most 400.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Date>", into = "Vec<Date>")]
pub struct Holidays(Vec<Date>);

impl Holidays {
    /// The most dates that are kept: about twenty years of public holidays, or one long leave.
    pub const MAX: usize = 400;

    /// These dates, put in order.
    ///
    /// # Errors
    /// When there are more than 400 different ones.
    pub fn new(mut dates: Vec<Date>) -> Result<Self, NotACadence> {
        dates.sort_unstable();
        dates.dedup();
        if dates.len() > Self::MAX { Err(NotACadence::TooManyHolidays) } else { Ok(Self(dates)) }
    }

    /// The dates, in order.
    pub fn dates(&self) -> &[Date] {
        &self.0
    }

    /// Whether the date is one of them.
    pub fn contains(&self, date: Date) -> bool {
        self.0.binary_search(&date).is_ok()
    }

    /// Those after `start`, up to and including `end`.
    pub(crate) fn within(&self, start: Date, end: Date) -> &[Date] {
        let from = self.0.partition_point(|date| *date <= start);
        let to = self.0.partition_point(|date| *date <= end);
        self.0.get(from..to).unwrap_or_default()
    }
}

impl TryFrom<Vec<Date>> for Holidays {
    type Error = NotACadence;
    fn try_from(dates: Vec<Date>) -> Result<Self, Self::Error> {
        Self::new(dates)
    }
}

impl From<Holidays> for Vec<Date> {
    fn from(holidays: Holidays) -> Self {
        holidays.0
    }
}

/// One date a line, as a text box shows it.
impl std::fmt::Display for Holidays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, date) in self.0.iter().enumerate() {
            write!(f, "{}{date}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

/// Reads dates parted by line ends, spaces or commas.
impl std::str::FromStr for Holidays {
    type Err = NotACadence;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|word| !word.is_empty());
        let read = |word: &str| word.parse().map_err(|_| NotACadence::Holiday(word.chars().take(40).collect()));
        Self::new(words.map(read).collect::<Result<_, _>>()?)
    }
}
