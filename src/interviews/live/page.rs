//! During the talk: the time, the questions with a box each, the notes, and what is caught on the way. It saves by itself.

use std::collections::HashMap;

use askama::Template;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CapturedLineId, InterviewId, InterviewQuestionId};
use crate::interviews::fields::once;
use crate::interviews::forms::LineForm;
use crate::interviews::kinds::{Catch, Speaker};
use crate::interviews::merge::{Base, Merged, Stored, merge};
use crate::interviews::preparation::opener;
use crate::interviews::queries::answers::Kept;
use crate::interviews::queries::talks::{QuestionRow, TalkDetail};
use crate::interviews::queries::{answers, talks};
use crate::interviews::scheduling::when;
use crate::interviews::talk::Told;
use crate::interviews::view::{View, by_script};
use crate::playbook::talk::Medium;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// Characters the notes may have.
const NOTES: usize = 100_000;
/// Characters an answer may have.
const ANSWER: usize = 20_000;
/// Characters of the form when all of it is full: the notes, and the answers of the longest list of questions there is.
pub const CHARACTERS: usize = NOTES + ANSWER * crate::interviews::preparation::question_forms::MOST;

/// What was typed and could not be saved, by field, with what is wrong.
#[derive(Default)]
pub struct Typed {
    fields: HashMap<String, String>,
    problems: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "interviews/live.html")]
pub struct LivePage {
    shell: Shell,
    talk: TalkDetail,
    told: Told,
    /// The mark of this very drawing of the page: see [`merge`].
    page: Uuid,
    typed: Typed,
    /// A line that could not be caught, and why.
    line: LineForm,
    line_problem: String,
    opener: String,
}

/// The page.
pub fn page<P>(visit: &Visit<P>, talk: TalkDetail) -> LivePage {
    let kept = talk.opener.clone().filter(|opener| !opener.is_empty());
    LivePage {
        shell: visit.shell(Nav::Interviews),
        told: Told::to(visit),
        page: Uuid::now_v7(),
        opener: kept.unwrap_or_else(|| opener::drafted(&visit.person.preferences, &talk)),
        talk,
        typed: Typed::default(),
        line: LineForm::default(),
        line_problem: String::new(),
    }
}

impl LivePage {
    fn name(&self, question: &QuestionRow) -> String {
        format!("answer-{}", question.id)
    }

    fn answer<'a>(&'a self, question: &'a QuestionRow) -> &'a str {
        let stored = question.answer.as_deref().unwrap_or_default();
        self.typed.fields.get(&self.name(question)).map_or(stored, String::as_str)
    }

    fn base(&self, question: &QuestionRow) -> String {
        self.base_of(&self.name(question), question.version)
    }

    fn notes(&self) -> &str {
        let stored = self.talk.notes.as_deref().unwrap_or_default();
        self.typed.fields.get("notes").map_or(stored, String::as_str)
    }

    fn notes_base(&self) -> String {
        self.base_of("notes", self.talk.notes_version)
    }

    fn base_of(&self, field: &str, version: i32) -> String {
        let typed = self.typed.fields.get(&format!("base-{field}"));
        typed.cloned().unwrap_or_else(|| Base { version, page: self.page }.to_string())
    }

    fn problem(&self, field: &str) -> Option<&str> {
        self.typed.problems.iter().find(|(of, _)| of == field).map(|(_, problem)| problem.as_str())
    }

    fn has_clock(&self) -> bool {
        self.talk.way != Medium::InWriting
    }

    /// When it began: as was said, or as it was agreed.
    fn began(&self) -> Timestamp {
        self.talk.started_at.map_or(self.talk.starts_at.0, |at| at.0)
    }

    fn over(&self) -> Timestamp {
        when::ends(self.began(), self.talk.minutes)
    }

    fn line_id(&self) -> CapturedLineId {
        self.line.id.unwrap_or_else(CapturedLineId::new)
    }

    fn is_speaking(&self, speaker: &Speaker) -> bool {
        self.talk.speaker == Some(*speaker)
    }

    fn catches(&self) -> Vec<(usize, Catch)> {
        Catch::ALL.iter().enumerate().map(|(at, kind)| (at + 1, *kind)).collect()
    }
}

