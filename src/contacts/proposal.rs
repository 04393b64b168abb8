//! Concrete times to propose, in the words of the person who reads them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::playbook::cadence::Cadence;
use crate::web::words;

/// Hours of the user's day, the likeliest to suit first.
const FIRST_HOURS: [i8; 12] = [16, 15, 14, 17, 11, 10, 18, 9, 13, 19, 8, 20];
const SECOND_HOURS: [i8; 12] = [10, 11, 9, 14, 15, 16, 17, 8, 18, 13, 19, 20];

/// Working hours, where they live.
const THEIR_HOURS: std::ops::Range<i8> = 9..18;

/// Times in words: one, and what else would do.
#[derive(Debug, PartialEq, Eq)]
pub struct Times {
    /// The first that is proposed.
    pub first: String,
    /// The others, if there are any.
    pub second: Option<String>,
}

/// Proposes an afternoon, a morning and an afternoon, two to four business days ahead; where the two live in different zones,
/// within their working hours if the user is awake then.
pub fn instants(cadence: &Cadence, today: Date, mine: &TimeZone, theirs: Option<&TimeZone>) -> Vec<Timestamp> {
    let day = |n| cadence.add_business_days(today, n);
    let days = [(day(2), &FIRST_HOURS), (day(3), &SECOND_HOURS), (day(4), &FIRST_HOURS)];
    days.into_iter().filter_map(|(day, hours)| instant(day, hours, mine, theirs)).collect()
}

fn instant(day: Date, hours: &[i8; 12], mine: &TimeZone, theirs: Option<&TimeZone>) -> Option<Timestamp> {
    let at = |hour: &i8| mine.to_timestamp(day.at(*hour, 0, 0, 0)).ok();
    let suits = |at: &Timestamp| theirs.is_none_or(|zone| THEIR_HOURS.contains(&zone.to_datetime(*at).hour()));
    hours.iter().filter_map(at).find(suits).or_else(|| at(&hours[0]))
}

/// 'Thursday 26 November at 10:00 your time (16:00 mine)'; with one clock, where both show the same.
pub fn said(at: Timestamp, today: Date, mine: &TimeZone, theirs: Option<&TimeZone>) -> String {
    let here = mine.to_datetime(at);
    let there = theirs.map(|zone| zone.to_datetime(at)).filter(|there| *there != here);
    let Some(there) = there else {
        return format!("{} at {}", words::full_day(here.date(), today), here.strftime("%H:%M"));
    };
    let mine = match here.date() == there.date() {
        true => here.strftime("%H:%M").to_string(),
        false => format!("{} {}", words::weekday(here.date()), here.strftime("%H:%M")),
    };
    format!("{} at {} your time ({mine} mine)", words::full_day(there.date(), today), there.strftime("%H:%M"))
}

/// The times for a message: those the user proposes, or else two that would do.
pub fn times(
    kept: &[Timestamp],
    cadence: &Cadence,
    now: Timestamp,
    mine: &TimeZone,
    theirs: Option<&TimeZone>,
) -> Times {
    let today = crate::clock::date_in(mine, now);
    let coming: Vec<Timestamp> = kept.iter().copied().filter(|at| *at > now).collect();
    let instants =
        if coming.is_empty() { instants(cadence, today, mine, theirs).into_iter().take(2).collect() } else { coming };
    let mut said = instants.into_iter().map(|at| said(at, today, mine, theirs));
    let first = said.next().unwrap_or_default();
    let others: Vec<String> = said.collect();
    Times { first, second: (!others.is_empty()).then(|| others.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn proposed(today: Date, mine: &str, theirs: Option<&str>) -> Times {
        let zone = |name: &str| TimeZone::get(name).unwrap();
        let now = zone(mine).to_timestamp(today.at(9, 0, 0, 0)).unwrap();
        times(&[], &Cadence::default(), now, &zone(mine), theirs.map(zone).as_ref())
    }

    #[test]
    fn two_and_three_business_days_ahead() {
        let times = proposed(date(2026, 11, 24), "Europe/London", None);
        assert_eq!(times.first, "Thursday 26 November at 16:00");
        assert_eq!(times.second.as_deref(), Some("Friday 27 November at 10:00"));
        assert_eq!(proposed(date(2026, 11, 26), "Europe/London", None).first, "Monday 30 November at 16:00");
    }

    #[test]
    fn the_same_clock_is_said_once() {
        assert_eq!(
            proposed(date(2026, 11, 24), "Europe/London", Some("Europe/Lisbon")).first,
            "Thursday 26 November at 16:00"
        );
    }

    #[test]
    fn another_zone_is_said_in_their_time_and_within_their_day() {
        let times = proposed(date(2026, 11, 24), "Europe/Berlin", Some("America/New_York"));
        assert_eq!(times.first, "Thursday 26 November at 10:00 your time (16:00 mine)");
        assert_eq!(times.second.as_deref(), Some("Friday 27 November at 09:00 your time (15:00 mine)"));
        let times = proposed(date(2026, 11, 24), "Europe/London", Some("Australia/Sydney"));
        assert!(times.first.ends_with("mine)"), "{times:?}");
    }

    #[test]
    fn what_the_user_proposes_goes_before_and_what_is_past_falls_away() {
        let (mine, now) = (TimeZone::UTC, "2026-11-24T09:00:00Z".parse().unwrap());
        let kept: Vec<Timestamp> =
            ["2026-11-24T08:00:00Z", "2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z", "2026-11-27T12:30:00Z"]
                .iter()
                .map(|at| at.parse().unwrap())
                .collect();
        let times = times(&kept, &Cadence::default(), now, &mine, None);
        assert_eq!(times.first, "Wednesday 25 November at 12:00");
        assert_eq!(times.second.as_deref(), Some("Thursday 26 November at 12:00 or Friday 27 November at 12:30"));
        let one = super::times(&kept[..2], &Cadence::default(), now, &mine, None);
        assert_eq!(one.second, None);
    }

    #[test]
    fn another_day_there_is_said_on_both_sides() {
        let (berlin, sydney) = (TimeZone::get("Europe/Berlin").unwrap(), TimeZone::get("Australia/Sydney").unwrap());
        let at = "2026-11-26T20:00:00Z".parse().unwrap();
        assert_eq!(
            said(at, date(2026, 11, 24), &berlin, Some(&sydney)),
            "Friday 27 November at 07:00 your time (Thursday 21:00 mine)"
        );
    }
}
