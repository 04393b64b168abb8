//! What is due, in one place: the lines of Today, the number beside it, and the day on which the next thing comes.
//!
//! The database gives what has a day ([`Due`], one statement's text for all pages); from there on everything follows here.
//!
//! | line | stands from |
//! |---|---|
//! | a contact's next step | its day |
//! | a promise of mine, or of theirs | its day, or the day after it |
//! | a referral's next step, one of its tasks, an opening's next step | its day |
//! | all careers pages whose rhythm has come round, as one line | the first business day then |
//! | all offers that wait for an answer, as one line | 3 days before the first one's day |
//! | an introduction to ask for | the day it was noted, or that it was put off to |
//! | an introduction to remind of | [`remind_on`](super::introduction::Standing::remind_on), or the day it was put off to |
//!
//! - A line that was held back stands from the day on which it was let go.
//! - **Held back** is a first message while someone else at the company comes first ([`approach`](super::approach)), or once
//!   the week's requests are used up. It is no line until it is free.
//! - **An introduction that can be asked for is the way in**: it stands in the place of the request to the same person.
//! - Nothing is due of what lies in the bin, nor of the talk, company or person it belongs to; of a company that is ruled out
//!   or in the bin, and of a search that is over, only what is owed to the *person*: a talk that has a date, thanks, promises
//!   of mine, writing ([`ending`](super::ending)).

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use serde::Deserialize;
use uuid::Uuid;

use super::approach::{Hold, Peer, free_on, held_back};
use super::cadence::Cadence;
use super::ceiling::Ceiling;
use super::standing::{Next, days_late};
use super::step::Step;
use crate::ids::ContactId;
use crate::kinds::kinds;

/// Days ahead in which the next thing is looked for where something always waits for something else.
const AHEAD: usize = 500;

kinds! {
    /// What a line is about.
    pub enum About {
        Contact = "contact", "A next step";
        Promise = "promise", "A promise";
        Referral = "referral", "A referral";
        Task = "task", "A task of a referral";
        Opening = "opening", "An opening";
        Careers = "careers", "A careers page";
        Offer = "offer", "An offer";
        AskIntroduction = "ask_introduction", "An introduction to ask for";
        RemindIntroduction = "remind_introduction", "An introduction to remind of";
    }
}

/// Something that has a day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DueLine {
    /// What it is about.
    pub about: About,
    /// Which.
    pub id: Uuid,
    /// Who is to be written to for the first time, where that may be so.
    pub person: Option<ContactId>,
    /// Who introduces them.
    pub through: Option<ContactId>,
    /// The step of a contact.
    pub step: Option<String>,
    /// The day it counts from; none for a careers page nobody ever looked at.
    pub due: Option<Date>,
    /// The day it was put off to.
    pub not_before: Option<Date>,
    /// The day on which a contact's step becomes [what follows it](Step::turns_into).
    pub turns_on: Option<Date>,
    /// The last day on which it is in time, where that is another than the day it counts from.
    pub in_time_until: Option<Date>,
}

/// How many requests, and pleas for an introduction, were sent on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Sent {
    /// The day.
    pub on: Date,
    /// How many.
    pub times: i64,
}

/// Everything that has a day up to some day, and what decides whether it waits.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Due {
    /// What has a day.
    pub lines: Vec<DueLine>,
    /// The people at the companies where a first message may be due.
    pub people: Vec<Peer>,
    /// What was sent lately.
    pub sent: Vec<Sent>,
}

/// Why a line waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait<'a> {
    /// Someone else at the company comes first.
    Behind(Hold<'a>),
    /// The week's requests are used up.
    NoMore,
}

/// A day's lines, and those that wait.
#[derive(Debug, Default)]
pub struct OnDay<'a> {
    /// What stands, the first due first, each with the day from which it does.
    pub lines: Vec<(&'a DueLine, Date)>,
    /// What is due and waits.
    pub waiting: Vec<(&'a DueLine, Wait<'a>)>,
}

