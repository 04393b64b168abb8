//! The words of a talk that stand nowhere else, and its rows as the pages' statement gathers them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::calendar;
use super::clashes::{self, Other};
use super::gaps::Heard;
use super::lines::Catch;
use super::queries::talks::Whole;
use super::topics::{Topic, Weight};
use super::when;
use crate::accounts::visit::{Person, Visit};
use crate::companies::search_links::prepare::Source;
use crate::ids::{ActionItemId, CapturedLineId, CompanyId, ContactId, InsightId, InterviewId, InterviewQuestionId};
use crate::kinds::kinds;
use crate::playbook::event::Kind;
use crate::playbook::name::first_name;
use crate::playbook::stage::Stage;
use crate::playbook::talk::{Status, Way};
use crate::playbook::warmth::{Closeness, Warmth};

kinds! {
    /// Whose clock a time was read from.
    pub enum Clock {
        Mine = "mine", "My time";
        Theirs = "theirs", "Their time";
    }
}

kinds! {
    /// What became of a talk.
    pub enum Outcome {
        Held = "held", "It took place";
        Cancelled = "cancelled", "It was cancelled";
        NoShow = "no_show", "It did not take place";
    }
}

impl Outcome {
    /// The line it makes in the history.
    pub fn kind(self) -> Kind {
        match self {
            Self::Held => Kind::Held,
            Self::Cancelled => Kind::Cancelled,
            Self::NoShow => Kind::NoShow,
        }
    }

    /// Where the talk stands then.
    pub fn status(self) -> Status {
        match self {
            Self::Held => Status::Held,
            Self::Cancelled => Status::Cancelled,
            Self::NoShow => Status::NoShow,
        }
    }
}

kinds! {
    /// Whether a referral was spoken of.
    pub enum ReferralTalk {
        Asked = "asked", "Asked";
        WillAsk = "will_ask", "Will ask";
        NotNow = "not_now", "Not now";
    }
}

kinds! {
    /// Whose promise it is.
    pub enum Whose {
        Mine = "mine", "I will";
        Theirs = "theirs", "They will";
    }
}

/// The other person.
#[derive(Debug, Deserialize)]
pub struct PersonRow {
    pub name: String,
    pub job_title: Option<String>,
    pub profile_url: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub time_zone: Option<String>,
    pub stage: Stage,
    pub closeness: Closeness,
    pub warmth: Warmth,
    pub why: Option<String>,
    pub introducer: Option<String>,
}

/// Where they work, if it is on the list.
#[derive(Debug, Deserialize)]
pub struct CompanyRow {
    pub id: CompanyId,
    pub name: String,
    pub website: Option<String>,
    pub linkedin_id: Option<String>,
}

/// A question picked for the talk.
#[derive(Debug, Deserialize)]
pub struct QuestionRow {
    pub id: InterviewQuestionId,
    pub topic: Topic,
    pub text: String,
    pub answer: Option<String>,
    pub version: i32,
}

/// What was found out before the talk.
#[derive(Debug, Deserialize)]
pub struct FindingRow {
    pub source: Source,
    pub text: Option<String>,
    pub checked: bool,
    pub version: i32,
}

/// A promise.
#[derive(Debug, Deserialize)]
pub struct ActionRow {
    pub id: ActionItemId,
    pub whose: Whose,
    pub text: String,
    pub due_on: Option<Date>,
    pub done: bool,
    pub dismissed: bool,
}

/// One thing learned.
#[derive(Debug, Deserialize)]
pub struct InsightRow {
    pub id: InsightId,
    pub topic: Topic,
    pub weight: Option<Weight>,
    pub text: String,
    pub in_thank_you: bool,
}

/// A line that was caught and is not filed yet.
#[derive(Debug, Deserialize)]
pub struct LineRow {
    pub id: CapturedLineId,
    pub kind: Catch,
    pub text: String,
}

/// Everything else known about person and company, for preparing.
#[derive(Debug, Deserialize)]
pub struct Background {
    pub notes: Option<String>,
    pub company_notes: Option<String>,
    pub history: Vec<HappenedRow>,
    pub people: Vec<ColleagueRow>,
    pub openings: Vec<OpeningRow>,
    pub learned: Vec<LearnedRow>,
    pub talks: Vec<OtherTalkRow>,
    pub bank: Vec<BankRow>,
    /// Who spoke of which topic of the company in other talks.
    pub heard: Vec<Heard>,
    /// What this person was asked in other talks.
    pub asked: Vec<String>,
}

/// Something that happened with the person.
#[derive(Debug, Deserialize)]
pub struct HappenedRow {
    pub kind: Kind,
    pub on: Date,
}

