//! The form of a talk's appointment: what was typed, and what it means.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::appointment::{END_OF_DAY, LENGTHS, date, minutes};
use super::when::{self, Reading, Unclear};
use crate::database::At;
use crate::error::Result;
use crate::ids::{ContactId, InterviewId};
use crate::interviews::kinds::Clock;
use crate::interviews::queries::changes::Appointment;
use crate::playbook::talk::Medium;
use crate::text::Line;
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ScheduleForm {
    pub id: Option<InterviewId>,
    pub contact: Option<ContactId>,
    pub version: i32,
    pub date: String,
    pub time: String,
    pub clock: String,
    /// Which one, where the clock shows the time twice.
    pub which: String,
    /// The instant that is changed; it stays while date and time show the same.
    pub was: String,
    pub their_zone: String,
    pub length: String,
    pub minutes: String,
    pub way: String,
    pub place: String,
    /// Only to look at both clocks.
    pub preview: String,
}

impl ScheduleForm {
    /// Reads the form. `mine` is the user's zone, `today` the day there.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self, mine: &TimeZone, today: Date) -> Result<Appointment, Errors> {
        let mut errors = Errors::default();
        let way = errors.choose::<Medium>("way", &self.way);
        let date = errors.take("date", date(&self.date, today));
        let time = match (self.time.trim().is_empty(), way) {
            (true, Some(Medium::InWriting)) => Some(END_OF_DAY),
            _ => errors.take(
                "time",
                self.time.trim().parse::<Time>().map_err(|_| "Write the time as hours and minutes, like 14:30"),
            ),
        };
        let clock = errors.choose::<Clock>("clock", &self.clock);
        let theirs = errors.optional("their_zone", &self.their_zone, when::zone);
        if clock == Some(Clock::Theirs) && theirs.is_none() && errors.get("their_zone").is_none() {
            errors.add("their_zone", "To read the time from their clock, say where they are");
        }
        let minutes = errors.take("minutes", self.minutes());
        let place = errors.take("place", Line::parse_optional(&self.place));
        let zone = if clock == Some(Clock::Theirs) { theirs.as_ref().map(|(_, zone)| zone) } else { Some(mine) };
        let starts = match (date, time, zone) {
            (Some(date), Some(time), Some(zone)) => {
                let meant = when::meant(date, time, zone, self.which.parse().ok(), self.was.parse().ok());
                let field = if meant == Err(Unclear::Twice) { "which" } else { "time" };
                errors.take(field, meant)
            }
            _ => None,
        };
        errors.give(|| {
            Some(Appointment {
                starts_at: starts?,
                minutes: minutes?,
                way: way?,
                place: place?,
                their_time_zone: theirs.map(|(name, _)| name),
            })
        })
    }

    /// Whether the clock shows that time twice, so that it has to be said which one is meant.
    pub fn is_shown_twice(&self, mine: &TimeZone) -> bool {
        let theirs = when::zone(&self.their_zone).ok().map(|(_, zone)| zone);
        let zone = if self.clock == Clock::Theirs.as_str() { theirs.as_ref() } else { Some(mine) };
        match (self.date.trim().parse(), self.time.trim().parse(), zone) {
            (Ok(date), Ok(time), Some(zone)) => matches!(when::read(date, time, zone), Ok(Reading::Twice(..))),
            _ => false,
        }
    }

    fn minutes(&self) -> Result<i16, &'static str> {
        minutes(&self.length, &self.minutes)
    }
}

/// What is stored, as the form shows it.
pub struct Kept<'a> {
    pub starts_at: At,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<&'a str>,
    pub their_time_zone: Option<&'a str>,
    pub version: i32,
}

