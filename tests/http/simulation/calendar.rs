//! The days of the search: weekends, holidays and the stretch away, counted by themselves.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The first day: the one every test begins on.
pub const BEGINS: Date = date(2026, 11, 24);
/// Weeks of the search.
const WEEKS: i64 = 14;
/// The seeker's own holidays.
pub const HOLIDAYS: [Date; 2] = [date(2026, 12, 25), date(2027, 1, 1)];
/// The first and the last day away, in the middle of the search.
pub const AWAY: (Date, Date) = (date(2027, 1, 14), date(2027, 1, 22));
/// The day on which the seeker says so, with talks fixed for these days already.
pub const AWAY_IS_SAID: Date = date(2027, 1, 12);

/// Days on which she is ill and opens nothing, without having said so.
pub const ILL: (Date, Date) = (date(2027, 2, 10), date(2027, 2, 12));

/// Whether she is ill on that day.
pub fn is_ill(day: Date) -> bool {
    ILL.0 <= day && day <= ILL.1
}

/// Whether she said that she is away on that day.
pub fn is_away(day: Date) -> bool {
    AWAY.0 <= day && day <= AWAY.1
}

/// Whether nothing is done on that day. The days away count as soon as they are known.
pub fn is_off(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        || HOLIDAYS.contains(&day)
        || (AWAY.0 <= day && day <= AWAY.1)
}

/// The working days of the search, in order.
pub fn days() -> impl Iterator<Item = Date> {
    BEGINS.series(1.day()).take_while(|day| *day < BEGINS.saturating_add(WEEKS.weeks())).filter(|day| !is_off(*day))
}

/// The `n`th working day after `day`; with 0 the first one not before it.
pub fn after(day: Date, n: usize) -> Date {
    let later = if n == 0 { day } else { day.tomorrow().unwrap() };
    later.series(1.day()).filter(|day| !is_off(*day)).nth(n.saturating_sub(1)).unwrap()
}

/// The last day in time where something is to be done by `day`, counted from `from`: the days she was ill are given back.
pub fn excused(from: Date, day: Date) -> Date {
    let ill = from.series(1.day()).take_while(|date| *date <= day).filter(|date| is_ill(*date)).count();
    if ill == 0 { day } else { after(ILL.1, ill) }
}

/// The Monday of a day's week.
pub fn week_of(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}
