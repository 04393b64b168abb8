//! What someone wishes to be reminded of.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::kinds::kinds;

kinds! {
    /// What there is to be reminded of.
    pub enum Kind {
        /// What is due, once a day.
        Digest = "digest", "Daily mail";
        /// A talk that comes.
        Talk = "talk", "Before a talk";
        /// The week, to be looked back on.
        Review = "review", "Weekly review";
    }
}

kinds! {
    /// How long before a talk its notice comes.
    pub enum Lead {
        Quarter = "quarter", "15 minutes before";
        Hour = "hour", "1 hour before";
        TwoHours = "two_hours", "2 hours before";
        Evening = "evening", "The evening before";
    }
}

/// The hour of the evening before.
const EVENING: Time = Time::constant(18, 0, 0, 0);

impl Lead {
    /// When the notice of a talk comes that begins at `starts`, for a person in `zone`.
    pub fn before(self, starts: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Quarter => starts - SignedDuration::from_mins(15),
            Self::Hour => starts - SignedDuration::from_hours(1),
            Self::TwoHours => starts - SignedDuration::from_hours(2),
            Self::Evening => {
                let day = zone.to_datetime(starts).date();
                let evening =
                    day.yesterday().map(|day| zone.to_ambiguous_timestamp(day.to_datetime(EVENING)).compatible());
                evening.ok().and_then(Result::ok).unwrap_or(starts)
            }
        }
    }
}

/// How something comes: by mail, as a notice on the account's devices, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels {
    /// By mail.
    pub mail: bool,
    /// As a notice.
    pub notice: bool,
}

/// Something that is wished for, and how it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<T> {
    /// What of it.
    pub what: T,
    /// How it comes.
    pub by: Channels,
}

/// What comes daily: when, and on which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Daily {
    /// The hour where the person is, 0 to 23.
    pub hour: i16,
    /// On working days alone.
    pub working_days: bool,
}

/// All of someone's wishes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What is due, if it is told daily.
    pub digest: Option<Wish<Daily>>,
    /// How long before each talk.
    pub talk: Option<Wish<Lead>>,
    /// The hour at which the week waits to be looked back on.
    pub review: Option<Wish<i16>>,
}

impl Wishes {
    /// Whether anything is wished for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is wished for, and how it comes.
    pub fn channels(&self) -> impl Iterator<Item = (Kind, Channels)> {
        let digest = self.digest.map(|wish| (Kind::Digest, wish.by));
        let talk = self.talk.map(|wish| (Kind::Talk, wish.by));
        [digest, talk, self.review.map(|wish| (Kind::Review, wish.by))].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_comes_before_its_talk() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let starts = "2026-11-26T14:00:00Z".parse().unwrap();
        for (lead, at) in [
            (Lead::Quarter, "2026-11-26T13:45:00Z"),
            (Lead::Hour, "2026-11-26T13:00:00Z"),
            (Lead::TwoHours, "2026-11-26T12:00:00Z"),
            (Lead::Evening, "2026-11-25T17:00:00Z"),
        ] {
            assert_eq!(lead.before(starts, &zone), at.parse().unwrap(), "{lead}");
        }
    }
}
