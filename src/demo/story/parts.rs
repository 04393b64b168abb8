//! What the story is told with: a company, a contact with their history, a talk and what came of it, and so on.

use unicode_normalization::UnicodeNormalization;

use crate::companies::company::{self, FoundBy};
use crate::contacts::contact::ReasonKind;
use crate::documents::document;
use crate::playbook::event::Kind;
use crate::playbook::occasion::DateKind;
use crate::playbook::opening;
use crate::playbook::referral::{self, Whose};
use crate::playbook::talk::{Medium, Status};
use crate::playbook::topic::{Topic, Weight};
use crate::playbook::warmth::{Closeness, Warmth};

/// Whose search it is.
#[derive(Debug, Clone, Copy)]
pub struct Seeker {
    /// Her name.
    pub name: &'static str,
    /// Her address.
    pub email: &'static str,
    /// The name of her time zone.
    pub zone: &'static str,
    /// Finishes 'I am ...'.
    pub about: &'static str,
    /// Where her resume can be read.
    pub resume: &'static str,
    /// The titles she aims at.
    pub target_roles: &'static [&'static str],
    /// Where she would work.
    pub places: &'static [&'static str],
    /// The industries she looks at.
    pub industries: &'static [&'static str],
    /// Her schools.
    pub schools: &'static [&'static str],
    /// Where she worked.
    pub former_employers: &'static [&'static str],
    /// How many companies she wants on the list.
    pub company_goal: u16,
    /// How many requests she means to send in a week.
    pub weekly_requests: u16,
    /// How many talks she means to hold in a week.
    pub weekly_talks: u16,
}

/// A target company.
#[derive(Debug, Clone, Copy)]
pub struct Company {
    /// Its name; other parts of the story refer to it by this.
    pub name: &'static str,
    /// What it does.
    pub industry: &'static str,
    /// Where it is.
    pub place: &'static str,
    /// How much she wants to work there, 0 to 5.
    pub motivation: i16,
    /// What is posted: 0 nothing, 1 something adjacent, 2 something relevant, 3 right now.
    pub posting: i16,
    /// How it got on the list.
    pub found: FoundBy,
    /// Whether she still aims at it.
    pub status: company::Status,
    /// Why it is paused or ruled out.
    pub reason: Option<&'static str>,
    /// Her own words on it; empty where there are none.
    pub note: &'static str,
    /// When she put it on the list.
    pub days_ago: i16,
}

/// A person.
#[derive(Debug, Clone, Copy)]
pub struct Contact {
    /// The whole name; other parts of the story refer to the person by this.
    pub name: &'static str,
    /// Where they work.
    pub company: &'static str,
    /// Their job title.
    pub title: &'static str,
    /// How near their work is to hers.
    pub closeness: Closeness,
    /// What ties them to her.
    pub warmth: Warmth,
    /// Why this person, in her words.
    pub why: &'static str,
    /// The contact who introduced them, or can.
    pub introduced_by: Option<&'static str>,
    /// What they say of themselves, where she knows it.
    pub pronouns: Option<&'static str>,
    /// Their address, where she knows it.
    pub email: Option<&'static str>,
    /// Her own note on them.
    pub note: Option<&'static str>,
    /// What happened, the oldest first.
    pub history: &'static [Event],
}

/// One thing that happened with a contact.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// How long ago.
    pub days_ago: i16,
    /// What.
    pub kind: Kind,
    /// What was said; empty where nothing was kept.
    pub text: &'static str,
    /// The day it points to, as days ago: the talk that was scheduled, the day it was put off to.
    pub until: Option<i16>,
}

/// A date of theirs.
#[derive(Debug, Clone, Copy)]
pub struct Date {
    /// Whose.
    pub contact: &'static str,
    /// What it is.
    pub kind: DateKind,
    /// What another day is.
    pub word: Option<&'static str>,
    /// When it comes next.
    pub days_ahead: i16,
    /// How many years it will have been then, where that is known.
    pub years: Option<i16>,
}

/// A reason to write, kept for later.
#[derive(Debug, Clone, Copy)]
pub struct Reason {
    /// To whom.
    pub contact: &'static str,
    /// What it is.
    pub kind: ReasonKind,
    /// In her words.
    pub text: &'static str,
    /// Its address, where it has one.
    pub link: Option<&'static str>,
}

/// A talk, held or coming.
#[derive(Debug, Clone, Copy)]
pub struct Talk {
    /// With whom.
    pub contact: &'static str,
    /// The day.
    pub days_ago: i16,
    /// The time of day in her zone, hour and minute.
    pub at: (i8, i8),
    /// How long, in minutes.
    pub minutes: u16,
    /// How.
    pub way: Medium,
    /// How it stands.
    pub status: Status,
    /// The address, number or place; empty where it was not settled.
    pub connect: &'static str,
    /// The questions she picked, with what she noted.
    pub questions: &'static [Asked],
    /// What she learned.
    pub insights: &'static [Insight],
    /// What was promised.
    pub actions: &'static [Action],
    /// Her free notes.
    pub notes: &'static str,
    /// How it felt and how it went, once held.
    pub afterwards: Option<Afterwards>,
}

