//! Concrete times to propose, in the words of the person who reads them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::playbook::cadence::Cadence;
use crate::web::{dates, words};

/// Hours of the user's day, the likeliest to suit first.
const FIRST_HOURS: [i8; 12] = [16, 15, 14, 17, 11, 10, 18, 9, 13, 19, 8, 20];
const SECOND_HOURS: [i8; 12] = [10, 11, 9, 14, 15, 16, 17, 8, 18, 13, 19, 20];

/// When nobody minds a call: not at night.
const WAKING_HOURS: std::ops::Range<i8> = 7..22;

/// Working hours, where they live.
const THEIR_HOURS: std::ops::Range<i8> = 9..18;

/// The two clocks a time is told by.
#[derive(Debug, Clone, Copy)]
pub struct Clocks<'z> {
    /// The user's.
    pub mine: &'z TimeZone,
    /// Theirs, where it is known.
    pub theirs: Option<&'z TimeZone>,
}

impl Clocks<'_> {
    /// 'Thursday 26 November at 10:00 your time (16:00 mine)'; with one clock, where both show the same, and with the name of the user's
    /// where theirs is not known.
    pub fn say(self, at: Timestamp, today: Date) -> String {
        let said = said(at, today, self.mine, self.theirs);
        if self.theirs.is_some() { said } else { format!("{said} ({})", zone_in_words(self.mine, at)) }
    }

    /// The hour of their clock, where it is night there.
    pub fn night(self, at: Timestamp) -> Option<String> {
        let there = self.theirs?.to_datetime(at);
        (!WAKING_HOURS.contains(&there.hour())).then(|| dates::shown().time(there.time()))
    }
}

/// Times in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Times {
    said: Vec<String>,
    /// Which clock all of them are told by, where it has to be said.
    clock: Option<String>,
    /// Whether the user chose them.
    pub are_kept: bool,
}

impl Times {
    /// The first that is proposed.
    pub fn first(&self) -> String {
        self.join(self.said.get(..1).unwrap_or_default())
    }

    /// The others, if there are any.
    pub fn others(&self) -> Option<String> {
        self.said.get(1..).filter(|others| !others.is_empty()).map(|others| self.join(others))
    }

    /// All of them, as a choice.
    pub fn all(&self) -> String {
        self.join(&self.said)
    }