/// How many lines of a day are late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Late {
    /// All of them.
    pub lines: usize,
    /// Those that are thanks.
    pub thanks: usize,
}

/// The settings that decide what is due.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Intervals and days off.
    pub cadence: &'a Cadence,
    /// The most requests a week.
    pub requests_a_week: u16,
}

impl DueLine {
    /// The day from which it stands, seen from `today`.
    fn from(&self, cadence: &Cadence, today: Date) -> Date {
        let due = self.due.unwrap_or(today);
        let due = match self.about {
            About::Careers => cadence.on_or_after(due),
            About::RemindIntroduction => cadence.after(due, cadence.second_person_days),
            _ => due,
        };
        self.not_before.map_or(due, |day| due.max(day))
    }

    /// Whether it counts towards the week's requests.
    pub fn is_request(&self) -> bool {
        self.about == About::AskIntroduction || self.is_direct_request()
    }

    fn is_direct_request(&self) -> bool {
        self.is_step(Step::Request)
    }

    fn is_thanks(&self) -> bool {
        self.is_step(Step::Thank)
    }

    fn is_step(&self, step: Step) -> bool {
        self.about == About::Contact && self.step.as_deref() == Some(step.as_str())
    }

    /// For how many days it could have been done, and was not, seen from `today`; it stands from `from`. They are business days,
    /// but for an offer, whose day is theirs. What nobody waits for is never late.
    fn days_late(&self, from: Date, cadence: &Cadence, today: Date) -> i32 {
        let last = self.in_time_until.or(self.due).unwrap_or(today);
        match self.about {
            About::Contact => {
                let step = self.step.as_deref().and_then(|step| step.parse().ok());
                let next = step.map(|step| Next { step, due: self.due }.on(self.turns_on, today));
                next.map_or(0, |next| next.days_late(Some(from), cadence, today))
            }
            About::Promise | About::Referral | About::Task | About::Opening => days_late(last, cadence, today),
            About::Offer => i32::try_from(today.duration_since(last).as_hours() / 24).unwrap_or(i32::MAX).max(0),
            About::RemindIntroduction => days_late(from, cadence, today),
            About::Careers | About::AskIntroduction => 0,
        }
    }

    /// Whether it is one line together with all others of its kind.
    fn is_collected(&self) -> bool {
        matches!(self.about, About::Careers | About::Offer)
    }
}

/// How many lines these are.
fn count<'l>(due: impl Iterator<Item = &'l DueLine>) -> usize {
    let (collected, single): (Vec<_>, Vec<_>) = due.partition(|line| line.is_collected());
    let kinds = [About::Careers, About::Offer].into_iter();
    single.len() + kinds.filter(|about| collected.iter().any(|line| line.about == *about)).count()
}

impl<'a> OnDay<'a> {
    /// How many lines it is.
    pub fn count(&self) -> usize {
        count(self.lines.iter().map(|(line, _)| *line))
    }

    /// For how many days each line is late; 0 for one that is not. `day` is the day they are of.
    pub fn days_late(&self, cadence: &Cadence, day: Date) -> impl Iterator<Item = (&'a DueLine, i32)> {
        self.lines.iter().map(move |(line, from)| (*line, line.days_late(*from, cadence, day)))
    }

    /// How many lines are late.
    pub fn late(&self, cadence: &Cadence, day: Date) -> Late {
        let late = || self.days_late(cadence, day).filter(|(_, days)| *days > 0).map(|(line, _)| line);
        Late { lines: count(late()), thanks: late().filter(|line| line.is_thanks()).count() }
    }

    /// The lines of that kind.
    pub fn of(&self, about: About) -> impl Iterator<Item = (Uuid, Date)> {
        self.lines.iter().filter(move |(line, _)| line.about == about).map(|(line, from)| (line.id, *from))
    }
}