/// `GET /interviews/{id}/live`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(page(&visit, talk)))
}

/// The page again, with a line that could not be caught.
pub async fn again(mut visit: Visit<Owner>, id: InterviewId, line: LineForm, line_problem: String) -> Result<Response> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let page = LivePage { line, line_problem, ..page(&visit, talk) };
    Ok(Page::unprocessable(page).into_response())
}

/// One box of the form, read.
struct Field {
    name: String,
    /// The question it answers; none for the notes.
    question: Option<InterviewQuestionId>,
    text: String,
    base: Base,
}

/// The boxes that were sent, or what is wrong by field.
fn read(sent: &HashMap<String, String>) -> Result<Vec<Field>, Vec<(String, String)>> {
    let (mut fields, mut problems) = (Vec::new(), Vec::new());
    for (name, typed) in sent {
        let question = name.strip_prefix("answer-").and_then(|id| id.parse().ok());
        let text = match (name.as_str(), question) {
            ("notes", _) => Text::<NOTES>::parse_optional(typed).map(|text| text.map(String::from)),
            (_, Some(_)) => Text::<ANSWER>::parse_optional(typed).map(|text| text.map(String::from)),
            _ => continue,
        };
        // A page that says nothing of what it knew is taken to know nothing: then both texts are kept.
        let base = sent.get(&format!("base-{name}")).and_then(|base| base.parse().ok());
        let base = base.unwrap_or(Base { version: 0, page: Uuid::nil() });
        match text {
            Ok(text) => fields.push(Field { name: name.clone(), question, text: text.unwrap_or_default(), base }),
            Err(problem) => problems.push((name.clone(), problem.to_string())),
        }
    }
    if problems.is_empty() { Ok(fields) } else { Err(problems) }
}

/// What became of one box: its version now, and its text where that is another than was sent.
struct Outcome {
    name: String,
    version: i32,
    page: Uuid,
    text: Option<String>,
    both: bool,
}

/// Decides on one box; gives what is to be written, if anything.
fn decide(field: &Field, stored: Stored<'_>) -> (Outcome, Option<Kept>) {
    let outcome =
        |version, text, both| Outcome { name: field.name.clone(), version, page: field.base.page, text, both };
    let kept = |text: &str, saved_from| Kept { text: Some(text.to_owned()).filter(|t| !t.is_empty()), saved_from };
    match merge(&field.text, field.base, stored) {
        Merged::Stored => {
            let other = (stored.text != field.text).then(|| stored.text.to_owned());
            (outcome(stored.version, other, false), None)
        }
        Merged::Sent => (outcome(stored.version + 1, None, false), Some(kept(&field.text, Some(field.base.page)))),
        Merged::Both(both) => (outcome(stored.version + 1, Some(both.clone()), true), Some(kept(&both, None))),
    }
}

