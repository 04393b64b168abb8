//! What is caught with one key while the talk goes on: a line of text and what it is, to be filed afterwards.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::catching::{Caught, catch};
use super::page as live;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{CapturedLineId, InterviewId};
use crate::interviews::forms::LineForm;
use crate::interviews::kinds::Catch;
use crate::interviews::view::{View, by_script};
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// `POST /interviews/{id}/captured-lines`: answered as JSON to the script that keeps what was not taken yet.
pub async fn create(
    mut visit: Visit<Owner>,
    Id(talk): Id<InterviewId>,
    headers: HeaderMap,
    Form(form): Form<LineForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let by_script = by_script(&headers);
    // Without a button's word, what was heard is taken for an insight: it is filed by hand anyway.
    let kind = form.kind.parse().unwrap_or(Catch::Insight);
    let text = match Text::parse(&form.line) {
        Ok(text) => text,
        Err(problem) if by_script => {
            return Ok(
                (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "problem": problem.to_string() }))).into_response()
            );
        }
        Err(problem) => return live::again(visit, talk, form, problem.to_string()).await,
    };
    let id = form.id.unwrap_or_else(CapturedLineId::new);
    catch(visit.db(), by, talk, &[Caught { id, kind, text }], now).await?;
    if by_script {
        return Ok(Json(json!({ "id": id })).into_response());
    }
    Ok(Done::to(View::Live.address(talk)).saying(format!("Noted: {}.", kind.label().to_lowercase())).into_response())
}
