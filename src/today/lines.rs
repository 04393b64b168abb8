//! The names by which the lines of a day are ticked and found again.

use std::fmt;
use std::str::FromStr;

use crate::ids::{ActionItemId, ContactId, IntroductionId, OpeningId, ReferralId, ReferralTaskId};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TodayLine {
    Contact(ContactId),
    Promise(ActionItemId),
    Referral(ReferralId),
    Task(ReferralTaskId),
    Opening(OpeningId),
    Introduction(IntroductionId),
}

impl fmt::Display for TodayLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contact(id) => write!(f, "c{id}"),
            Self::Promise(id) => write!(f, "p{id}"),
            Self::Referral(id) => write!(f, "r{id}"),
            Self::Task(id) => write!(f, "t{id}"),
            Self::Opening(id) => write!(f, "o{id}"),
            Self::Introduction(id) => write!(f, "i{id}"),
        }
    }
}

/// The text names no line.
#[derive(Debug)]
pub struct NoLine;

impl FromStr for TodayLine {
    type Err = NoLine;
    fn from_str(text: &str) -> Result<Self, NoLine> {
        let (kind, id) = text.split_at_checked(1).ok_or(NoLine)?;
        let id: uuid::Uuid = id.parse().map_err(|_| NoLine)?;
        match kind {
            "c" => Ok(Self::Contact(ContactId(id))),
            "p" => Ok(Self::Promise(ActionItemId(id))),
            "r" => Ok(Self::Referral(ReferralId(id))),
            "t" => Ok(Self::Task(ReferralTaskId(id))),
            "o" => Ok(Self::Opening(OpeningId(id))),
            "i" => Ok(Self::Introduction(IntroductionId(id))),
            _ => Err(NoLine),
        }
    }
}

/// Lines by what they are about.
#[derive(Debug, Default)]
pub struct Sorted {
    pub contacts: Vec<ContactId>,
    pub promises: Vec<ActionItemId>,
    pub referrals: Vec<ReferralId>,
    pub tasks: Vec<ReferralTaskId>,
    pub openings: Vec<OpeningId>,
    pub introductions: Vec<IntroductionId>,
}

impl FromIterator<TodayLine> for Sorted {
    fn from_iter<I: IntoIterator<Item = TodayLine>>(lines: I) -> Self {
        let mut sorted = Self::default();
        for line in lines {
            match line {
                TodayLine::Contact(id) => sorted.contacts.push(id),
                TodayLine::Promise(id) => sorted.promises.push(id),
                TodayLine::Referral(id) => sorted.referrals.push(id),
                TodayLine::Task(id) => sorted.tasks.push(id),
                TodayLine::Opening(id) => sorted.openings.push(id),
                TodayLine::Introduction(id) => sorted.introductions.push(id),
            }
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let id = uuid::Uuid::now_v7();
        let lines = [
            TodayLine::Contact(ContactId(id)),
            TodayLine::Promise(ActionItemId(id)),
            TodayLine::Referral(ReferralId(id)),
            TodayLine::Task(ReferralTaskId(id)),
            TodayLine::Opening(OpeningId(id)),
            TodayLine::Introduction(IntroductionId(id)),
        ];
        for line in lines {
            assert_eq!(line.to_string().parse::<TodayLine>().unwrap(), line);
        }
        for text in ["", "c", "careers", "x0192", &format!("z{id}"), "\u{e9}"] {
            assert!(text.parse::<TodayLine>().is_err(), "{text}");
        }
    }
}
