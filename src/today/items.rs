//! A line of Today: what to do, with whom, and since when.

use jiff::civil::Date;

use super::lines::TodayLine;
use crate::contacts::answers::Answers;
use crate::ids::{ActionItemId, ContactId, IntroductionId, OpeningId, ReferralId, ReferralTaskId};
use crate::playbook::due::About;
use crate::web::words;

/// Where a line's button posts to, and what.
#[derive(Debug)]
pub enum Action {
    /// A contact's step: done as this touchpoint, where one press says it all.
    Contact {
        /// Whose.
        id: ContactId,
        /// The touchpoint that says it is done; none where a page must be filled in.
        done_as: Option<&'static str>,
        /// Whether it may be dismissed.
        dismissable: bool,
        /// What they may have answered, where an answer is awaited.
        answers: Option<Answers>,
    },
    /// A promise.
    Promise(ActionItemId),
    /// A referral: the resource that says it is done.
    Referral(ReferralId, &'static str),
    /// A task of a referral.
    Task(uuid::Uuid),
    /// An opening's own next step.
    Opening(OpeningId),
    /// An introduction: the resource that says it is done.
    Introduction(IntroductionId, &'static str),
    /// What is done on the page it leads to, and nowhere else.
    There(About),
}

/// One line of the day.
#[derive(Debug)]
pub struct Item {
    /// 'Thank', 'Ask for a talk:'.
    pub verb: &'static str,
    /// Whom or what it is about.
    pub name: String,
    /// The page where it is done.
    pub href: String,
    /// Why, and what is known.
    pub line: String,
    /// What the button that leads there says.
    pub go: &'static str,
    /// When it is due.
    pub due: Date,
    /// For how many business days it could have been done, and was not.
    pub days_late: i32,
    /// Minutes it takes, as a rule.
    pub minutes: u32,
    /// What can be done from the line.
    pub action: Action,
    /// What loses most by waiting comes first: from 0.
    pub worth: u8,
}

impl Item {
    /// A name for the line that no other line of the page has.
    pub fn key(&self) -> String {
        let line = match &self.action {
            Action::Contact { id, .. } => TodayLine::Contact(*id),
            Action::Promise(id) => TodayLine::Promise(*id),
            Action::Referral(id, _) => TodayLine::Referral(*id),
            Action::Task(id) => TodayLine::Task(ReferralTaskId(*id)),
            Action::Opening(id) => TodayLine::Opening(*id),
            Action::Introduction(id, _) => TodayLine::Introduction(*id),
            Action::There(about) => return about.to_string(),
        };
        line.to_string()
    }

    /// Whether it could have been done on a day before.
    pub fn is_late(&self) -> bool {
        self.days_late > 0
    }

    /// Whether it can be put off, and so ticked together with others.
    pub fn can_wait(&self) -> bool {
        !matches!(self.action, Action::There(_))
    }

    /// 'Thank Grace Hopper', 'You promised Alan Turing: Send the paper', on one line of a page.
    pub fn said(&self) -> String {
        let said = match &self.action {
            Action::Promise(_) | Action::Task(_) | Action::There(_) => {
                format!("{} {}: {}", self.verb, self.name, self.line.trim_end_matches('.'))
            }
            _ => format!("{} {}", self.verb, self.name),
        };
        match said.char_indices().nth(SAID) {
            Some((at, _)) => format!("{}\u{2026}", said[..at].trim_end()),
            None => said,
        }
    }

    /// 'today', '2 days late'.
    pub fn when(&self, today: Date) -> String {
        match words::days_between(self.due, today) {
            _ if self.is_late() => format!("{} late", words::count(self.days_late.into(), "day", "days")),
            1.. => "now".into(),
            _ => words::day(self.due, today),
        }
    }
}

/// Characters of a line where it is named beside something else.
const SAID: usize = 60;
