//! Dates and times as each person writes them: the one place that turns them into letters.
//!
//! A request shows them as whoever is signed in chose; it is a property of the request and not of any page, so the layer
//! [`carry`] keeps it beside the request, [`show_as`] sets it once it is known who asks, and every sentence asks [`shown`].

use std::cell::Cell;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use jiff::civil::{Date, Time};

use crate::kinds::kinds;

kinds! {
    /// How a date is written.
    pub enum DateFormat {
        DayFirst = "day_first", "28 November 2026";
        MonthFirst = "month_first", "November 28, 2026";
        Iso = "iso", "2026-11-28";
    }
}

kinds! {
    /// How a time of the day is written.
    pub enum TimeFormat {
        Hours24 = "24h", "14:30";
        Hours12 = "12h", "2:30 pm";
    }
}

/// How someone writes dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    pub dates: DateFormat,
    pub times: TimeFormat,
}

impl Default for Formats {
    fn default() -> Self {
        Self { dates: DateFormat::DayFirst, times: TimeFormat::Hours24 }
    }
}

tokio::task_local! {
    static SHOWN: Cell<Formats>;
}

/// The layer that keeps beside each request how its answer writes dates.
pub async fn carry(request: Request, next: Next) -> Response {
    SHOWN.scope(Cell::default(), next.run(request)).await
}

/// Does something that is no request with a way of writing dates of its own.
pub async fn writing<T>(what: impl Future<Output = T>) -> T {
    SHOWN.scope(Cell::default(), what).await
}

/// From here on this request writes them so.
pub fn show_as(formats: Formats) {
    // Outside a request there is nobody to show anything to.
    let _ = SHOWN.try_with(|shown| shown.set(formats));
}

/// How this request writes them.
pub fn shown() -> Formats {
    SHOWN.try_with(Cell::get).unwrap_or_default()
}

/// How a message to somebody else writes them: a date with the name of its month, which nobody can take for another, and
/// the clock as the user has it.
pub fn to_others() -> Formats {
    Formats { dates: DateFormat::DayFirst, ..shown() }
}

