//! One first approach at a time per company, several companies at a time.
//!
//! A *first approach* is the first message to someone: the connection request, the plea for an introduction or, with
//! someone connected already to whom nobody wrote yet, the plea for a talk. It waits while someone else there may still
//! answer, or does. Waiting is advice: whoever asks anyway is not stopped.
//!
//! *bd* means business days; the last column is the first day on which others there are free again.
//!
//! | someone else there | stands like this | the others wait until |
//! |---|---|---|
//! | was sent a request, or is to be introduced | no answer | the request + 3 bd: the day to ask a second person (3B7) |
//! | was asked for a talk | no answer, the first follow-up not yet due | the day of the follow-up, or the next business day where the user chose a weekend; at most 3 bd after the last word |
//! | answered, and is connected | to be asked for a talk about now | that day + 3 bd |
//! | said yes | a time is being found | the day it is due + 3 bd |
//! | has a talk with a date | before the talk | the talk + 3 bd, while nobody said how it went |
//! | talked, or helped in writing | thanks are due | that day + 3 bd |
//! | is to be approached first, too | due the same day, and ranks higher | they were asked |
//! | is silent for longer, said 'later', is in touch, let go, or declined | | nobody waits |
//!
//! - 'About now' is at most 3 bd ahead: a 'later' that names a day further off holds nobody back until that day is near.
//! - Whom someone introduced, or named, does not wait for that very person.
//! - Someone not picked yet waits for whoever is picked there.
//!
//! # Where it comes from
//!
//! Never all in one basket, and never all at once: 3B7, Dalton, *The 2-Hour Job Search* (one contact per company, a second
//! after three business days). That a warm answer pauses the others is our choice: colleagues talk with each other. The
//! waits are settings: `second_person_days` after a request, `follow_up_days` for everything else.

use jiff::civil::Date;
use serde::Deserialize;

use super::likeness::Nearness;
use super::{
    business_days::BusinessDays,
    cadence::Cadence,
    stage::Stage,
    step::Step,
    title::Roles,
    warmth::{Closeness, Warmth},
};
use crate::ids::{CompanyId, ContactId};

/// Someone at a company, as far as it matters for asking them, or others there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Peer {
    /// Who.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// What they do; told where it is shown.
    #[serde(default)]
    pub job_title: Option<String>,
    /// The company on the list; without one nobody waits for anybody.
    pub company: Option<CompanyId>,
    /// Where the user stands with them.
    pub stage: Stage,
    /// What is next with them.
    pub step: Option<Step>,
    /// When; none until they are picked for a week.
    pub due: Option<Date>,
    /// When the last request, or plea for an introduction, was sent.
    pub requested_on: Option<Date>,
    /// When a talk was last asked for.
    pub asked_on: Option<Date>,
    /// The day of the talk that is scheduled.
    pub talk_on: Option<Date>,
    /// The last time the two were really in contact.
    pub last_touch_on: Option<Date>,
    /// How near their work is.
    pub closeness: Closeness,
    /// Their job title is all that says so.
    #[serde(default)]
    pub by_title: bool,
    /// What ties them to the user.
    pub warmth: Warmth,
    /// Whether the user said so.
    #[serde(default)]
    pub warmth_said: Option<bool>,
    /// That they work where the user worked is all that says so.
    #[serde(default)]
    pub by_employer: bool,
    /// Whether their profile is alive.
    pub live_profile: bool,
    /// Who introduced them, or can.
    pub introduced_by: Option<ContactId>,
    /// The name of that person; told where it is shown.
    #[serde(default)]
    pub introducer: Option<String>,
}

/// Why someone holds the others back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// They were sent a request on that day and may still answer.
    Requested(Date),
    /// They were asked for a talk on that day and may still answer.
    Asked(Date),
    /// They answered, and are to be asked for a talk.
    Connected,
    /// They said yes; a time is being found.
    SettingTime,
    /// The talk has a date.
    Scheduled(Date),
    /// They helped; thanks are due.
    Spoke,
    /// They are to be approached first: due on that day.
    ComesFirst(Date),
}

/// Who holds a first approach back, why, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold<'a> {
    /// Who.
    pub by: &'a Peer,
    /// Why.
    pub because: Because,
    /// The first day on which the approach is free; none while someone else comes first.
    pub until: Option<Date>,
}

impl Peer {
    /// The same person; where the user never said how near their work is, what their job title says of it.
    pub fn read_by_title(mut self, roles: &mut Roles) -> Self {
        (self.closeness, self.by_title) = roles.near(self.closeness, self.job_title.as_deref());
        self
    }

    /// The same person; where the user never said what ties them, that they work where the user worked.
    pub fn read_by_employer(mut self, worked_there: bool) -> Self {
        if worked_there && self.warmth == Warmth::Stranger && self.warmth_said.is_none() {
            (self.warmth, self.by_employer) = (Warmth::SameEmployer, true);
        }
        self
    }

    /// Whether the next message to them would be the first one.
    pub fn is_first_approach(&self) -> bool {
        match (self.stage, self.step) {
            (_, Some(Step::Request)) => true,
            (Stage::Connected, Some(Step::AskForTalk)) => !self.was_contacted(),
            _ => false,
        }
    }

    /// Whether the user ever wrote to them, or met them.
    pub fn was_contacted(&self) -> bool {
        self.requested_on.or(self.asked_on).or(self.last_touch_on).is_some()
    }

    /// What makes them worth asking.
    pub fn nearness(&self) -> Nearness {
        let connected = !matches!(self.stage, Stage::Identified | Stage::Requested) && !self.stage.is_resting();
        Nearness { closeness: self.closeness, warmth: self.warmth, live_profile: self.live_profile, connected }
    }

