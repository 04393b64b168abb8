//! Changing what is known of an opening.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::form::OpeningForm;
use super::queries::{self, Saved};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::OpeningId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "openings/edit.html")]
struct EditPage {
    shell: Shell,
    id: OpeningId,
    title: String,
    company: String,
    today: jiff::civil::Date,
    form: OpeningForm,
    errors: Errors,
    /// What someone else saved meanwhile, beside what was typed.
    theirs: Option<OpeningForm>,
}

impl EditPage {
    fn last_day(&self) -> String {
        self.today.to_string()
    }

    /// The fields in which the two texts differ: label, what was saved, what was typed.
    fn differences(&self) -> Vec<(&'static str, &str, &str)> {
        let Some(theirs) = &self.theirs else { return Vec::new() };
        let mine = &self.form;
        [
            ("Title", &theirs.title, &mine.title),
            ("Known from", &theirs.source, &mine.source),
            ("Link", &theirs.url, &mine.url),
            ("Job ID", &theirs.role_number, &mine.role_number),
            ("Place", &theirs.place, &mine.place),
            ("Salary", &theirs.salary, &mine.salary),
            ("Seen on", &theirs.seen_on, &mine.seen_on),
            ("Applied on", &theirs.applied_on, &mine.applied_on),
            ("Applied how", &theirs.applied_how, &mine.applied_how),
            ("Job description", &theirs.posting_text, &mine.posting_text),
            ("Notes", &theirs.notes, &mine.notes),
        ]
        .into_iter()
        .filter(|(_, theirs, mine)| theirs.replace("\r\n", "\n") != mine.replace("\r\n", "\n"))
        .map(|(label, theirs, mine)| (label, theirs.as_str(), mine.as_str()))
        .collect()
    }
}

/// `GET /openings/{id}/edit`
pub async fn edit(mut visit: Visit<Viewer>, Id(id): Id<OpeningId>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let opening = queries::show::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(EditPage {
        shell: visit.shell(Nav::Openings),
        id,
        title: opening.title.clone(),
        company: opening.company.clone(),
        today,
        form: OpeningForm::of(&opening),
        errors: Errors::default(),
        theirs: None,
    }))
}

/// `POST /openings/{id}`
pub async fn update(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<OpeningForm>) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let mut errors = Errors::default();
    let described = form.parse(&mut errors, today);
    let saved = match &described {
        Some(described) => queries::update(visit.db(), by, id, form.version, described).await?,
        None => Saved::Changed,
    };
    match saved {
        Saved::Yes => return Ok(Done::to(format!("/openings/{id}")).saying("Saved.").into_response()),
        Saved::Gone => return Err(Error::NotFound),
        Saved::Changed => {}
    }
    let opening = queries::show::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let mut page = EditPage {
        shell: visit.shell(Nav::Openings),
        id,
        title: opening.title.clone(),
        company: opening.company.clone(),
        today,
        form,
        errors,
        theirs: None,
    };
    if described.is_none() {
        return Ok(Page::unprocessable(page).into_response());
    }
    page.form.version = opening.version;
    page.theirs = Some(OpeningForm::of(&opening));
    Ok(Page::conflict(page).into_response())
}