    fn join(&self, said: &[String]) -> String {
        let choice = match said {
            [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            said => said.concat(),
        };
        match &self.clock {
            Some(clock) if !choice.is_empty() => format!("{choice} ({clock})"),
            _ => choice,
        }
    }
}

/// 'Berlin time', or how far a zone without a place is from UTC.
pub fn zone_in_words(zone: &TimeZone, at: Timestamp) -> String {
    let place = zone.iana_name().and_then(|name| name.split_once('/')).filter(|(region, _)| *region != "Etc");
    match place {
        Some((_, place)) => {
            let city = place.rsplit('/').next().unwrap_or(place).replace('_', " ");
            format!("{city} time")
        }
        None if zone.to_offset(at).seconds() == 0 => "UTC".into(),
        None => format!("UTC{}", zone.to_offset(at)),
    }
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
    let is_awake = |at: &Timestamp| theirs.is_none_or(|zone| WAKING_HOURS.contains(&zone.to_datetime(*at).hour()));
    let times = || hours.iter().filter_map(at);
    times().find(suits).or_else(|| times().find(is_awake)).or_else(|| at(&hours[0]))
}

/// 'Thursday 26 November at 10:00 your time (16:00 mine)'; with one clock, where both show the same.
pub fn said(at: Timestamp, today: Date, mine: &TimeZone, theirs: Option<&TimeZone>) -> String {
    let here = mine.to_datetime(at);
    let there = theirs.map(|zone| zone.to_datetime(at)).filter(|there| *there != here);
    let written = dates::to_others();
    let Some(there) = there else {
        return format!("{} at {}", written.full(here.date(), today), written.time(here.time()));
    };
    let mine = match here.date() == there.date() {
        true => written.time(here.time()),
        false => format!("{} {}", words::weekday(here.date()), written.time(here.time())),
    };
    format!("{} at {} your time ({mine} mine)", written.full(there.date(), today), written.time(there.time()))
}

/// The times for a message: those the user proposes, or else two that would do.
pub fn times(kept: &[Timestamp], cadence: &Cadence, now: Timestamp, clocks: Clocks<'_>) -> Times {
    let Clocks { mine, theirs } = clocks;
    let today = crate::clock::date_in(mine, now);
    let coming: Vec<Timestamp> = kept.iter().copied().filter(|at| *at > now).collect();
    let are_kept = !coming.is_empty();
    let times = if are_kept { coming } else { instants(cadence, today, mine, theirs).into_iter().take(2).collect() };
    Times {
        said: times.iter().map(|at| said(*at, today, mine, theirs)).collect(),
        clock: theirs.is_none().then(|| zone_in_words(mine, now)),
        are_kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn proposed(today: Date, mine: &str, theirs: Option<&str>) -> Times {
        let zone = |name: &str| TimeZone::get(name).unwrap();
        let now = zone(mine).to_timestamp(today.at(9, 0, 0, 0)).unwrap();
        times(&[], &Cadence::default(), now, Clocks { mine: &zone(mine), theirs: theirs.map(zone).as_ref() })
    }

    #[test]
    fn two_and_three_business_days_ahead() {
        let times = proposed(date(2026, 11, 24), "Europe/London", None);
        assert_eq!(times.first(), "Thursday 26 November at 16:00 (London time)");
        assert_eq!(times.others().as_deref(), Some("Friday 27 November at 10:00 (London time)"));
        assert_eq!(times.all(), "Thursday 26 November at 16:00 or Friday 27 November at 10:00 (London time)");
        assert_eq!(
            proposed(date(2026, 11, 26), "Europe/London", None).first(),
            "Monday 30 November at 16:00 (London time)"
        );
    }

    #[test]
    fn the_same_clock_is_said_once() {
        assert_eq!(
            proposed(date(2026, 11, 24), "Europe/London", Some("Europe/Lisbon")).first(),
            "Thursday 26 November at 16:00"
        );
    }

    #[test]
    fn another_zone_is_said_in_their_time_and_within_their_day() {
        let times = proposed(date(2026, 11, 24), "Europe/Berlin", Some("America/New_York"));
        assert_eq!(times.first(), "Thursday 26 November at 10:00 your time (16:00 mine)");
        assert_eq!(times.others().as_deref(), Some("Friday 27 November at 09:00 your time (15:00 mine)"));
        let times = proposed(date(2026, 11, 24), "Europe/London", Some("Australia/Sydney"));
        assert!(times.first().ends_with("mine)"), "{times:?}");
    }

    #[test]
    fn what_the_user_proposes_goes_before_and_what_is_past_falls_away() {
        let (mine, now) = (TimeZone::UTC, "2026-11-24T09:00:00Z".parse().unwrap());
        let kept: Vec<Timestamp> =
            ["2026-11-24T08:00:00Z", "2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z", "2026-11-27T12:30:00Z"]
                .iter()
                .map(|at| at.parse().unwrap())
                .collect();
        let clocks = Clocks { mine: &mine, theirs: None };
        let times = times(&kept, &Cadence::default(), now, clocks);
        assert_eq!(times.first(), "Wednesday 25 November at 12:00 (UTC)");
        assert_eq!(
            times.all(),
            "Wednesday 25 November at 12:00, Thursday 26 November at 12:00 or Friday 27 November at 12:30 (UTC)"
        );
        let one = super::times(&kept[..2], &Cadence::default(), now, clocks);
        assert_eq!((one.others(), one.are_kept), (None, true));
    }

    #[test]
    fn night_is_told_where_it_is_night() {
        let (berlin, tokyo) = (TimeZone::get("Europe/Berlin").unwrap(), TimeZone::get("Asia/Tokyo").unwrap());
        let night = |at: &str, theirs| Clocks { mine: &berlin, theirs }.night(at.parse().unwrap());
        assert_eq!(night("2026-12-09T15:00:00Z", Some(&tokyo)).as_deref(), Some("00:00"));
        assert_eq!(night("2026-12-09T13:00:00Z", Some(&tokyo)).as_deref(), Some("22:00"));
        assert_eq!(night("2026-12-09T22:00:00Z", Some(&tokyo)), None);
        assert_eq!(night("2026-12-09T21:59:00Z", Some(&tokyo)).as_deref(), Some("06:59"));
        assert_eq!(night("2026-12-09T15:00:00Z", None), None);
    }

    #[test]
    fn a_zone_is_called_by_its_place() {
        let at = "2026-12-09T15:00:00Z".parse().unwrap();
        for (zone, words) in [
            ("Europe/Berlin", "Berlin time"),
            ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
            ("UTC", "UTC"),
            ("Etc/GMT+3", "UTC-03"),
        ] {
            assert_eq!(zone_in_words(&TimeZone::get(zone).unwrap(), at), words);
        }
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
