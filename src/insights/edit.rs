//! Changing a line: its words, the topic it is filed under, and how much it weighs.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::forms::InsightForm;
use super::presses::{Back, weights};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, InsightId};
use crate::insights::queries::lines;
use crate::insights::queries::lines::InsightRow;
use crate::playbook::topic::Topic;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LineForm {
    version: i32,
    insight: String,
    topic: String,
    weight: String,
    back: String,
}

impl LineForm {
    fn of(line: &InsightRow, back: String) -> Self {
        Self {
            version: line.version,
            insight: line.text.clone(),
            topic: line.topic.to_string(),
            weight: line.weight.map(|weight| weight.to_string()).unwrap_or_default(),
            back,
        }
    }

    fn meant(&self) -> InsightForm {
        InsightForm {
            topic: self.topic.clone(),
            weight: self.weight.clone(),
            insight: self.insight.clone(),
            ..InsightForm::default()
        }
    }
}

#[derive(Template)]
#[template(path = "insights/edit.html")]
struct EditPage {
    shell: Shell,
    id: InsightId,
    line: InsightRow,
    form: LineForm,
    errors: Errors,
    /// What was saved meanwhile, where it differs from what was typed.
    is_changed: bool,
}

impl EditPage {
    fn topics(&self) -> Vec<(&'static str, &'static str)> {
        Topic::choices()
    }

    fn weights(&self) -> Vec<(&'static str, &'static str)> {
        weights()
    }

    /// The page to go back to without saving.
    fn back(&self) -> String {
        match &self.line.company_id {
            _ if !self.form.back.is_empty() => Back { back: self.form.back.clone() }.address(),
            Some(company) => dossier_of(*company),
            None => "/insights".into(),
        }
    }
}

/// The address of a company's dossier.
fn dossier_of(company: CompanyId) -> String {
    format!("/companies/{company}/dossier")
}

/// `GET /insights/{id}/edit`
pub async fn edit(
    mut visit: Visit<Viewer>,
    Id(id): Id<InsightId>,
    Query(back): Query<Back>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let line = lines::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let form = LineForm::of(&line, back.back);
    Ok(Page::ok(EditPage {
        shell: visit.shell(Nav::Interviews),
        id,
        line,
        form,
        errors: Errors::default(),
        is_changed: false,
    }))
}

/// `POST /insights/{id}`
pub async fn update(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(form): Form<LineForm>) -> Result<Response> {
    let by = visit.by;
    let line = lines::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let shell = visit.shell(Nav::Interviews);
    let mut page = EditPage { shell, id, line, form, errors: Errors::default(), is_changed: false };
    let new = match page.form.meant().parse() {
        Ok(new) => new,
        Err(errors) => {
            page.errors = errors;
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    if !lines::update(visit.db(), by, id, page.form.version, &new).await? {
        page.line = lines::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        page.form.version = page.line.version;
        page.is_changed = true;
        return Ok(Page::conflict(page).into_response());
    }
    let back = Back { back: page.back() };
    let undo = back.undo(&format!("/insights/{id}/undos"), &[]);
    Ok(Done::to(back.address()).saying("Saved.").undo(undo).into_response())
}