/// The patterns of a format: within this year, and with the year.
struct Patterns {
    long: [&'static str; 2],
    short: [&'static str; 2],
    full: [&'static str; 2],
    /// A day of any year.
    yearly: &'static str,
}

impl DateFormat {
    const fn patterns(self) -> Patterns {
        match self {
            Self::DayFirst => Patterns {
                long: ["%-d %B", "%-d %B %Y"],
                short: ["%-d %b", "%-d %b %Y"],
                full: ["%A %-d %B", "%A %-d %B %Y"],
                yearly: "%-d %B",
            },
            Self::MonthFirst => Patterns {
                long: ["%B %-d", "%B %-d, %Y"],
                short: ["%b %-d", "%b %-d, %Y"],
                full: ["%A, %B %-d", "%A, %B %-d, %Y"],
                yearly: "%B %-d",
            },
            // Without its year it would be no such date.
            Self::Iso => {
                Patterns { long: ["%Y-%m-%d"; 2], short: ["%Y-%m-%d"; 2], full: ["%A %Y-%m-%d"; 2], yearly: "%m-%d" }
            }
        }
    }
}

impl TimeFormat {
    const fn pattern(self) -> &'static str {
        match self {
            Self::Hours24 => "%H:%M",
            Self::Hours12 => "%-I:%M %P",
        }
    }
}

impl Formats {
    /// '24 November', with the year where it is another than today's.
    pub fn long(self, date: Date, today: Date) -> String {
        written(date, today, self.dates.patterns().long)
    }

    /// '24 Nov', for a narrow column.
    pub fn short(self, date: Date, today: Date) -> String {
        written(date, today, self.dates.patterns().short)
    }

    /// 'Tuesday 24 November'.
    pub fn full(self, date: Date, today: Date) -> String {
        written(date, today, self.dates.patterns().full)
    }

    /// '24 November' of any year, or of the one given.
    pub fn yearly(self, date: Date, year: Option<i16>) -> String {
        let of_year = year.and_then(|year| Date::new(year, date.month(), date.day()).ok());
        match (of_year, year) {
            (Some(date), _) => date.strftime(self.dates.patterns().long[1]).to_string(),
            (None, Some(year)) => format!("{} {year}", date.strftime(self.dates.patterns().yearly)),
            (None, None) => date.strftime(self.dates.patterns().yearly).to_string(),
        }
    }

    /// '23 to 29 November', '30 November to 6 December': days of one stretch, without the year.
    pub fn span(self, from: Date, to: Date) -> String {
        let [pattern, _] = self.dates.patterns().long;
        let (first, last) = (from.strftime(pattern), to.strftime(pattern));
        match self.dates {
            DateFormat::DayFirst if from.month() == to.month() => format!("{} to {last}", from.day()),
            DateFormat::MonthFirst if from.month() == to.month() => format!("{first} to {}", to.day()),
            _ => format!("{first} to {last}"),
        }
    }

    /// '14:30'.
    pub fn time(self, time: Time) -> String {
        time.strftime(self.times.pattern()).to_string()
    }
}

fn written(date: Date, today: Date, [this_year, another]: [&str; 2]) -> String {
    let pattern = if date.year() == today.year() { this_year } else { another };
    date.strftime(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 24);

    fn every() -> impl Iterator<Item = Formats> {
        let times =
            |dates: &'static DateFormat| TimeFormat::ALL.iter().map(|times| Formats { dates: *dates, times: *times });
        DateFormat::ALL.iter().flat_map(times)
    }

    #[test]
    fn each_format_says_what_its_label_shows() {
        for format in every() {
            assert_eq!(format.yearly(date(2000, 11, 28), Some(2026)), format.dates.label());
            assert_eq!(format.time(Time::constant(14, 30, 0, 0)), format.times.label());
        }
    }

    #[test]
    fn dates_are_written_as_the_person_does() {
        let [day, month, iso] = [DateFormat::DayFirst, DateFormat::MonthFirst, DateFormat::Iso]
            .map(|dates| Formats { dates, ..Formats::default() });
        let (on, before) = (date(2026, 12, 1), date(2025, 12, 1));
        assert_eq!([day, month, iso].map(|f| f.long(on, TODAY)), ["1 December", "December 1", "2026-12-01"]);
        assert_eq!(
            [day, month, iso].map(|f| f.full(before, TODAY)),
            ["Monday 1 December 2025", "Monday, December 1, 2025", "Monday 2025-12-01"]
        );
        assert_eq!([day, month, iso].map(|f| f.short(on, TODAY)), ["1 Dec", "Dec 1", "2026-12-01"]);
        assert_eq!(
            [day, month, iso].map(|f| f.yearly(date(2000, 2, 29), None)),
            ["29 February", "February 29", "02-29"]
        );
        assert_eq!(
            [day, month, iso].map(|f| f.span(date(2026, 11, 23), date(2026, 11, 29))),
            ["23 to 29 November", "November 23 to 29", "2026-11-23 to 2026-11-29"]
        );
        assert_eq!(month.span(date(2026, 11, 30), date(2026, 12, 6)), "November 30 to December 6");
    }

    #[test]
    fn midnight_and_noon_are_told_apart() {
        let halves = Formats { times: TimeFormat::Hours12, ..Formats::default() };
        let said =
            [(0, 5), (11, 59), (12, 0), (23, 0)].map(|(hour, minute)| halves.time(Time::constant(hour, minute, 0, 0)));
        assert_eq!(said, ["12:05 am", "11:59 am", "12:00 pm", "11:00 pm"]);
    }

    #[tokio::test]
    async fn each_request_has_its_own_and_nobody_outside_has_any() {
        let iso = Formats { dates: DateFormat::Iso, times: TimeFormat::Hours12 };
        SHOWN
            .scope(Cell::default(), async {
                show_as(iso);
                assert_eq!(shown(), iso);
                assert_eq!(to_others(), Formats { times: TimeFormat::Hours12, ..Formats::default() });
                SHOWN.scope(Cell::default(), async { assert_eq!(shown(), Formats::default()) }).await;
            })
            .await;
        show_as(iso);
        assert_eq!(shown(), Formats::default());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_the_same(days in 0i32..80_000, minute in 0i8..60, hour in 0i8..24, near in any::<bool>()) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            let today = if near { day.first_of_year() } else { TODAY };
            let time = Time::constant(hour, minute, 0, 0);
            for format in every() {
                let patterns = format.dates.patterns();
                for (said, pattern) in [
                    (format.long(day, today), patterns.long),
                    (format.short(day, today), patterns.short),
                    (format.full(day, today), patterns.full),
                ] {
                    let read = match day.year() == today.year() && !pattern[0].contains("%Y") {
                        true => Date::strptime(format!("{} %Y", pattern[0]), format!("{said} {}", today.year())),
                        false => Date::strptime(pattern[1], &said),
                    };
                    prop_assert_eq!(read.unwrap(), day, "{}", said);
                }
                prop_assert_eq!(Time::strptime(format.times.pattern(), format.time(time)).unwrap(), time);
            }
        }
    }
}
