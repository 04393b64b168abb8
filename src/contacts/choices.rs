//! The contacts to choose from, asked for as one types.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::queries::choosing as queries;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{CompanyId, ContactId};
use crate::links::with_query;
use crate::web::chooser::{Choice, FEW};
use crate::web::form::Query;
use crate::web::page::Page;

/// What is asked as one types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChoicesQuery {
    pub q: String,
    pub near: Option<CompanyId>,
    pub but: Option<ContactId>,
}

#[derive(Template)]
#[template(path = "contacts/choices.html")]
pub struct ChoicesPart {
    pub people: Vec<Choice>,
}

/// `GET /contacts/choices`: those whom the words fit, for the script of a chooser; who opens the address is led to the list.
pub async fn index(
    mut visit: Visit<Viewer>,
    headers: HeaderMap,
    Query(query): Query<ChoicesQuery>,
) -> Result<Response> {
    if !headers.contains_key("hx-request") {
        return Ok(Redirect::to(&with_query("/contacts", &[("q", &query.q)])).into_response());
    }
    let by = visit.by;
    let mut people = queries::people(visit.db(), by, &query.q, query.near, query.but).await?;
    people.truncate(FEW);
    Ok(Page::ok(ChoicesPart { people }).into_response())
}