    /// Whether they rank before another at the same company: worth more, and among equals known for longer.
    pub fn ranks_before(&self, other: &Self) -> bool {
        (other.nearness().points(), self.id) < (self.nearness().points(), other.id)
    }

    /// The reason for which others there wait, and the first day on which they need not; none once that has come.
    fn holds(&self, cadence: &Cadence, today: Date) -> Option<(Because, Date)> {
        self.held(cadence, today).filter(|(_, until)| *until > today)
    }

    /// The reason for which others there wait or waited, and the first day on which they need not.
    fn held(&self, cadence: &Cadence, today: Date) -> Option<(Because, Date)> {
        let later = |day: Date, wait: BusinessDays| cadence.after(day, wait);
        let patience = cadence.follow_up_days;
        let (because, until) = match (self.stage, self.step) {
            (Stage::Requested, _) => {
                let on = self.requested_on?;
                (Because::Requested(on), later(on, cadence.second_person_days))
            }
            (Stage::Connected, Some(Step::AskForTalk)) if self.was_contacted() => {
                let due = self.due.filter(|due| *due <= later(today, patience))?;
                (Because::Connected, later(due, patience))
            }
            (Stage::Asked, Some(Step::FollowUp)) => {
                let on = self.asked_on.or(self.last_touch_on)?;
                let last_word = later(self.last_touch_on.unwrap_or(on).max(on), patience);
                (Because::Asked(on), self.due.map_or(last_word, |due| cadence.on_or_after(due).min(last_word)))
            }
            (Stage::Asked, Some(Step::SetTime)) => (Because::SettingTime, later(self.due?, patience)),
            (Stage::Scheduled, _) => {
                let on = self.talk_on?;
                (Because::Scheduled(on), later(on, patience))
            }
            (Stage::Spoke, _) => (Because::Spoke, later(self.due?, patience)),
            _ => return None,
        };
        Some((because, until))
    }
}

/// Who holds back the first approach to someone, of all people there; none where it is free, or is no first approach.
///
/// `people` may hold the person themselves and people of other companies; they don't count. Of several the one counts
/// for whom the wait is longest.
pub fn held_back<'a>(
    who: &Peer,
    people: impl IntoIterator<Item = &'a Peer>,
    cadence: &Cadence,
    today: Date,
) -> Option<Hold<'a>> {
    if who.company.is_none() || !who.is_first_approach() {
        return None;
    }
    let others = people
        .into_iter()
        .filter(|other| other.id != who.id && other.company == who.company && who.introduced_by != Some(other.id));
    let mut longest: Option<Hold<'a>> = None;
    let mut first: Option<Hold<'a>> = None;
    for other in others {
        if let Some((because, until)) = other.holds(cadence, today) {
            if longest.is_none_or(|hold| hold.until < Some(until)) {
                longest = Some(Hold { by: other, because, until: Some(until) });
            }
        } else if let Some(day) = comes_first(other, who, today)
            && first.is_none_or(|hold| other.ranks_before(hold.by))
        {
            first = Some(Hold { by: other, because: Because::ComesFirst(day), until: None });
        }
    }
    longest.or(first)
}

/// The first day on which the approach to someone was free of the others there, or will be; none where they never mattered, or
/// it is no first approach. Before it nobody was late with it.
///
/// What held back before someone answered, or was let go, is known no more: the day of the last word with them stands for it.
pub fn free_on<'a>(
    who: &Peer,
    people: impl IntoIterator<Item = &'a Peer> + Clone,
    cadence: &Cadence,
    today: Date,
) -> Option<Date> {
    if let Some(hold) = held_back(who, people.clone(), cadence, today) {
        return Some(hold.until.unwrap_or(today));
    }
    if who.company.is_none() || !who.is_first_approach() {
        return None;
    }
    let others = people
        .into_iter()
        .filter(|other| other.id != who.id && other.company == who.company && who.introduced_by != Some(other.id));
    let days = others.flat_map(|other| {
        let until = other.held(cadence, today).map(|(_, until)| until);
        [until, other.requested_on, other.asked_on, other.last_touch_on]
    });
    days.flatten().filter(|day| *day <= today).max()
}

/// The day on which the other is to be approached, where that comes before approaching this person.
fn comes_first(other: &Peer, who: &Peer, today: Date) -> Option<Date> {
    let day_of = |person: &Peer| person.due.map(|due| due.max(today));
    let day = day_of(other).filter(|_| other.is_first_approach())?;
    match day_of(who) {
        None => Some(day),
        Some(own) => (own == day && other.ranks_before(who)).then_some(day),
    }
}

/// What was reached at a company, by everyone there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// Nobody is known there.
    Nobody,
    /// Someone is known, nobody was written to.
    Found,
    /// Someone was written to.
    Contacted,
    /// Someone talked with the user.
    Talked,
    /// Someone was asked for a referral, or made one.
    Referral,
}

impl Coverage {
    /// What the people there, and whether there is a referral, amount to.
    pub fn of<'a>(people: impl IntoIterator<Item = &'a Peer>, has_referral: bool) -> Self {
        let reached = people.into_iter().map(|person| match person.stage {
            Stage::Spoke | Stage::InTouch => Self::Talked,
            _ if person.was_contacted() => Self::Contacted,
            _ => Self::Found,
        });
        let reached = reached.max().unwrap_or(Self::Nobody);
        if has_referral { Self::Referral } else { reached }
    }
}
