//! Comments, as rows and as a page shows them.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::visit::Visit;
use crate::ids::{CommentId, GrantId};
use crate::kinds::kinds;
use crate::web::words;

kinds! {
    /// What a comment stands beside.
    pub enum About {
        Company = "company", "the company";
        Contact = "contact", "the person";
        Interview = "interview", "the talk";
    }
}

impl About {
    /// Its page.
    pub fn address(self, id: Uuid) -> String {
        match self {
            Self::Company => format!("/companies/{id}"),
            Self::Contact => format!("/contacts/{id}"),
            Self::Interview => format!("/interviews/{id}"),
        }
    }
}

/// A comment, as a page's own statement gathers it.
#[derive(Debug, Clone, Deserialize)]
pub struct CommentRow {
    pub id: CommentId,
    /// Whose thread it belongs to.
    pub grant: GrantId,
    /// The coach wrote it, and not the seeker.
    pub by_coach: bool,
    /// The coach's name, whoever wrote.
    pub name: String,
    /// It is about the message to be sent.
    pub of_message: bool,
    pub text: String,
    pub created_at: Timestamp,
    pub edited: bool,
    pub done: bool,
}

/// A comment the seeker has neither answered nor marked as done.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenComment {
    pub id: CommentId,
    /// The coach's name.
    pub name: String,
    pub text: String,
    pub about: About,
    pub of: Uuid,
    /// The company's or the person's name.
    pub what: String,
}

impl OpenComment {
    /// Where it stands.
    pub fn address(&self) -> String {
        format!("{}#comments", self.about.address(self.of))
    }
}

/// A comment as a page shows it.
#[derive(Debug)]
pub struct Line {
    pub id: CommentId,
    /// Who wrote it: 'You', or their name.
    pub by: String,
    /// Whoever looks wrote it, and may change it.
    pub is_mine: bool,
    pub of_message: bool,
    pub text: String,
    pub when: String,
    pub is_done: bool,
    /// The seeker looks, and may mark it as done.
    pub can_be_done: bool,
}

/// What was said with one coach.
#[derive(Debug)]
pub struct Thread {
    /// The coach's name.
    pub name: String,
    /// The oldest first.
    pub lines: Vec<Line>,
    /// The coach's last word, which an answer goes to.
    pub answers: Option<CommentId>,
}

/// The comments beside one thing.
#[derive(Debug)]
pub struct Comments {
    pub about: About,
    pub of: Uuid,
    pub threads: Vec<Thread>,
    /// A coach looks, and may write.
    pub may_write: bool,
    /// The seeker looks, and may answer.
    pub may_answer: bool,
}

impl Comments {
    /// Of rows in the order in which they were written, to whoever visits.
    pub fn of<P>(rows: Vec<CommentRow>, about: About, of: Uuid, visit: &Visit<P>) -> Self {
        let coach = visit.looking.is_some();
        let mut threads: Vec<(GrantId, Thread)> = Vec::new();
        for row in rows {
            let is_mine = row.by_coach == coach;
            let seeker = || visit.person.name.clone();
            let by = match (is_mine, row.by_coach) {
                (true, _) => "You".into(),
                (false, true) => row.name.clone(),
                (false, false) => seeker(),
            };
            let moment = words::moment(row.created_at, &visit.person.zone, visit.today());
            let line = Line {
                id: row.id,
                by,
                is_mine,
                of_message: row.of_message,
                text: row.text,
                when: if row.edited { format!("{moment}, edited") } else { moment },
                is_done: row.done,
                can_be_done: row.by_coach && !coach,
            };
            let at = threads.iter().position(|(grant, _)| *grant == row.grant).unwrap_or_else(|| {
                threads.push((row.grant, Thread { name: row.name, lines: Vec::new(), answers: None }));
                threads.len() - 1
            });
            if let Some((_, thread)) = threads.get_mut(at) {
                thread.answers = if row.by_coach { Some(line.id) } else { thread.answers };
                thread.lines.push(line);
            }
        }
        Self {
            about,
            of,
            threads: threads.into_iter().map(|(_, thread)| thread).collect(),
            may_write: visit.looking.is_some_and(|looking| looking.may_comment),
            may_answer: !coach,
        }
    }

    /// Whether there is anything to show, or to write into.
    pub fn is_shown(&self) -> bool {
        self.may_write || !self.threads.is_empty()
    }

    /// Whether the message can be commented on, too.
    pub fn has_message(&self) -> bool {
        self.about == About::Contact
    }

    /// A comment to be.
    pub fn new_comment(&self) -> CommentId {
        CommentId::new()
    }
}
