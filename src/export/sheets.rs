//! Tables for spreadsheets: what each file holds, in plain words.

use std::io::Write;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::PgConnection;

use super::queries::Counts;
use super::queries::sheets as queries;
use crate::access::Viewer;
use crate::error::Result;
use crate::kinds::{Kind, kinds};
use crate::playbook::event::{self, Direction};
use crate::playbook::message::channel::Channel;
use crate::playbook::referral::{self, Mechanic, Outcome, ReferralStep};
use crate::playbook::stage::Stage;
use crate::playbook::step::Step;
use crate::playbook::talk::{self, Medium};
use crate::playbook::topic::{Topic, Weight};
use crate::playbook::warmth::{Closeness, Warmth};
use crate::playbook::{introduction, opening};
use crate::web::sheet::Sheet;
use crate::{companies, openings};

kinds! {
    /// The tables there are.
    pub enum Which {
        Companies = "companies", "Companies";
        Contacts = "contacts", "Contacts";
        History = "history", "History";
        Talks = "talks", "Talks";
        Insights = "insights", "Insights";
        Openings = "openings", "Openings";
        Referrals = "referrals", "Referrals";
        Introductions = "introductions", "Introductions";
    }
}

/// How a cell is said.
#[derive(Clone, Copy)]
enum Say {
    /// As it is.
    Plain,
    /// The label of a stored word.
    Word(fn(&str) -> Option<&'static str>),
    /// The time where the user is.
    At,
}

fn word<K: Kind>(stored: &str) -> Option<&'static str> {
    stored.parse::<K>().ok().map(Kind::label)
}