impl Due {
    /// What stands on `day`, if nothing is done until then.
    pub fn on(&self, day: Date, rules: Rules<'_>) -> OnDay<'_> {
        let introduced: Vec<ContactId> = self
            .lines
            .iter()
            .filter(|line| line.about == About::AskIntroduction)
            .filter_map(|line| line.person)
            .collect();
        let takes_the_other_way =
            |line: &DueLine| line.is_direct_request() && line.person.is_some_and(|id| introduced.contains(&id));
        let mut due: Vec<(&DueLine, Date)> = self
            .lines
            .iter()
            .filter(|line| !takes_the_other_way(line))
            .map(|line| (line, line.from(rules.cadence, day)))
            .filter(|(_, from)| *from <= day)
            .collect();
        due.sort_by_key(|(line, from)| (*from, line.id));

        let began = rules.cadence.week_of(day);
        let ceiling = Ceiling::weekly(rules.requests_a_week, self.sent_in_week(began), began);
        let last_week = began.checked_sub(7.days()).map_or(0, |began| self.sent_in_week(began));
        let week = ceiling.free_since(last_week, began, rules.cadence);
        let mut left = ceiling.left();
        let mut on_day = OnDay::default();
        for (line, from) in due {
            let hold = self.hold(line, rules.cadence, day);
            let is_request = line.is_request();
            match hold {
                Some(hold) => on_day.waiting.push((line, Wait::Behind(hold))),
                None if is_request && left == 0 => on_day.waiting.push((line, Wait::NoMore)),
                None => {
                    left -= i64::from(is_request);
                    let free = self.free(line, rules.cadence, day).max(week.filter(|_| is_request));
                    on_day.lines.push((line, free.map_or(from, |free| from.max(free.min(day)))));
                }
            }
        }
        on_day
    }

    /// The first day after `today` on which something stands if nothing is done until then. `back` tells the day after
    /// the stretch for a day on which the user is away.
    pub fn next_after(&self, today: Date, rules: Rules<'_>, back: impl Fn(Date) -> Option<Date>) -> Option<Date> {
        let mut day = today;
        for _ in 0..AHEAD {
            let waiting = self.on(day, rules).waiting;
            let waits = waiting.iter().filter_map(|(_, wait)| match wait {
                Wait::Behind(hold) => hold.until,
                Wait::NoMore => {
                    Ceiling::weekly(rules.requests_a_week, 0, rules.cadence.week_of(day)).renewed_on(rules.cadence)
                }
            });
            let tomorrow = day.checked_add(1.day()).ok()?;
            let lines = self.lines.iter().map(|line| line.from(rules.cadence, tomorrow));
            let next = lines.chain(waits).filter(|next| *next > day).min()?;
            day = next;
            while let Some(later) = back(day).filter(|later| *later > day) {
                day = later;
            }
            if !self.on(day, rules).lines.is_empty() {
                return Some(day);
            }
        }
        None
    }

    fn sent_in_week(&self, began: Date) -> i64 {
        let in_week = |on: Date| began <= on && on.duration_since(began) < SignedDuration::from_hours(7 * 24);
        self.sent.iter().filter(|sent| in_week(sent.on)).map(|sent| sent.times).sum()
    }

    /// The day on which nobody else held a line back any more; none where nobody did.
    fn free(&self, line: &DueLine, cadence: &Cadence, day: Date) -> Option<Date> {
        let (who, others) = self.approach(line)?;
        free_on(who, others, cadence, day)
    }

    /// Who holds a line back.
    fn hold<'a>(&'a self, line: &'a DueLine, cadence: &Cadence, day: Date) -> Option<Hold<'a>> {
        let (who, others) = self.approach(line)?;
        held_back(who, others, cadence, day)
    }

    /// Who is to be written to for the first time, and who may stand in the way. Whoever introduces someone does not.
    fn approach<'a>(&'a self, line: &'a DueLine) -> Option<(&'a Peer, impl Iterator<Item = &'a Peer> + Clone)> {
        let who = self.people.iter().find(|person| Some(person.id) == line.person)?;
        Some((who, self.people.iter().filter(|other| Some(other.id) != line.through)))
    }
}

#[cfg(test)]
mod tests;