/// Somebody else there.
#[derive(Debug, Deserialize)]
pub struct ColleagueRow {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub stage: Stage,
}

/// An opening there.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub title: String,
    pub status: crate::playbook::opening::Status,
}

/// What other talks taught about the company.
#[derive(Debug, Deserialize)]
pub struct LearnedRow {
    pub topic: Topic,
    pub text: String,
    pub by: String,
}

/// Another talk with the same person.
#[derive(Debug, Deserialize)]
pub struct OtherTalkRow {
    pub id: InterviewId,
    pub starts_at: Timestamp,
    pub status: Status,
}

/// A question of the user's own bank.
#[derive(Debug, Deserialize)]
pub struct BankRow {
    pub topic: Topic,
    pub text: String,
    /// It comes with Inroad, and is not to be offered.
    pub is_hidden: bool,
}

/// A talk's words for a page: the clocks on both sides, seen from the person's today.
#[derive(Debug, Clone)]
pub struct Told {
    zone: TimeZone,
    today: Date,
}

impl Told {
    /// For whoever's data is shown.
    pub fn to<P>(visit: &Visit<P>) -> Self {
        Self { zone: visit.person.zone.clone(), today: visit.today() }
    }

    /// 'Tuesday 24 November, 14:30 (09:30 for Katherine)'; for one in writing the day alone.
    pub fn when(&self, talk: &Whole) -> String {
        if talk.way == Way::InWriting {
            return format!("Answers by {}", self.full_day(&talk.starts_at.0));
        }
        when::told(talk.starts_at.0, &self.zone, talk.their_time_zone.as_deref(), &talk.person.name, self.today)
    }

    /// 'Tuesday 24 November'.
    pub fn full_day(&self, at: &Timestamp) -> String {
        crate::web::words::full_day(self.zone.to_datetime(*at).date(), self.today)
    }

    /// '14:45'.
    pub fn time(&self, at: Timestamp) -> String {
        crate::web::words::time(at, &self.zone)
    }

    /// 'Thursday', '3 days ago'.
    pub fn day(&self, date: &Date) -> String {
        crate::web::words::day(*date, self.today)
    }

    /// What to point out about the talk's time: overlaps, and neighbours less than 15 minutes off.
    pub fn clashes(&self, talk: &Whole) -> Vec<String> {
        let is_to_come = talk.status == Status::Scheduled && talk.way != Way::InWriting;
        let others: &[Other] = if is_to_come { &talk.others } else { &[] };
        clashes::clashes(talk.starts_at.0, talk.minutes, others, &self.zone, self.today)
    }

    /// Whether a day is past.
    pub fn is_late(&self, due: &Option<Date>) -> bool {
        due.is_some_and(|due| due < self.today)
    }
}

impl Whole {
    /// When it is over.
    pub fn ends(&self) -> Timestamp {
        when::ends(self.starts_at.0, self.minutes)
    }

    /// The other person's first name.
    pub fn first_name(&self) -> &str {
        first_name(&self.person.name)
    }

    /// Where they work.
    pub fn company_name(&self) -> Option<&str> {
        self.company.as_ref().map(|company| company.name.as_str())
    }

    /// The place, where it is an address of the web.
    pub fn link(&self) -> Option<&str> {
        let place = self.place.as_deref()?;
        let address = url::Url::parse(place).ok()?;
        matches!(address.scheme(), "http" | "https").then_some(place)
    }

    /// The company an opening is at: what was typed, or where the person works.
    pub fn opening_company<'a>(&'a self, typed: &'a str) -> &'a str {
        if typed.is_empty() { self.company_name().unwrap_or_default() } else { typed }
    }

    /// Promises still open.
    pub fn open_actions(&self) -> usize {
        self.actions.iter().filter(|action| !action.done && !action.dismissed).count()
    }

    /// The talk as calendars know it. What is private stays out: it may be sent on.
    pub fn entry<'a>(&'a self, me: &'a Person) -> calendar::Entry<'a> {
        calendar::Entry {
            id: self.id,
            sequence: u32::try_from(self.sequence).unwrap_or_default(),
            stamp: self.changed_at.0,
            starts: self.starts_at.0,
            day: me.zone.to_datetime(self.starts_at.0).date(),
            minutes: u16::try_from(self.minutes).unwrap_or_default(),
            my_name: &me.name,
            my_email: Some(&me.email),
            their_name: &self.person.name,
            company: self.company_name(),
            way: self.way,
            connect: self.place.as_deref(),
            about: None,
            cancelled: self.status == Status::Cancelled,
        }
    }
}
