//! Talks that lie too close to each other. They are pointed out, never refused: the user knows best.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::when;
use crate::ids::InterviewId;
use crate::playbook::name::first_name;
use crate::web::words;

/// The least that should lie between two talks, in minutes.
const BREATH: i64 = 15;

/// Another talk that is to come.
#[derive(Debug, Clone, Deserialize)]
pub struct Other {
    /// The talk.
    pub id: InterviewId,
    /// With whom.
    pub name: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// How long it takes.
    pub minutes: i16,
}

/// What to point out about a talk at that time: one sentence for each other that overlaps it or lies less than 15 minutes off.
pub fn clashes(starts: Timestamp, minutes: i16, others: &[Other], zone: &TimeZone, today: Date) -> Vec<String> {
    let ends = when::ends(starts, minutes);
    let mut found = Vec::new();
    for other in others {
        let over = when::ends(other.starts_at, other.minutes);
        let gap =
            if other.starts_at >= ends { ends.duration_until(other.starts_at) } else { over.duration_until(starts) };
        if gap >= SignedDuration::from_mins(BREATH) {
            continue;
        }
        let (here, there) = (zone.to_datetime(starts).date(), zone.to_datetime(other.starts_at).date());
        let day = if here == there { "that day".to_owned() } else { format!("on {}", words::full_day(there, today)) };
        let name = first_name(&other.name);
        let at = format!("You talk with {name} at {} {day}", words::time(other.starts_at, zone));
        found.push(match gap.as_mins() {
            _ if gap < SignedDuration::ZERO => format!("{at}: the two overlap."),
            0 => format!("{at}: there is nothing between the two."),
            minutes => format!("{at}: only {} between the two.", words::count(minutes, "minute", "minutes")),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn told(starts: &str, minutes: i16) -> Vec<String> {
        let kate = Other {
            id: InterviewId::new(),
            name: "Kate Smith".into(),
            starts_at: "2026-12-03T14:00:00Z".parse().unwrap(),
            minutes: 20,
        };
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        clashes(starts.parse().unwrap(), minutes, &[kate], &zone, date(2026, 11, 24))
    }

    #[test]
    fn an_overlap_is_pointed_out_from_both_sides() {
        for (starts, minutes) in [
            ("2026-12-03T14:00:00Z", 20),
            ("2026-12-03T13:50:00Z", 15),
            ("2026-12-03T14:19:00Z", 15),
            ("2026-12-03T13:00:00Z", 240),
        ] {
            assert_eq!(told(starts, minutes), ["You talk with Kate at 15:00 that day: the two overlap."], "{starts}");
        }
    }

    #[test]
    fn less_than_a_quarter_of_an_hour_between_is_pointed_out() {
        assert_eq!(
            told("2026-12-03T14:20:00Z", 15),
            ["You talk with Kate at 15:00 that day: there is nothing between the two."]
        );
        assert_eq!(
            told("2026-12-03T13:30:00Z", 20),
            ["You talk with Kate at 15:00 that day: only 10 minutes between the two."]
        );
        assert_eq!(told("2026-12-03T14:34:00Z", 15).len(), 1);
        assert_eq!(told("2026-12-03T14:35:00Z", 15), [""; 0]);
        assert_eq!(told("2026-12-03T13:25:00Z", 20), [""; 0]);
        assert_eq!(told("2026-12-04T14:00:00Z", 20), [""; 0]);
    }

    #[test]
    fn over_midnight_the_other_day_is_named() {
        let late = Other {
            id: InterviewId::new(),
            name: "Kate Smith".into(),
            starts_at: "2026-12-03T22:50:00Z".parse().unwrap(),
            minutes: 10,
        };
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let told = clashes("2026-12-03T23:00:00Z".parse().unwrap(), 15, &[late], &zone, date(2026, 11, 24));
        assert_eq!(told, ["You talk with Kate at 23:50 on Thursday 3 December: there is nothing between the two."]);
    }
}