/// The form of a talk as it is kept; `zone` is the user's.
pub fn as_kept(kept: &Kept<'_>, zone: &TimeZone) -> ScheduleForm {
    let local = zone.to_datetime(kept.starts_at.0);
    let minutes = kept.minutes.to_string();
    let offered = LENGTHS.iter().any(|(value, _)| *value == minutes);
    ScheduleForm {
        version: kept.version,
        date: local.date().to_string(),
        time: local.strftime("%H:%M").to_string(),
        clock: Clock::Mine.to_string(),
        which: when::which(kept.starts_at.0, zone).map(|which| which.to_string()).unwrap_or_default(),
        was: kept.starts_at.0.to_string(),
        their_zone: kept.their_time_zone.unwrap_or_default().to_owned(),
        length: if offered { minutes.clone() } else { "other".into() },
        minutes: if offered { String::new() } else { minutes },
        way: kept.way.to_string(),
        place: kept.place.unwrap_or_default().to_owned(),
        ..ScheduleForm::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    fn form() -> ScheduleForm {
        ScheduleForm {
            date: "2026-12-03".into(),
            time: "14:30".into(),
            clock: "mine".into(),
            their_zone: "America/New_York".into(),
            length: "20".into(),
            way: "video".into(),
            place: " https://meet.example/ada ".into(),
            ..ScheduleForm::default()
        }
    }

    fn parse(form: &ScheduleForm) -> Result<Appointment, Errors> {
        form.parse(&TimeZone::get("Europe/Berlin").unwrap(), jiff::civil::date(2026, 11, 24))
    }

    fn wrong(form: ScheduleForm) -> Vec<&'static str> {
        parse(&form).unwrap_err().iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn the_same_words_mean_another_instant_on_the_other_clock() {
        let mine = parse(&form()).unwrap();
        assert_eq!(mine.starts_at.to_string(), "2026-12-03T13:30:00Z");
        assert_eq!(mine.place.unwrap().as_str(), "https://meet.example/ada");
        let theirs = parse(&ScheduleForm { clock: "theirs".into(), ..form() }).unwrap();
        assert_eq!(theirs.starts_at.to_string(), "2026-12-03T19:30:00Z");
        assert_eq!(theirs.their_time_zone.as_deref(), Some("America/New_York"));
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        assert_eq!(wrong(ScheduleForm { date: "3 December".into(), ..form() }), ["date"]);
        assert_eq!(wrong(ScheduleForm { date: "2062-12-03".into(), ..form() }), ["date"]);
        assert_eq!(wrong(ScheduleForm { time: "half two".into(), ..form() }), ["time"]);
        assert_eq!(wrong(ScheduleForm { time: String::new(), ..form() }), ["time"]);
        assert_eq!(wrong(ScheduleForm { clock: "sun".into(), ..form() }), ["clock"]);
        assert_eq!(wrong(ScheduleForm { their_zone: "Mars".into(), ..form() }), ["their_zone"]);
        assert_eq!(wrong(ScheduleForm { clock: "theirs".into(), their_zone: String::new(), ..form() }), ["their_zone"]);
        assert_eq!(wrong(ScheduleForm { length: "other".into(), minutes: "4".into(), ..form() }), ["minutes"]);
        assert_eq!(wrong(ScheduleForm { length: "other".into(), minutes: "241".into(), ..form() }), ["minutes"]);
        assert_eq!(wrong(ScheduleForm { way: "pigeon".into(), ..form() }), ["way"]);
        assert_eq!(wrong(ScheduleForm { place: "x".repeat(1001), ..form() }), ["place"]);
        assert_eq!(wrong(ScheduleForm { date: "2026-03-29".into(), time: "02:30".into(), ..form() }), ["time"]);
    }

    #[test]
    fn of_what_the_clock_says_twice_one_has_to_be_chosen() {
        let twice = ScheduleForm { date: "2026-10-25".into(), time: "02:30".into(), ..form() };
        assert_eq!(wrong(twice.clone()), ["which"]);
        assert!(twice.is_shown_twice(&TimeZone::get("Europe/Berlin").unwrap()));
        for (which, instant) in [("first", "2026-10-25T00:30:00Z"), ("second", "2026-10-25T01:30:00Z")] {
            let chosen = ScheduleForm { which: which.into(), ..twice.clone() };
            assert_eq!(parse(&chosen).unwrap().starts_at.to_string(), instant);
        }
        let theirs = ScheduleForm { date: "2026-11-01".into(), time: "01:30".into(), clock: "theirs".into(), ..form() };
        assert_eq!(wrong(theirs), ["which"]);
    }

    #[test]
    fn answers_in_writing_need_a_day_only() {
        let new = parse(&ScheduleForm { way: "in_writing".into(), time: String::new(), ..form() }).unwrap();
        assert_eq!(new.starts_at.to_string(), "2026-12-03T16:00:00Z");
    }

    #[test]
    fn to_change_nothing_changes_nothing_whatever_the_clocks_do() {
        let from: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut asked = 0;
        for name in when::zone_names() {
            let zone = when::zone(&name).unwrap().1;
            for change in zone.following(from).take(6) {
                for minutes in (-150..=150).step_by(15) {
                    let at = change.timestamp() + SignedDuration::from_secs(minutes * 60 + 7);
                    let today = zone.to_datetime(at).date();
                    for (way, minutes) in [(Medium::Video, 20), (Medium::InWriting, 45)] {
                        let kept = Kept {
                            starts_at: At(at),
                            minutes,
                            way,
                            place: None,
                            their_time_zone: Some("Asia/Kolkata"),
                            version: 3,
                        };
                        let again = as_kept(&kept, &zone).parse(&zone, today);
                        let again = again.unwrap_or_else(|errors| panic!("{name} at {at}: {errors:?}"));
                        assert_eq!((again.starts_at, again.minutes, again.way), (at, minutes, way), "{name}");
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 5_000, "{asked}");
    }
}