/// A question of a talk.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// What it is about.
    pub topic: Topic,
    /// The question.
    pub question: &'static str,
    /// What she noted; empty where it was not reached or is still to come.
    pub answer: &'static str,
}

/// One thing learned.
#[derive(Debug, Clone, Copy)]
pub struct Insight {
    /// What it is about.
    pub topic: Topic,
    /// How much it weighs, where it is about what the role needs.
    pub weight: Option<Weight>,
    /// What.
    pub text: &'static str,
}

/// A promise that came out of a talk.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Hers, or theirs.
    pub whose: Whose,
    /// What.
    pub text: &'static str,
    /// By when, as days ago.
    pub due: i16,
    /// Whether it is done.
    pub done: bool,
}

/// Her look back at a talk.
#[derive(Debug, Clone, Copy)]
pub struct Afterwards {
    /// How much of the time they spoke, in percent.
    pub they_spoke: i16,
    /// Her confidence before, 1 to 5.
    pub before: i16,
    /// Her confidence after, 1 to 5.
    pub after: i16,
}

/// A role at a company.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// Its title; with the company it names the opening.
    pub title: &'static str,
    /// Where.
    pub company: &'static str,
    /// How far it is.
    pub status: opening::Status,
    /// Known only from inside, not posted.
    pub inside: bool,
    /// Its address, where it is posted.
    pub link: Option<&'static str>,
    /// When she heard of it.
    pub days_ago: i16,
    /// When it last changed, as days ago.
    pub changed: i16,
    /// Who said that it is real and open, and when.
    pub confirmed: Option<(&'static str, i16)>,
    /// Her note.
    pub note: &'static str,
}

/// A contact putting her forward.
#[derive(Debug, Clone, Copy)]
pub struct Referral {
    /// Who.
    pub contact: &'static str,
    /// The opening's title at their company; none where they speak for her in general.
    pub opening: Option<&'static str>,
    /// Where it stands.
    pub status: referral::Status,
    /// How it works there.
    pub way: Option<referral::Mechanic>,
    /// What came of it.
    pub outcome: Option<referral::Outcome>,
    /// When she asked, or means to; none where they offered unasked.
    pub asked: Option<i16>,
    /// When she reminded them.
    pub reminded: Option<i16>,
    /// When they agreed.
    pub agreed: Option<i16>,
    /// When they made it.
    pub made: Option<i16>,
    /// When she last told them how it went.
    pub told: Option<i16>,
    /// When they declined, or she withdrew it.
    pub closed: Option<i16>,
    /// Her note.
    pub note: &'static str,
}

impl Company {
    /// Its site.
    pub fn website(&self) -> String {
        format!("https://{}.example", slug(self.name))
    }
}

impl Contact {
    /// Their profile.
    pub fn profile(&self) -> String {
        format!("https://www.linkedin.com/in/{}-demo", slug(self.name))
    }

    pub const fn through(mut self, name: &'static str) -> Self {
        self.introduced_by = Some(name);
        self
    }

    pub const fn at(mut self, email: &'static str) -> Self {
        self.email = Some(email);
        self
    }

    pub const fn called(mut self, pronouns: &'static str) -> Self {
        self.pronouns = Some(pronouns);
        self
    }

    pub const fn note(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }
}

pub const fn person(
    name: &'static str,
    company: &'static str,
    title: &'static str,
    closeness: Closeness,
    warmth: Warmth,
    why: &'static str,
    history: &'static [Event],
) -> Contact {
    Contact {
        name,
        company,
        title,
        closeness,
        warmth,
        why,
        introduced_by: None,
        pronouns: None,
        email: None,
        note: None,
        history,
    }
}

pub const fn on(days_ago: i16, kind: Kind) -> Event {
    Event { days_ago, kind, text: "", until: None }
}

pub const fn said(days_ago: i16, kind: Kind, text: &'static str) -> Event {
    Event { days_ago, kind, text, until: None }
}

pub const fn until(days_ago: i16, kind: Kind, day: i16) -> Event {
    Event { days_ago, kind, text: "", until: Some(day) }
}

/// The name as it stands in an address: letters without their accents, words joined by hyphens.
pub(super) fn slug(name: &str) -> String {
    let plain: String = name.nfd().filter(char::is_ascii).collect::<String>().to_lowercase();
    plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// A document of hers.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub kind: document::Kind,
    /// The oldest first.
    pub versions: &'static [Version],
}

/// A version of a document.
#[derive(Debug, Clone, Copy)]
pub struct Version {
    /// When she added it.
    pub days_ago: i16,
    /// What its file is called.
    pub file_name: &'static str,
    /// What is in it.
    pub text: &'static str,
    /// Where it went.
    pub sent: &'static [SentTo],
}

/// Where a version went, and how many days ago.
#[derive(Debug, Clone, Copy)]
pub enum SentTo {
    /// An opening, by its title and company.
    Opening(&'static str, &'static str, i16),
    /// The referral of someone.
    Referral(&'static str, i16),
}
