//! The question bank: what to ask in a talk, by topic; the user's own before those that come with Inroad.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::starter_questions::STARTER_QUESTIONS;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::database::Restored;
use crate::error::{Error, Result};
use crate::ids::QuestionId;
use crate::interviews::queries::bank as kept;
use crate::interviews::queries::bank::{BankRow, Moved, Saved};
use crate::playbook::topic::Topic;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list with the bank, where it leads back to.
const PATH: &str = "/library/questions";

/// A question as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    pub id: String,
    pub version: i32,
    pub topic: String,
    pub text: String,
}

impl QuestionForm {
    fn parse(&self, errors: &mut Errors) -> Option<(Topic, Line<500>)> {
        let topic = errors.choose("topic", &self.topic);
        let text = errors.take("text", Line::parse(&self.text));
        Some((topic?, text?))
    }
}

/// The questions of one topic.
struct Shelf {
    topic: Topic,
    own: Vec<BankRow>,
    starters: Vec<&'static str>,
    hidden: Vec<BankRow>,
}

#[derive(Template)]
#[template(path = "interviews/bank.html")]
struct BankPage {
    shell: Shell,
    shelves: Vec<Shelf>,
    own: usize,
    form: QuestionForm,
    errors: Errors,
    /// The question that could not be saved, as typed, and why.
    wrong: Option<(QuestionId, QuestionForm, Errors)>,
}

impl BankPage {
    fn new<P>(visit: &Visit<P>, bank: Vec<BankRow>) -> Self {
        Self {
            shell: visit.shell(Nav::Library),
            own: bank.iter().filter(|row| !row.is_hidden).count(),
            shelves: shelves(bank),
            form: QuestionForm::default(),
            errors: Errors::default(),
            wrong: None,
        }
    }

    fn heading(&self) -> String {
        let offered = self.shelves.iter().map(|shelf| shelf.own.len() + shelf.starters.len()).sum::<usize>();
        let mine = if self.own == 0 { "none".to_owned() } else { self.own.to_string() };
        format!(
            "{}, {mine} of them yours",
            words::count(i64::try_from(offered).unwrap_or_default(), "question", "questions")
        )
    }

    fn topics(&self) -> Vec<(&'static str, &'static str)> {
        Topic::choices()
    }

    fn new_id(&self) -> QuestionId {
        QuestionId::new()
    }

    fn is_wrong(&self, row: &BankRow) -> bool {
        self.wrong.as_ref().is_some_and(|(id, ..)| *id == row.id)
    }

    /// The form of a question, as it was typed if it could not be saved.
    fn form_of(&self, row: &BankRow) -> QuestionForm {
        match &self.wrong {
            Some((id, form, _)) if *id == row.id => form.clone(),
            _ => QuestionForm {
                id: row.id.to_string(),
                version: row.version,
                topic: row.topic.to_string(),
                text: row.text.clone(),
            },
        }
    }

    fn errors_of(&self, row: &BankRow) -> Errors {
        match &self.wrong {
            Some((id, _, errors)) if *id == row.id => errors.clone(),
            _ => Errors::default(),
        }
    }
}

/// The bank by topic; of what comes with Inroad only what is not hidden, nor the user's own by now.
fn shelves(bank: Vec<BankRow>) -> Vec<Shelf> {
    let mut bank = bank;
    let known: Vec<String> = bank.iter().map(|row| row.text.clone()).collect();
    STARTER_QUESTIONS
        .iter()
        .map(|(topic, starters)| {
            let (hidden, own) = bank.extract_if(.., |row| row.topic == *topic).partition(|row| row.is_hidden);
            let starters = starters.iter().copied().filter(|text| !known.iter().any(|known| known == text)).collect();
            Shelf { topic: *topic, own, starters, hidden }
        })
        .collect()
}

async fn page<P: Into<Viewer> + Copy>(visit: &mut Visit<P>) -> Result<BankPage> {
    let by = visit.by.into();
    let bank = kept::list(visit.db(), by).await?;
    Ok(BankPage::new(visit, bank))
}

/// `GET /library/questions`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    Ok(Page::ok(page(&mut visit).await?))
}