impl Which {
    /// What a row of it tells.
    pub fn told(self) -> &'static str {
        match self {
            Self::Companies => "Your list, with ratings and notes",
            Self::Contacts => "Who they are, where you stand, your notes",
            Self::History => "Everything that happened with each contact, with the messages you kept",
            Self::Talks => "When, how, your notes, and how it went",
            Self::Insights => "What you learned, about which company, and who said it",
            Self::Openings => "Where each stands, and who confirmed it",
            Self::Referrals => "Who put you forward for what, and what came of it",
            Self::Introductions => "Who could introduce you to someone, and what came of it",
        }
    }

    /// How many rows it has.
    pub fn count(self, counts: &Counts) -> i64 {
        match self {
            Self::Companies => counts.companies,
            Self::Contacts => counts.contacts,
            Self::History => counts.history,
            Self::Talks => counts.talks,
            Self::Insights => counts.insights,
            Self::Openings => counts.openings,
            Self::Referrals => counts.referrals,
            Self::Introductions => counts.introductions,
        }
    }

    /// The head of each column, in the order of the statement's cells, and how its cells are said.
    fn columns(self) -> &'static [(&'static str, Say)] {
        use Say::{At, Plain, Word};
        match self {
            Self::Companies => &[
                ("Company", Plain),
                ("Website", Plain),
                ("Careers page", Plain),
                ("Industry", Plain),
                ("Place", Plain),
                ("Motivation (0-5)", Plain),
                ("Posting (0-3)", Plain),
                ("Status", Word(word::<companies::company::Status>)),
                ("Why ruled out", Plain),
                ("Found by", Word(word::<companies::company::FoundBy>)),
                ("Notes", Plain),
                ("Added", At),
            ],
            Self::Contacts => &[
                ("Name", Plain),
                ("Company", Plain),
                ("Job title", Plain),
                ("Stage", Word(word::<Stage>)),
                ("Next step", Word(word::<Step>)),
                ("Due", Plain),
                ("E-mail", Plain),
                ("Phone", Plain),
                ("Profile", Plain),
                ("Place", Plain),
                ("Time zone", Plain),
                ("Pronouns", Plain),
                ("Closeness", Word(word::<Closeness>)),
                ("Warmth", Word(word::<Warmth>)),
                ("Introduced by", Plain),
                ("Why them", Plain),
                ("Connected on", Plain),
                ("Last contact", Plain),
                ("Tags", Plain),
                ("Notes", Plain),
                ("Added", At),
            ],
            Self::History => &[
                ("Day", Plain),
                ("Contact", Plain),
                ("Company", Plain),
                ("What happened", Word(word::<event::Kind>)),
                ("Direction", Word(word::<Direction>)),
                ("Channel", Word(word::<Channel>)),
                ("Message", Plain),
                ("Note", Plain),
            ],
            Self::Talks => &[
                ("Begins", At),
                ("Minutes", Plain),
                ("Contact", Plain),
                ("Company", Plain),
                ("Status", Word(word::<talk::Status>)),
                ("Way", Word(word::<Medium>)),
                ("Where", Plain),
                ("Notes", Plain),
                ("How it went (1-5)", Plain),
                ("They spoke (%)", Plain),
                ("Confidence before (1-5)", Plain),
                ("Confidence after (1-5)", Plain),
            ],
            Self::Insights => &[
                ("Noted", At),
                ("Topic", Word(word::<Topic>)),
                ("Weight", Word(word::<Weight>)),
                ("Insight", Plain),
                ("Company", Plain),
                ("From", Plain),
            ],
            Self::Openings => &[
                ("Title", Plain),
                ("Company", Plain),
                ("Status", Word(word::<opening::Status>)),
                ("Since", Plain),
                ("Source", Word(word::<openings::opening::Source>)),
                ("Address", Plain),
                ("Place", Plain),
                ("Salary", Plain),
                ("Seen on", Plain),
                ("Applied on", Plain),
                ("Applied how", Plain),
                ("Confirmed by", Plain),
                ("Confirmed on", Plain),
                ("Next step", Plain),
                ("Due", Plain),
                ("Notes", Plain),
                ("Posting", Plain),
            ],
            Self::Referrals => &[
                ("Contact", Plain),
                ("Company", Plain),
                ("Opening", Plain),
                ("Status", Word(word::<referral::Status>)),
                ("How", Word(word::<Mechanic>)),
                ("Asked on", Plain),
                ("Agreed on", Plain),
                ("Made on", Plain),
                ("Outcome", Word(word::<Outcome>)),
                ("Next step", Word(word::<ReferralStep>)),
                ("Due", Plain),
                ("Why I fit", Plain),
                ("Details", Plain),
            ],
            Self::Introductions => &[
                ("Introduced by", Plain),
                ("To", Plain),
                ("Status", Word(word::<introduction::Status>)),
                ("Asked on", Plain),
                ("Made on", Plain),
                ("Declined on", Plain),
                ("Note", Plain),
            ],
        }
    }
}

/// Writes a table.
///
/// # Errors
/// When the database fails, or what it is written to.
pub async fn write<W: Write>(db: &mut PgConnection, by: Viewer, which: Which, zone: &TimeZone, to: W) -> Result<W> {
    let columns = which.columns();
    let mut sheet = Sheet::begin(to, columns.iter().map(|(head, _)| *head))?;
    let mut rows = match which {
        Which::Companies => queries::companies(db, by),
        Which::Contacts => queries::contacts(db, by),
        Which::History => queries::history(db, by),
        Which::Talks => queries::talks(db, by),
        Which::Insights => queries::insights(db, by),
        Which::Openings => queries::openings(db, by),
        Which::Referrals => queries::referrals(db, by),
        Which::Introductions => queries::introductions(db, by),
    };
    while let Some(cells) = rows.try_next().await? {
        sheet.row(columns.iter().zip(cells).map(|((_, say), cell)| said(*say, cell.unwrap_or_default(), zone)))?;
    }
    drop(rows);
    sheet.end()
}

fn said(say: Say, cell: String, zone: &TimeZone) -> String {
    match say {
        Say::Plain => cell,
        Say::Word(label) => label(&cell).map_or(cell, str::to_owned),
        Say::At => match cell.parse::<Timestamp>() {
            Ok(at) => {
                let there = zone.to_datetime(at);
                format!("{} {:02}:{:02}", there.date(), there.hour(), there.minute())
            }
            Err(_) => cell,
        },
    }
}
