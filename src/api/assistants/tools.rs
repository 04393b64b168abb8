//! The tools: what each is called, what it takes and answers, and what stands behind it.

use std::future::Future;

use axum::http::StatusCode;
use rmcp::model::{CallToolResult, ContentBlock, ErrorData, JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::assistant::Assistant;
use super::reading::{self, CompanyId, ContactId, DossierOf, Talk};
use super::undoing::{self, Undoing};
use crate::api::answer::Undo;
use crate::api::deed::{self, Deed, Wrote};
use crate::api::deeds::contacts::AddContact;
use crate::api::deeds::insights::KeepInsight;
use crate::api::deeds::interviews::ScheduleTalk;
use crate::api::deeds::notes::{NoteTalk, NotedLine};
use crate::api::deeds::nothing::Nothing;
use crate::api::deeds::today::Snooze;
use crate::api::deeds::touchpoints::WriteDown;
use crate::api::search::{self, Found};
use crate::error::Error;
use crate::ids::InterviewId;
use crate::web::problem::Problem;

/// What to look for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Sought {
    /// A name, or words of what was said or written.
    #[schemars(length(min = 1, max = 200))]
    words: String,
}

/// Notes, and of which talk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Noted {
    /// The talk's id.
    interview_id: InterviewId,
    /// One line for each thing that was said.
    #[schemars(length(min = 1, max = 100))]
    lines: Vec<NotedLine>,
}

/// What was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Written {
    /// What was done, in words.
    pub said: String,
    /// The id of what was written.
    pub id: Option<Uuid>,
    /// What to hand to 'undo'.
    pub undo: Option<Undo>,
}

impl From<Wrote> for Written {
    fn from(wrote: Wrote) -> Self {
        Self { said: wrote.said, id: wrote.of.map(|(_, id)| id), undo: wrote.undo }
    }
}

fn reads<I: JsonSchema + 'static, O: JsonSchema + 'static>(name: &'static str, about: &'static str) -> Tool {
    let hints = ToolAnnotations::new().read_only(true).open_world(false);
    tool::<I, O>(name, about).with_annotations(hints)
}

fn writes<I: JsonSchema + 'static>(name: &'static str, about: &'static str) -> Tool {
    let hints = ToolAnnotations::new().read_only(false).destructive(false).idempotent(false).open_world(false);
    tool::<I, Written>(name, about).with_annotations(hints)
}

fn tool<I: JsonSchema + 'static, O: JsonSchema + 'static>(name: &'static str, about: &'static str) -> Tool {
    Tool::new(name, about, taken::<I>()).with_output_schema::<O>()
}

/// What a tool takes: an object, as the protocol wants it, with everything in place. (The library's own way to it panics where a
/// type is another one with a name of its own, as its schema only refers to that one's.)
fn taken<I: JsonSchema>() -> JsonObject {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<I>();
    let mut taken = schema.as_object().cloned().unwrap_or_default();
    // The tool has a name, and says what it does.
    taken.remove("title");
    taken.remove("description");
    taken.entry("type").or_insert_with(|| "object".into());
    taken
}

/// The tools of a token.
pub fn of(may_write: bool) -> Vec<Tool> {
    let mut tools = vec![
        reads::<Nothing, reading::WhatsDue>(
            "whats_due",
            "What is due today, the longest due first, with drafts ready to send.",
        ),
        reads::<Sought, Found>("search", "Find people, companies, talks, openings, insights and notes by words."),
        reads::<ContactId, reading::Person>(
            "contact",
            "What is known of a contact: stage, next step with its draft, history, talks, promises.",
        ),
        reads::<CompanyId, DossierOf>(
            "company_dossier",
            "Everything learned about a company, its people and openings.",
        ),
        reads::<reading::WhichTalk, Talk>(
            "prepare_talk",
            "What to know before a talk: an opener, questions picked and suggested, findings, promises.",
        ),
    ];
    if may_write {
        tools.extend([
            writes::<WriteDown>(
                "write_down",
                "Write down what happened with a contact: a message the user sent, an answer, a meeting. Sends nothing.",
            ),
            writes::<KeepInsight>("keep_insight", "Keep something that was learned, in a talk or about a company."),
            writes::<AddContact>("add_contact", "Add a contact. A name is enough."),
            writes::<ScheduleTalk>("schedule_talk", "Set a talk that was agreed on with a contact. Sends no invitation."),
            writes::<Noted>(
                "note_talk",
                "Write down what was said in a talk, a line for each thing. The user files the lines when wrapping up the talk.",
            ),
            writes::<Snooze>("snooze", "Snooze something that is due to a later day."),
            writes::<Undoing>("undo", "Undo a write, with what its answer said under 'undo'."),
        ]);
    }
    tools
}

