//! The page of goals, intervals, weekend and limits.

use askama::Template;
use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use crate::access::{Owner, Viewer};
use crate::accounts::settings::{Difference, differences, queries};
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::follow_up;
use crate::follow_up::form::PaceForm;
use crate::follow_up::replan::Cause;
use crate::kinds::Kind;
use crate::playbook::business_days::{Day, WeekStart};
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "follow_up/pace.html")]
struct PacePage {
    shell: Shell,
    form: PaceForm,
    errors: Errors,
    changed: Vec<Difference>,
}

impl PacePage {
    /// The days of the week: word, label, whether it is ticked.
    fn week(&self) -> Vec<(&'static str, &'static str, bool)> {
        let ticked = |day: &Day| self.form.weekend.iter().any(|word| word == day.as_str());
        let begins = WeekStart::or_first(&self.form.week_begins);
        begins.days().map(|day| (day.as_str(), day.label(), ticked(&day))).collect()
    }

    /// The days on which weeks may begin: word and label.
    fn begins(&self) -> Vec<(&'static str, &'static str)> {
        WeekStart::choices()
    }
}

/// `GET /settings/pace`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let stored = queries::stored(visit.db(), by).await?;
    let form = PaceForm::of(&stored.preferences, stored.version);
    Ok(Page::ok(PacePage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), changed: Vec::new() }))
}

/// `POST /settings/pace`
pub async fn update(mut visit: Visit<Owner>, Form(form): Form<PaceForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut page = PacePage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), changed: Vec::new() };
    let mut transaction = visit.db().begin().await?;
    let stored = queries::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    if let Err(errors) = page.form.apply(&mut preferences) {
        page.errors = errors;
        return Ok(Page::unprocessable(page).into_response());
    }
    if page.form.version != stored.version {
        let saved = PaceForm::of(&stored.preferences, stored.version);
        page.form = PaceForm::of(&preferences, stored.version);
        page.changed = differences(saved.texts(), page.form.clone().texts());
        if !page.changed.is_empty() {
            return Ok(Page::conflict(page).into_response());
        }
    }
    let change = (Cause::Pace, Vec::new());
    let moved = follow_up::store(&mut transaction, by, &stored.preferences.cadence, &preferences, change, now).await?;
    transaction.commit().await?;
    Ok(moved.done("/settings/pace", "Saved.").into_response())
}
