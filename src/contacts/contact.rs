//! A contact to be, and a touchpoint to be.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::ids::{CompanyId, ContactId, ImportId, InterviewId, IntroductionId, ReferralId, TouchpointId};
use crate::kinds::kinds;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::text::{Line, Text};

kinds! {
    /// How the user came by a contact: the first line of their history.
    pub enum Start {
        /// Found, not yet in contact.
        Found = "found", "Found";
        /// In contact before Inroad knew of it.
        AlreadyConnected = "already_connected", "Already connected";
    }
}

impl Start {
    /// The touchpoint it makes.
    pub fn kind(self) -> Kind {
        match self {
            Self::Found => Kind::Found,
            Self::AlreadyConnected => Kind::AlreadyConnected,
        }
    }
}

/// A contact to be.
pub struct NewContact {
    pub id: ContactId,
    pub name: Line<200>,
    pub company_id: Option<CompanyId>,
    pub employer: Option<CompanyName>,
    pub job_title: Option<Line<200>>,
    pub profile: Option<ProfileAddress>,
    pub email: Option<EmailAddress>,
    pub phone: Option<Line<50>>,
    pub notes: Option<Text<20_000>>,
    pub closeness: Closeness,
    pub warmth: Warmth,
    pub why: Option<Line<500>>,
    pub introduced_by: Option<ContactId>,
    pub start: Start,
    /// When it started: the day it was found, or the day the two connected.
    pub on: Date,
    pub connected_on: Option<Date>,
    pub import_id: Option<ImportId>,
    /// It is what LinkedIn's list of connections says of them, word for word.
    pub is_as_listed: bool,
}

impl NewContact {
    /// A contact of whom only the name is known.
    pub fn named(id: ContactId, name: Line<200>, on: Date) -> Self {
        Self {
            id,
            name,
            company_id: None,
            employer: None,
            job_title: None,
            profile: None,
            email: None,
            phone: None,
            notes: None,
            closeness: Closeness::Other,
            warmth: Warmth::Stranger,
            why: None,
            introduced_by: None,
            start: Start::Found,
            on,
            connected_on: None,
            import_id: None,
            is_as_listed: false,
        }
    }
}

/// One thing that happened, to be added to a contact's history.
pub struct NewTouchpoint {
    pub id: TouchpointId,
    pub kind: Kind,
    /// The civil date where the user was.
    pub on: Date,
    /// The instant, as far as it is known.
    pub at: Timestamp,
    /// The date it speaks of, for kinds that take one.
    pub until: Option<Date>,
    pub channel: Option<Channel>,
    /// What was written.
    pub body: Option<Text<20_000>>,
    /// Note: why it was dismissed, how it was done otherwise.
    pub note: Option<Text<2_000>>,
    /// The template the body came from, and which wording of it.
    pub template: Option<(String, i32)>,
    pub undoes: Option<TouchpointId>,
    pub interview: Option<InterviewId>,
    pub referral: Option<ReferralId>,
    pub introduction: Option<IntroductionId>,
    /// The import that knew of it.
    pub import: Option<ImportId>,
}

impl NewTouchpoint {
    /// A bare event of that day.
    pub fn new(kind: Kind, on: Date, at: Timestamp) -> Self {
        Self {
            id: TouchpointId::new(),
            kind,
            on,
            at,
            until: None,
            channel: None,
            body: None,
            note: None,
            template: None,
            undoes: None,
            interview: None,
            referral: None,
            introduction: None,
            import: None,
        }
    }

    /// Takes back another.
    pub fn undoing(touchpoint: TouchpointId, on: Date, at: Timestamp) -> Self {
        Self { undoes: Some(touchpoint), ..Self::new(Kind::Undone, on, at) }
    }
}

kinds! {
    /// Why one writes.
    pub enum ReasonKind {
        Article = "article", "Something for them to read";
        AdviceActedOn = "advice_acted_on", "Advice you acted on";
        NewsOfMine = "news_of_mine", "News of yours";
        NewsOfTheirs = "news_of_theirs", "News of theirs";
        Other = "other", "Something else";
    }
}

impl ReasonKind {
    /// The key of the template a reason of this kind fills.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::AdviceActedOn => "advice_acted_on",
            Self::NewsOfMine => "my_news",
            Self::NewsOfTheirs => "their_news",
            Self::Other => "another_reason",
        }
    }
}
