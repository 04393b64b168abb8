//! How someone answers, read from the dates of their history; nobody types it in.
//!
//! The three kinds are those of 3B7 (Dalton, *The 2-Hour Job Search*): boosters answer within three business days and help,
//! obligates are slow, and from some no answer comes.

use jiff::civil::Date;

use super::cadence::Cadence;
use super::event::{Event, Kind};
use crate::kinds::kinds;

/// The most business days a fast helper takes (3B7).
pub const FAST_DAYS: i32 = 3;

kinds! {
    /// How someone answers.
    pub enum Response {
        /// Within three business days, as a rule, and at least once with help.
        Fast = "fast", "Fast helper";
        /// Later than that.
        Slow = "slow", "Slow helper";
        /// Asked more than three business days ago, and never answered.
        None = "none", "No reply";
    }
}

/// What a history says about someone's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Responses {
    /// How many questions they answered.
    pub answered: usize,
    /// Business days from a question to its answer: the middle one of all, the shorter of the two middle ones.
    pub usual_days: Option<i32>,
    /// Whether an answer was of help: a no is none, and the press of a button that accepts a request neither.
    pub helped: bool,
    /// When the question was put that is still open.
    pub waiting_since: Option<Date>,
}

impl Responses {
    /// Reads a history. A question is open from the first time it is put until they answer; asking again does not put it anew.
    ///
    /// Total: every history in any order can be read, and what was undone counts as if it had never been.
    pub fn of(history: &[Event], cadence: &Cadence) -> Self {
        let undone: Vec<_> =
            history.iter().filter(|event| event.kind == Kind::Undone).filter_map(|event| event.undoes).collect();
        let mut events: Vec<&Event> = history.iter().filter(|event| !undone.contains(&event.id)).collect();
        events.sort_by_key(|event| (event.on, event.id));
        let (mut waits, mut helped, mut waiting_since) = (Vec::new(), false, None);
        for event in events {
            if event.kind.asks() {
                waiting_since = waiting_since.or(Some(event.on));
            } else if event.kind.answers() {
                helped |= !matches!(event.kind, Kind::Accepted | Kind::AnsweredNo | Kind::ReferralDeclined);
                waits.extend(waiting_since.take().map(|asked| cadence.business_days_between(asked, event.on)));
            }
        }
        waits.sort_unstable();
        let usual_days = waits.len().checked_sub(1).and_then(|last| waits.get(last / 2)).copied();
        Self { answered: waits.len(), usual_days, helped: helped && !waits.is_empty(), waiting_since }
    }

    /// Business days the open question has waited on that day.
    pub fn waiting_days(&self, cadence: &Cadence, today: Date) -> Option<i32> {
        self.waiting_since.map(|since| cadence.business_days_between(since, today).max(0))
    }

    /// The kind, seen from that day; `None` while nothing was asked, too little time has gone, or quick answers gave no help yet.
    pub fn kind(&self, cadence: &Cadence, today: Date) -> Option<Response> {
        match (self.usual_days, self.waiting_days(cadence, today)) {
            (Some(days), _) if days > FAST_DAYS => Some(Response::Slow),
            (Some(_), _) => self.helped.then_some(Response::Fast),
            (None, Some(days)) if days > FAST_DAYS => Some(Response::None),
            (None, _) => None,
        }
    }
}
