//! What is due today, as Today has it.

use axum::http::HeaderMap;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::answer::answer;
use crate::accounts::programs::caller::Caller;
use crate::database::Day;
use crate::ids::ContactId;
use crate::playbook::due::About;
use crate::today::day::{items, span};
use crate::today::held_back;
use crate::today::items::{Action, Item};
use crate::today::queries;
use crate::web::problem::Problem;

/// The day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Today {
    /// Which day it is where the user is.
    pub date: Day,
    /// Whether the user is away or done for the day: then nothing of this is to be brought up.
    pub rests: bool,
    /// What has come due up to today, in the order in which it is worth doing.
    pub due: Vec<Due>,
    /// Whose first message is due, and is better not sent yet.
    pub waiting: Vec<Waiting>,
}

/// Something that is due.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Due {
    /// What kind of thing it is about.
    pub about: About,
    /// Which: the contact, promise, referral, task, opening or introduction; null where a line stands for several.
    pub id: Option<Uuid>,
    /// Since when.
    pub due: Day,
    /// For how many business days it is late.
    pub days_late: i32,
    /// The person, or the opening.
    pub name: String,
    /// What to do, in words.
    pub text: String,
    /// Why, and what is known.
    pub why: String,
    /// The page where it is done.
    pub page: String,
}

impl From<Item> for Due {
    fn from(item: Item) -> Self {
        let (about, id) = match item.action {
            Action::Contact { id, .. } => (About::Contact, Some(id.0)),
            Action::Promise(id) => (About::Promise, Some(id.0)),
            Action::Referral(id, _) => (About::Referral, Some(id.0)),
            Action::Task(id) => (About::Task, Some(id)),
            Action::Opening(id) => (About::Opening, Some(id.0)),
            Action::Introduction(id, "reminders") => (About::RemindIntroduction, Some(id.0)),
            Action::Introduction(id, _) => (About::AskIntroduction, Some(id.0)),
            Action::There(about) => (about, None),
        };
        Self {
            about,
            id,
            due: Day(item.due),
            days_late: item.days_late,
            text: format!("{} {}", item.verb, item.name),
            name: item.name,
            why: item.line,
            page: item.href,
        }
    }
}

/// Someone whose first message is better not sent yet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Waiting {
    /// Who.
    pub contact_id: ContactId,
    /// Their name.
    pub name: String,
    /// Why.
    pub why: String,
}

impl From<held_back::Waiting> for Waiting {
    fn from(held: held_back::Waiting) -> Self {
        let why = [held.why, held.advice].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" ");
        Self { contact_id: held.id, name: held.name, why }
    }
}

/// What has come due up to today.
///
/// # Errors
/// Only the database's.
pub async fn day(caller: &mut Caller) -> Result<Today, Problem> {
    let (by, today, now) = (caller.by, caller.today(), caller.pass.now);
    let person = caller.pass.person.clone();
    let span = span(&person.preferences, &person.zone, (now, today));
    let mut whole = queries::day(caller.db(), by, span, person.preferences.is_search_over()).await?;
    let (items, held_back) = items(&mut whole, &person.preferences, (now, today));
    Ok(Today {
        date: Day(today),
        rests: person.preferences.rests_on(today),
        due: items.into_iter().map(Due::from).collect(),
        waiting: held_back.waiting.into_iter().map(Waiting::from).collect(),
    })
}

/// `GET /api/v1/today`
pub async fn show(mut caller: Caller, asked: HeaderMap) -> Result<Response, Problem> {
    Ok(answer(&asked, &day(&mut caller).await?))
}
