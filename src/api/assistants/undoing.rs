//! Undoing: the call that a write's answer named.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::accounts::programs::writer::Writer;
use crate::api::deed::{Deed, Wrote, carry_out, read};
use crate::api::deeds::contacts::{BinContact, RestoreContact};
use crate::api::deeds::insights::{BinInsight, RestoreInsight};
use crate::api::deeds::interviews::{BinTalk, RestoreTalk};
use crate::api::deeds::notes::DiscardNotes;
use crate::api::deeds::today::TakeBackSnooze;
use crate::api::deeds::touchpoints::TakeBack;
use crate::ids::{ContactId, InsightId, InterviewId, TouchpointId};
use crate::web::problem::Problem;

/// What is undone: as the answer to the write said it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undoing {
    /// Its method.
    pub method: String,
    /// Its address.
    pub path: String,
    /// What goes with it, if anything.
    #[serde(default)]
    pub body: Option<Map<String, Value>>,
}

/// Undoes it.
///
/// # Errors
/// Where nothing is undone so, and the database's.
pub async fn undo(writer: Writer, what: Undoing) -> Result<Wrote, Problem> {
    let unknown = || Problem::of_field("path", "Send what the answer to the write said under 'undo'");
    let path = what.path.strip_prefix("/api/v1/").ok_or_else(unknown)?;
    let parts: Vec<&str> = path.split('/').collect();
    let id = parts.get(1).and_then(|id| id.parse::<Uuid>().ok());
    match (what.method.as_str(), &parts[..], id) {
        ("POST", ["today", "snoozes", "undos"], _) => {
            let body = serde_json::to_vec(&what.body.unwrap_or_default()).unwrap_or_default();
            carry_out(writer, (), read::<TakeBackSnooze>(&body)?).await
        }
        ("POST", ["interviews", _, "notes", "undos"], Some(id)) => {
            let body = serde_json::to_vec(&what.body.unwrap_or_default()).unwrap_or_default();
            carry_out(writer, InterviewId(id), read::<DiscardNotes>(&body)?).await
        }
        ("POST", ["touchpoints", _, "undos"], Some(id)) => {
            carry_out(writer, TouchpointId(id), TakeBack::default()).await
        }
        ("DELETE", ["contacts", _], Some(id)) => carry_out(writer, ContactId(id), bare::<BinContact>()?).await,
        ("DELETE", ["insights", _], Some(id)) => carry_out(writer, InsightId(id), bare::<BinInsight>()?).await,
        ("DELETE", ["interviews", _], Some(id)) => carry_out(writer, InterviewId(id), bare::<BinTalk>()?).await,
        ("POST", ["contacts", _, "restorations"], Some(id)) => {
            carry_out(writer, ContactId(id), bare::<RestoreContact>()?).await
        }
        ("POST", ["insights", _, "restorations"], Some(id)) => {
            carry_out(writer, InsightId(id), bare::<RestoreInsight>()?).await
        }
        ("POST", ["interviews", _, "restorations"], Some(id)) => {
            carry_out(writer, InterviewId(id), bare::<RestoreTalk>()?).await
        }
        _ => Err(unknown()),
    }
}

/// A deed that has nothing to say.
fn bare<D: Deed>() -> Result<D, Problem> {
    read(b"{}")
}
