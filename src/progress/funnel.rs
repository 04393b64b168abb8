//! From companies to offers: how many got how far.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use jiff::civil::Date;

use super::ledger::{Coverage, Ledger, Touch};
use super::period::Period;
use super::range::{Share, share};
use crate::kinds::kinds;
use crate::playbook::event::Kind;
use crate::playbook::opening::Status;

kinds! {
    /// The steps of the funnel, in order.
    pub enum FunnelStep {
        Companies = "companies", "Companies on the list";
        WithContact = "with_contact", "With a contact";
        Requests = "requests", "People asked to connect";
        Connected = "connected", "Connected";
        TalksAsked = "talks_asked", "Asked for a talk";
        TalksHeld = "talks_held", "Talks held";
        Introductions = "introductions", "Introductions";
        ReferralsAsked = "referrals_asked", "Referrals asked for";
        ReferralsMade = "referrals_made", "Referrals made";
        JobInterviews = "job_interviews", "Job interviews";
        Offers = "offers", "Offers";
    }
}

/// How many of each step were reached in a period, in order: each company, person, talk, referral and opening once, on the day it
/// first got there.
pub fn funnel(ledger: &Ledger, period: Period) -> Vec<(FunnelStep, usize)> {
    FunnelStep::ALL
        .iter()
        .map(|step| (*step, reached(*step, ledger).filter(|day| period.contains(*day)).count()))
        .collect()
}

/// The days on which something first got to the step.
fn reached(step: FunnelStep, ledger: &Ledger) -> impl Iterator<Item = Date> + use<> {
    let touched = |is: fn(Kind) -> bool| ledger.touches.iter().filter(move |touch| is(touch.kind));
    let moved = |is: fn(Status) -> bool| {
        first(ledger.moves.iter().filter(move |change| is(change.to)).map(|change| (change.opening, change.on)))
    };
    let days: Vec<Date> = match step {
        FunnelStep::Companies => ledger.companies.iter().map(|company| company.added_on).collect(),
        FunnelStep::WithContact => {
            ledger.companies.iter().filter_map(|c| Some(c.first_contact_on?.max(c.added_on))).collect()
        }
        FunnelStep::Requests => people(touched(|kind| matches!(kind, Kind::Requested | Kind::IntroductionAsked))),
        FunnelStep::Connected => people(touched(connects)),
        FunnelStep::TalksAsked => people(touched(|kind| kind == Kind::Asked)),
        FunnelStep::TalksHeld => first(touched(is_talk).map(|touch| (talk_of(touch), touch.on))),
        FunnelStep::Introductions => people(touched(|kind| kind == Kind::Introduced)),
        FunnelStep::ReferralsAsked => referrals(touched(|kind| kind == Kind::ReferralAsked)),
        FunnelStep::ReferralsMade => referrals(touched(|kind| kind == Kind::ReferralMade)),
        FunnelStep::JobInterviews => moved(is_interview),
        FunnelStep::Offers => moved(is_offer),
    };
    days.into_iter()
}

/// Whether the two are in contact from this on.
pub fn connects(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Accepted
            | Kind::Introduced
            | Kind::Replied
            | Kind::Met
            | Kind::AnsweredYes
            | Kind::AnsweredLater
            | Kind::AnsweredInWriting
            | Kind::SentOn
            | Kind::Held
    )
}

/// Whether a talk took place, aloud or in writing.
pub fn is_talk(kind: Kind) -> bool {
    matches!(kind, Kind::Held | Kind::AnsweredInWriting)
}

/// Whether an opening of that status had a job interview: nobody offers a job without.
fn is_interview(status: Status) -> bool {
    status == Status::Interviewing || is_offer(status)
}

fn is_offer(status: Status) -> bool {
    matches!(status, Status::Offer | Status::Accepted)
}

/// A talk in writing may be told of twice: by the answer, and by the talk made of it.
fn talk_of(touch: &Touch) -> uuid::Uuid {
    touch.interview.map_or(touch.id, |interview| interview.0)
}

fn people<'a>(touches: impl Iterator<Item = &'a Touch>) -> Vec<Date> {
    first(touches.map(|touch| (touch.contact, touch.on)))
}

fn referrals<'a>(touches: impl Iterator<Item = &'a Touch>) -> Vec<Date> {
    first(touches.map(|touch| (touch.referral.map_or(touch.id, |referral| referral.0), touch.on)))
}

/// The first day of each.
fn first<K: Hash + Eq>(dated: impl Iterator<Item = (K, Date)>) -> Vec<Date> {
    let mut firsts: HashMap<K, Date> = HashMap::new();
    for (key, on) in dated {
        firsts.entry(key).and_modify(|day| *day = (*day).min(on)).or_insert(on);
    }
    firsts.into_values().collect()
}

/// What came of applications of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applications {
    pub sent: usize,
    pub interviews: usize,
    pub offers: usize,
}

impl Applications {
    /// The share that led to a job interview.
    pub fn rate(&self) -> Option<Share> {
        share(self.interviews, self.sent)
    }
}

/// Applications someone referred the user for, and those sent cold: openings first applied to in the period, and how far each
/// has got since.
pub fn applications(ledger: &Ledger, period: Period) -> (Applications, Applications) {
    let referred: HashSet<_> = ledger.made.iter().filter_map(|made| made.opening).collect();
    let mut openings: HashMap<_, (Date, bool, bool)> = HashMap::new();
    for change in &ledger.moves {
        if matches!(change.to, Status::Applied | Status::Screening) || is_interview(change.to) {
            let (on, interview, offer) = openings.entry(change.opening).or_insert((change.on, false, false));
            *on = (*on).min(change.on);
            *interview |= is_interview(change.to);
            *offer |= is_offer(change.to);
        }
    }
    let (mut with, mut cold) = (Applications::default(), Applications::default());
    for (opening, (on, interview, offer)) in openings {
        if period.contains(on) {
            let of = if referred.contains(&opening) { &mut with } else { &mut cold };
            of.sent += 1;
            of.interviews += usize::from(interview);
            of.offers += usize::from(offer);
        }
    }
    (with, cold)
}

/// How many companies stand at each coverage now, in order.
pub fn coverage(ledger: &Ledger) -> Vec<(Coverage, usize)> {
    let count = |coverage| ledger.companies.iter().filter(|company| company.coverage == coverage).count();
    Coverage::ALL.iter().map(|coverage| (*coverage, count(*coverage))).collect()
}