/// `POST /interviews/{id}/answers`: answered as JSON to the script that saves, else by a redirect.
pub async fn save(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    headers: HeaderMap,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response> {
    use sqlx::Connection;
    let by = visit.by;
    let by_script = by_script(&headers);
    let sent = once(sent)?;
    let fields = match read(&sent) {
        Ok(fields) => fields,
        Err(problems) => return refused(visit, id, sent, problems, by_script).await,
    };
    let mut transaction = visit.db().begin().await?;
    let stored = answers::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let (mut outcomes, mut kept, mut notes, mut problems) = (Vec::new(), Vec::new(), None, Vec::new());
    for field in &fields {
        let (outcome, write, most) = match field.question {
            None => {
                let text = stored.notes.as_deref().unwrap_or_default();
                let before = Stored { text, version: stored.notes_version, page: stored.notes_saved_from };
                let (outcome, write) = decide(field, before);
                (outcome, write, NOTES)
            }
            Some(question) => {
                let Some(before) = stored.answers.iter().find(|answer| answer.id == question) else { continue };
                let text = before.answer.as_deref().unwrap_or_default();
                let (outcome, write) = decide(field, Stored { text, version: before.version, page: before.saved_from });
                (outcome, write, ANSWER)
            }
        };
        let length = write.as_ref().and_then(|kept| kept.text.as_ref()).map_or(0, |text| text.chars().count());
        if length > most {
            let problem = "Another tab saved other words here, and both together are too long. Copy yours, then load the page anew";
            problems.push((field.name.clone(), problem.to_owned()));
        }
        match (field.question, write) {
            (Some(question), Some(write)) => kept.push((question, write)),
            (None, Some(write)) => notes = Some(write),
            _ => {}
        }
        outcomes.push(outcome);
    }
    if !problems.is_empty() {
        drop(transaction);
        return refused(visit, id, sent, problems, by_script).await;
    }
    if let Some(notes) = &notes {
        answers::keep_notes(&mut transaction, by, id, notes).await?;
    }
    if !kept.is_empty() {
        answers::keep_answers(&mut transaction, by, id, &kept).await?;
    }
    transaction.commit().await?;
    if by_script {
        return Ok(Json(told(&outcomes)).into_response());
    }
    let text = match outcomes.iter().any(|outcome| outcome.both) {
        true => "Saved. Another tab had saved meanwhile: both texts are kept.",
        false => "Saved.",
    };
    Ok(Done::to(View::Live.address(id)).saying(text).into_response())
}

/// What the script needs to know: by field the base of the next save, and the text where it changed.
fn told(outcomes: &[Outcome]) -> serde_json::Value {
    let fields: serde_json::Map<String, serde_json::Value> = outcomes
        .iter()
        .map(|outcome| {
            let base = Base { version: outcome.version, page: outcome.page }.to_string();
            (outcome.name.clone(), json!({ "base": base, "text": outcome.text }))
        })
        .collect();
    json!({ "fields": fields })
}

async fn refused(
    mut visit: Visit<Owner>,
    id: InterviewId,
    fields: HashMap<String, String>,
    problems: Vec<(String, String)>,
    by_script: bool,
) -> Result<Response> {
    if by_script {
        let problems: HashMap<String, String> = problems.into_iter().collect();
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "problems": problems }))).into_response());
    }
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let page = LivePage { typed: Typed { fields, problems }, ..page(&visit, talk) };
    Ok(Page::unprocessable(page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Uuid = Uuid::from_u128(7);

    fn field(text: &str, version: i32) -> Field {
        Field { name: "notes".into(), question: None, text: text.into(), base: Base { version, page: PAGE } }
    }

    #[test]
    fn a_merge_belongs_to_no_page() {
        let (outcome, kept) = decide(&field("mine", 1), Stored { text: "theirs", version: 2, page: None });
        let both = "mine\n\nFrom another tab:\ntheirs";
        assert_eq!((outcome.version, outcome.text.as_deref(), outcome.both), (3, Some(both), true));
        let kept = kept.unwrap();
        assert_eq!((kept.text.as_deref(), kept.saved_from), (Some(both), None));
        // The answer was lost: the same words again change nothing, and bring the whole text.
        let (again, kept) = decide(&field("mine", 1), Stored { text: both, version: 3, page: None });
        assert!(kept.is_none());
        assert_eq!((again.version, again.text.as_deref()), (3, Some(both)));
    }

    #[test]
    fn what_is_unchanged_is_not_written() {
        let (outcome, kept) = decide(&field("same", 1), Stored { text: "same", version: 4, page: None });
        assert!(kept.is_none() && outcome.text.is_none());
        assert_eq!(outcome.version, 4);
    }

    #[test]
    fn only_the_boxes_of_the_form_are_read() {
        let question = InterviewQuestionId::new();
        let sent = HashMap::from([
            ("notes".to_owned(), "  text \r\n".to_owned()),
            (format!("answer-{question}"), "a\u{0}b".to_owned()),
            ("answer-x".to_owned(), "no id".to_owned()),
            ("base-notes".to_owned(), format!("3.{PAGE}")),
        ]);
        let problems = read(&sent).err().unwrap();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].0, format!("answer-{question}"));
        let fine = HashMap::from([
            sent.get_key_value("notes").map(|(k, v)| (k.clone(), v.clone())).unwrap(),
            ("base-notes".into(), format!("3.{PAGE}")),
        ]);
        let fields = read(&fine).ok().unwrap();
        assert_eq!(
            (fields.len(), fields[0].text.as_str(), fields[0].base),
            (1, "  text", Base { version: 3, page: PAGE })
        );
    }
}