/// `POST /questions`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<QuestionForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut errors = Errors::default();
    if let Some((topic, text)) = form.parse(&mut errors) {
        let id = form.id.parse().unwrap_or_else(|_| QuestionId::new());
        let done = Done::to(format!("{PATH}#{topic}"));
        match kept::insert(visit.db(), by, id, topic, text.as_str(), false, now).await? {
            Saved::Yes => {
                return Ok(done.saying("Added.").undo(format!("/questions/{id}/deletions")).into_response());
            }
            Saved::Again => return Ok(done.into_response()),
            Saved::TextTaken | Saved::Changed(..) | Saved::Gone => {
                errors.add("text", "You have this question already, or have hidden it");
            }
        }
    }
    let mut page = page(&mut visit).await?;
    (page.form, page.errors) = (form, errors);
    Ok(Page::unprocessable(page).into_response())
}

/// `POST /questions/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<QuestionId>,
    Form(mut form): Form<QuestionForm>,
) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let mut is_conflict = false;
    if let Some((topic, text)) = form.parse(&mut errors) {
        match kept::update(visit.db(), by, id, form.version, topic, text.as_str()).await? {
            Saved::Yes | Saved::Again => {
                return Ok(Done::to(format!("{PATH}#{topic}")).saying("Saved.").into_response());
            }
            Saved::TextTaken => errors.add("text", "You have this question already, or have hidden it"),
            Saved::Changed(theirs, version) => {
                errors.add("text", format!("Saved elsewhere meanwhile as '{theirs}'. Save again to keep yours."));
                form.version = version;
                is_conflict = true;
            }
            Saved::Gone => return Err(Error::NotFound),
        }
    }
    let mut page = page(&mut visit).await?;
    let is_there = page.shelves.iter().flat_map(|shelf| &shelf.own).any(|row| row.id == id);
    if !is_there {
        return Err(Error::NotFound);
    }
    page.wrong = Some((id, form, errors));
    Ok(if is_conflict { Page::conflict(page) } else { Page::unprocessable(page) }.into_response())
}

/// `POST /questions/hidings`: a question that comes with Inroad is not offered any more.
pub async fn hide(mut visit: Visit<Owner>, Form(form): Form<QuestionForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let starter = STARTER_QUESTIONS
        .iter()
        .find(|(topic, _)| topic.as_str() == form.topic)
        .and_then(|(topic, texts)| Some((*topic, *texts.iter().find(|text| **text == form.text)?)));
    let Some((topic, text)) = starter else {
        return Err(Error::Invalid("Only a question that comes with Inroad can be hidden.".into()));
    };
    let id = form.id.parse().unwrap_or_else(|_| QuestionId::new());
    let done = Done::to(format!("{PATH}#{topic}"));
    Ok(match kept::insert(visit.db(), by, id, topic, text, true, now).await? {
        Saved::Yes => done.saying("Hidden. It won't be suggested any more.").undo(format!("/questions/{id}/deletions")),
        _ => done,
    })
}

/// `POST /questions/{id}/deletions`: a question of the user's own goes; a hidden one is offered again.
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<QuestionId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let moved = kept::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    let text = if moved.is_hidden { "It's suggested again." } else { "The question is in the bin." };
    Ok(Done::to(PATH).saying(text).undo(format!("/questions/{id}/restorations")))
}

/// `POST /questions/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<QuestionId>) -> Result<Done> {
    let by = visit.by;
    let done = Done::to(PATH);
    match kept::restore(visit.db(), by, id).await? {
        Restored::Yes(Moved { is_hidden: true, .. }) => Ok(done.saying("Hidden again.")),
        Restored::Yes(_) => Ok(done.saying("The question is back.")),
        Restored::Taken => Ok(done.saying("You have this question already.")),
        Restored::Gone => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(topic: Topic, text: &str, is_hidden: bool) -> BankRow {
        BankRow { id: QuestionId::new(), topic, text: text.into(), version: 1, is_hidden }
    }

    #[test]
    fn the_bank_is_sorted_by_topic_and_hides_what_is_hidden() {
        let (topic, starters) = STARTER_QUESTIONS[1];
        let shelves = shelves(vec![
            row(topic, "Mine?", false),
            row(topic, starters[0], true),
            row(Topic::Trends, starters[1], false),
        ]);
        assert_eq!(shelves.iter().map(|shelf| shelf.topic).collect::<Vec<_>>(), Topic::ALL);
        let shelf = &shelves[1];
        assert_eq!((shelf.own.len(), shelf.hidden.len()), (1, 1));
        assert_eq!(shelf.starters, starters[2..], "one is hidden, one the user's own under another topic");
    }

    #[test]
    fn a_question_needs_a_topic_and_words() {
        let mut errors = Errors::default();
        assert!(QuestionForm { topic: "weather".into(), ..QuestionForm::default() }.parse(&mut errors).is_none());
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["topic", "text"]);
    }
}
