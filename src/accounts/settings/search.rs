//! What is searched for, and who is searching: the words that fill search links and messages.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::search_form::{SearchForm, in_a_message};
use super::{Difference, differences, queries};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "accounts/settings/search.html")]
struct SearchPage {
    shell: Shell,
    form: SearchForm,
    errors: Errors,
    changed: Vec<Difference>,
}

impl SearchPage {
    /// The sentence about oneself as a message says it.
    fn in_a_message(&self) -> String {
        in_a_message(&self.form.about_me, &self.form.target_roles)
    }
}

/// What of the form is shown filled into a message while it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SentenceQuery {
    about_me: String,
    target_roles: String,
}

/// `GET /settings/sentence`: plain words for the place beside the field.
pub async fn sentence(_visit: Visit<Viewer>, Query(query): Query<SentenceQuery>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], in_a_message(&query.about_me, &query.target_roles))
}

/// `GET /settings`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let stored = queries::stored(visit.db(), by).await?;
    let form = SearchForm::of(&stored.preferences, stored.version);
    Ok(Page::ok(SearchPage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), changed: Vec::new() }))
}

/// `POST /settings/search`
pub async fn update(mut visit: Visit<Owner>, Form(form): Form<SearchForm>) -> Result<Response> {
    let by = visit.by;
    let mut page =
        SearchPage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), changed: Vec::new() };
    let mut transaction = visit.db().begin().await?;
    let stored = queries::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    if let Err(errors) = page.form.apply(&mut preferences) {
        page.errors = errors;
        return Ok(Page::unprocessable(page).into_response());
    }
    if page.form.version != stored.version {
        let saved = SearchForm::of(&stored.preferences, stored.version);
        let back = std::mem::take(&mut page.form.back);
        page.form = SearchForm { back, ..SearchForm::of(&preferences, stored.version) };
        page.changed = differences(saved.texts(), page.form.clone().texts());
        if !page.changed.is_empty() {
            return Ok(Page::conflict(page).into_response());
        }
    }
    queries::store(&mut *transaction, by, &preferences).await?;
    transaction.commit().await?;
    Ok(Done::to(own_path_or(&page.form.back, "/settings")).saying("Saved.").into_response())
}
