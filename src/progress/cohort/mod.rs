//! What the seekers of a cohort did together: numbers for administrators, without a name and without anybody's own.
//!
//! No number depends on fewer than [`FEWEST`] people, and no two of them differ by one person:
//!
//! - A week is counted once it is over, everywhere, and as a whole. It counts who was in the cohort from its first moment to its last,
//!   so that whoever joins or leaves later changes nothing of what was shown: seen before and after, the difference would be theirs.
//! - A number is shown where at least five people had a part in it. Of fewer, or of none, nothing is said but that.
//! - Each week stands by itself. A sum of weeks would be of other people than the weeks are.
//! - A seeker is in one cohort at a time, so that no two overlap. Where an account is deleted, the weeks it had a part in are not
//!   shown any more (`counted_since`). Whether an account is disabled changes nothing.

pub mod queries;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::ids::UserId;
use crate::kinds::kinds;
use crate::playbook::business_days::WeekStart;

#[cfg(test)]
mod tests;

/// People a number is made of at least.
pub const FEWEST: usize = 5;
/// Weeks that are shown.
const WEEKS: i64 = 4;

kinds! {
    /// What is counted.
    pub enum Measure {
        Companies = "companies", "Companies added";
        Asked = "asked", "People asked";
        Answers = "answers", "Answers";
        Talks = "talks", "Talks held";
        Referrals = "referrals", "Referrals made";
    }
}

/// What one person did in one week. Nobody reads it but [`weeks`].
#[derive(Debug, Clone)]
pub struct Did {
    member: UserId,
    first: Date,
    of: [i64; Measure::ALL.len()],
}

/// That someone searched in the cohort for a while.
#[derive(Debug, Clone, Copy)]
pub struct Stay {
    pub member: UserId,
    pub joined_at: Timestamp,
    pub left_at: Option<Timestamp>,
}

/// One number of all, and how it spreads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub total: i64,
    /// The middle half of the people lies between these two; the least and the most of all are neither.
    pub low: i64,
    pub high: i64,
    pub median: i64,
}

/// What is shown of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Who was in the cohort all week.
    pub people: usize,
    /// Who did anything of what is counted; nothing of fewer than five.
    pub active: Option<usize>,
    /// In the order of [`Measure::ALL`]; nothing of what fewer than five had a part in.
    pub spreads: [Option<Spread>; Measure::ALL.len()],
}

impl Shown {
    /// What is counted, in order, with its number where there is one to be shown.
    pub fn each(&self) -> impl Iterator<Item = (Measure, Option<Spread>)> {
        Measure::ALL.iter().copied().zip(self.spreads)
    }
}

/// A week that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    pub first: Date,
    /// Nothing where fewer than five were in the cohort all week.
    pub shown: Option<Shown>,
}

/// The first day of the week that is not over yet. One is over a day after its Sunday: then it is everywhere.
pub fn not_over(now: Timestamp) -> Date {
    let yesterday = TimeZone::UTC.to_datetime(now).date().saturating_sub(1.days());
    WeekStart::Monday.week_of(yesterday)
}

/// When the week that is not over yet began: what happened to a stay since then was in no number yet.
pub fn uncounted_since(now: Timestamp) -> Timestamp {
    begin(not_over(now))
}

/// The weeks that are shown, from their first day to before the day after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: Date,
    pub end: Date,
    pub began_at: Timestamp,
    pub ended_at: Timestamp,
}

impl Span {
    /// Those of now.
    pub fn of(now: Timestamp) -> Self {
        let end = not_over(now);
        let first = end.saturating_sub(WEEKS.weeks());
        Self { first, end, began_at: begin(first), ended_at: begin(end) }
    }
}

fn begin(day: Date) -> Timestamp {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

/// Who was there from the first moment of a week to its last.
fn all_week(stays: &[Stay], first: Date) -> BTreeSet<UserId> {
    let (from, to) = (begin(first), begin(first.saturating_add(1.week())));
    let is_there = |stay: &&Stay| stay.joined_at <= from && stay.left_at.is_none_or(|left| left >= to);
    stays.iter().filter(is_there).map(|stay| stay.member).collect()
}

/// The last weeks that are over, the latest first.
pub fn weeks(stays: &[Stay], did: &[Did], counted_since: Option<Timestamp>, now: Timestamp) -> Vec<Week> {
    let end = not_over(now);
    (1..=WEEKS)
        .map(|back| end.saturating_sub(back.weeks()))
        .filter(|first| counted_since.is_none_or(|since| since <= begin(*first)))
        .map(|first| {
            let people = all_week(stays, first);
            Week { first, shown: (people.len() >= FEWEST).then(|| shown(&people, did, first)) }
        })
        .collect()
}

fn shown(people: &BTreeSet<UserId>, did: &[Did], first: Date) -> Shown {
    let mut of: BTreeMap<UserId, [i64; Measure::ALL.len()]> =
        people.iter().map(|member| (*member, [0; Measure::ALL.len()])).collect();
    for one in did.iter().filter(|one| one.first == first) {
        if let Some(counts) = of.get_mut(&one.member) {
            for (count, more) in counts.iter_mut().zip(one.of) {
                *count += more;
            }
        }
    }
    let active = of.values().filter(|counts| counts.iter().any(|count| *count > 0)).count();
    Shown {
        people: people.len(),
        active: (active >= FEWEST).then_some(active),
        spreads: std::array::from_fn(|at| spread(of.values().filter_map(|counts| counts.get(at).copied()).collect())),
    }
}

/// Of at least five counts that are more than nothing; else nothing.
fn spread(mut counts: Vec<i64>) -> Option<Spread> {
    if counts.iter().filter(|count| **count > 0).count() < FEWEST {
        return None;
    }
    counts.sort_unstable();
    let last = counts.len() - 1;
    let at = |place: usize| counts.get(place).copied();
    Some(Spread {
        total: counts.iter().sum(),
        low: at(last / 4)?,
        median: at(counts.len() / 2)?,
        high: at(last - last / 4)?,
    })
}
