//! What a talk taught: one thing at a time, under a topic.

use axum::response::{IntoResponse, Response};

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{InsightId, InterviewId};
use crate::insights::forms::InsightForm;
use crate::insights::keeping::keep_of_talk;
use crate::interviews::forms::Captures;
use crate::interviews::queries::learned;
use crate::interviews::show;
use crate::interviews::view::View;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// `POST /interviews/{id}/insights`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(talk): Id<InterviewId>,
    Form(form): Form<InsightForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let view = View::named(&form.view);
    let new = match form.parse() {
        Ok(new) => new,
        Err(insight_errors) => {
            let captures = Captures { insight: form, insight_errors, ..Captures::fresh(view) };
            return show::again(visit, talk, captures).await;
        }
    };
    if !learned::is_there(visit.db(), by, talk).await? {
        return Err(Error::NotFound);
    }
    let id = form.id.unwrap_or_else(InsightId::new);
    let text = format!("Kept under: {}.", new.topic.label());
    keep_of_talk(visit.db(), by, talk, &[(id, new)], now).await?;
    Ok(Done::to(view.address(talk)).saying(text).into_response())
}
