//! Adding an opening; its company comes onto the list with it where it was not there.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::form::OpeningForm;
use super::opening::Source;
use super::queries;
use super::record::find_or_add;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::companies::queries::{self as companies};
use crate::contacts::queries::captures;
use crate::error::Result;
use crate::ids::{CompanyId, OpeningId};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "openings/new.html")]
struct NewPage {
    shell: Shell,
    form: OpeningForm,
    errors: Errors,
    today: jiff::civil::Date,
    /// The names on the list, to choose from while typing.
    companies: Vec<(CompanyId, String)>,
}

impl NewPage {
    fn last_day(&self) -> String {
        self.today.to_string()
    }
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    company: String,
    /// The name of a company, where it is not known by its id.
    at: String,
    title: String,
    url: String,
    /// The capture that says so.
    capture: String,
}

/// `GET /openings/new`
pub async fn new(mut visit: Visit<Viewer>, Query(query): Query<NewQuery>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let companies = companies::names(visit.db(), by).await?;
    let asked: Option<CompanyId> = query.company.parse().ok();
    let company = companies.iter().find(|(id, _)| Some(*id) == asked).map_or(query.at, |(_, name)| name.clone());
    let form = OpeningForm {
        id: OpeningId::new().to_string(),
        company,
        title: query.title,
        url: query.url,
        capture: query.capture,
        source: Source::Posted.to_string(),
        seen_on: today.to_string(),
        ..OpeningForm::default()
    };
    Ok(Page::ok(NewPage { shell: visit.shell(Nav::Openings), form, errors: Errors::default(), today, companies }))
}

/// `POST /openings`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<OpeningForm>) -> Result<Response> {
    let (by, today, now) = (visit.by, visit.today(), visit.now);
    let mut errors = Errors::default();
    let name = errors.take("company", CompanyName::parse(&form.company));
    let described = form.parse(&mut errors, today);
    let (Some(name), Some(described)) = (name, described) else {
        let companies = companies::names(visit.db(), by).await?;
        let page = NewPage { shell: visit.shell(Nav::Openings), form, errors, today, companies };
        return Ok(Page::unprocessable(page).into_response());
    };
    let id = form.id.parse().unwrap_or_else(|_| OpeningId::new());
    let found_by = match described.source {
        Source::Posted => FoundBy::JobBoard,
        Source::Inside => FoundBy::Contacts,
    };
    let mut transaction = visit.db().begin().await?;
    let company = find_or_add(&mut transaction, by, name, found_by, now).await?;
    let is_new = queries::insert(&mut transaction, by, id, company, &described, now).await?;
    if let Ok(capture) = form.capture.parse() {
        captures::finish(&mut *transaction, by, capture, now).await?;
    }
    transaction.commit().await?;
    let there = format!("/openings/{id}");
    let done = Done::to(&there);
    Ok(if is_new {
        done.saying("Added. Who there could refer you?").undo(format!("{there}/deletions")).into_response()
    } else {
        done.into_response()
    })
}
