//! Week by week against the goals.

use std::collections::HashSet;

use jiff::civil::Date;

use super::funnel::is_talk;
use super::ledger::Ledger;
use super::period::Period;
use crate::playbook::business_days::WeekStart;
use crate::playbook::event::Kind;

/// One week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub first: Date,
    /// Connection requests that were sent.
    pub requests: usize,
    /// Introductions that were asked for.
    pub introductions: usize,
    pub talks: usize,
}

/// The weeks of the period that counted, in order; at most the last `most`.
pub fn weeks(ledger: &Ledger, period: Period, begins: WeekStart, most: usize) -> Vec<Week> {
    let firsts = period.weeks(begins);
    let shown = &firsts[firsts.len().saturating_sub(most)..];
    let mut weeks: Vec<Week> =
        shown.iter().map(|first| Week { first: *first, requests: 0, introductions: 0, talks: 0 }).collect();
    let mut talks = HashSet::new();
    for touch in ledger.touches.iter().filter(|touch| period.contains(touch.on)) {
        let Ok(at) = weeks.binary_search_by_key(&begins.week_of(touch.on), |week| week.first) else { continue };
        let Some(week) = weeks.get_mut(at) else { continue };
        week.requests += usize::from(touch.kind == Kind::Requested);
        week.introductions += usize::from(touch.kind == Kind::IntroductionAsked);
        if is_talk(touch.kind) && talks.insert(touch.interview.map_or(touch.id, |interview| interview.0)) {
            week.talks += 1;
        }
    }
    weeks
}