/// Calls a tool.
///
/// # Errors
/// Where there is no such tool, and where something is wrong on this side.
pub async fn call(on: &Assistant, name: &str, sent: JsonObject) -> Result<CallToolResult, ErrorData> {
    let answered = match name {
        "whats_due" => read(sent, |Nothing {}| async move { reading::whats_due(&mut on.caller().await?).await }).await,
        "search" => {
            read(sent, |sought: Sought| async move { search::find(&mut on.caller().await?, &sought.words).await }).await
        }
        "contact" => read(sent, |which| async move { reading::contact(&mut on.caller().await?, &which).await }).await,
        "company_dossier" => {
            read(sent, |which| async move { reading::dossier(&mut on.caller().await?, &which).await }).await
        }
        "prepare_talk" => read(sent, |which| async move { reading::talk(&mut on.caller().await?, &which).await }).await,
        "write_down" => write::<WriteDown>(on, sent).await,
        "keep_insight" => write::<KeepInsight>(on, sent).await,
        "add_contact" => write::<AddContact>(on, sent).await,
        "schedule_talk" => write::<ScheduleTalk>(on, sent).await,
        "note_talk" => {
            let noted = |Noted { interview_id, lines }| async move {
                deed::carry_out(on.writer().await?, interview_id, NoteTalk { lines }).await.map(Written::from)
            };
            read(sent, noted).await
        }
        "snooze" => write::<Snooze>(on, sent).await,
        "undo" => {
            let undone =
                |what: Undoing| async move { undoing::undo(on.writer().await?, what).await.map(Written::from) };
            read(sent, undone).await
        }
        _ => return Err(ErrorData::invalid_params("There is no such tool.", None)),
    };
    match answered {
        Ok(value) => Ok(CallToolResult::structured(value)),
        Err(problem) => match problem.said() {
            Some(said) => Ok(CallToolResult::error(vec![ContentBlock::text(said)])),
            None => {
                tracing::error!(tool = name, ?problem, "an assistant's call failed");
                Err(ErrorData::internal_error("Something went wrong in Inroad. Try again in a moment.", None))
            }
        },
    }
}

async fn read<I, O, F>(sent: JsonObject, answer: impl FnOnce(I) -> F) -> Result<Value, Problem>
where
    I: DeserializeOwned,
    O: Serialize,
    F: Future<Output = Result<O, Problem>>,
{
    let answered = answer(understood(sent)?).await?;
    serde_json::to_value(answered).map_err(|error| Error::Internal(error.into()).into())
}

async fn write<D: Deed<Of = ()>>(on: &Assistant, sent: JsonObject) -> Result<Value, Problem> {
    let deed: D = understood(sent)?;
    let wrote = deed::carry_out(on.writer().await?, (), deed).await?;
    serde_json::to_value(Written::from(wrote)).map_err(|error| Error::Internal(error.into()).into())
}

fn understood<I: DeserializeOwned>(sent: JsonObject) -> Result<I, Problem> {
    serde_json::from_value(Value::Object(sent))
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("That can't be read: {error}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_only_reads_has_no_tool_that_writes() {
        let is_reading = |tool: &Tool| tool.annotations.as_ref().and_then(|hints| hints.read_only_hint) == Some(true);
        assert!(of(false).iter().all(is_reading));
        let writing: Vec<_> = of(true).into_iter().filter(|tool| !is_reading(tool)).collect();
        assert_eq!(writing.len(), 7);
        for tool in of(true) {
            assert!(tool.output_schema.is_some() && !tool.input_schema.is_empty(), "{}", tool.name);
            assert!(tool.description.as_ref().unwrap().ends_with('.'), "{}", tool.name);
            assert_ne!(tool.annotations.unwrap().destructive_hint, Some(true));
        }
    }

    #[test]
    fn every_tool_takes_and_answers_an_object() {
        let is_object = |schema: &JsonObject| schema.get("type").and_then(Value::as_str) == Some("object");
        for tool in of(true) {
            let (takes, answers) = (&*tool.input_schema, tool.output_schema.as_deref().unwrap());
            assert!(is_object(takes) && is_object(answers), "{}: {takes:?}, {answers:?}", tool.name);
            assert_eq!(takes.get("additionalProperties"), Some(&Value::Bool(false)), "{}", tool.name);
            let takes = tool.schema_as_json_value();
            assert!(!takes.to_string().contains("$ref"), "{}: {takes}", tool.name);
            let has_no_field = takes["properties"].as_object().is_none_or(JsonObject::is_empty);
            assert_eq!(has_no_field, tool.name == "whats_due", "{}: {takes}", tool.name);
        }
    }
}
