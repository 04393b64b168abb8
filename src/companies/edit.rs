//! Changing what is known of a company.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::company::FoundBy;
use super::form::CompanyForm;
use super::queries::{self, Saved};
use super::search_links::linkedin::linkedin_ids_from;
use super::wording::label;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "companies/edit.html")]
struct EditPage {
    shell: Shell,
    id: CompanyId,
    title: String,
    form: CompanyForm,
    errors: Errors,
    /// What someone else saved meanwhile, beside what was typed.
    theirs: Option<CompanyForm>,
}

impl EditPage {
    fn ways_found(&self) -> Vec<(&'static str, &'static str)> {
        FoundBy::choices()
    }

    /// The fields in which the two texts differ: label, what was saved, what was typed.
    fn differences(&self) -> Vec<(&'static str, &str, &str)> {
        let Some(theirs) = &self.theirs else { return Vec::new() };
        let mine = &self.form;
        [
            ("name", &theirs.name, &mine.name),
            ("website", &theirs.website, &mine.website),
            ("careers_url", &theirs.careers_url, &mine.careers_url),
            ("linkedin", &theirs.linkedin, &mine.linkedin),
            ("industry", &theirs.industry, &mine.industry),
            ("place", &theirs.place, &mine.place),
            ("notes", &theirs.notes, &mine.notes),
        ]
        .into_iter()
        .filter(|(_, theirs, mine)| theirs != mine)
        .map(|(field, theirs, mine)| (label(field), theirs.as_str(), mine.as_str()))
        .collect()
    }
}

/// `GET /companies/{id}/edit`
pub async fn edit(mut visit: Visit<Viewer>, Id(id): Id<CompanyId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let company = queries::fields(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(EditPage {
        shell: visit.shell(Nav::Companies),
        id,
        title: company.name.clone(),
        form: CompanyForm::of(company),
        errors: Errors::default(),
        theirs: None,
    }))
}

/// What is said of a saved company: a pasted search may name several, of which one is kept.
fn saved(linkedin: &str) -> String {
    match linkedin_ids_from(linkedin)[..] {
        [first, _, ..] => format!(
            "Saved. The search you pasted names several companies; {first}, the first, is kept. If that is not this company, paste a search for it alone."
        ),
        _ => "Saved.".into(),
    }
}

/// `POST /companies/{id}`
pub async fn update(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<CompanyForm>) -> Result<Response> {
    let by = visit.by;
    let title = queries::name_of(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let mut page =
        EditPage { shell: visit.shell(Nav::Companies), id, title, errors: Errors::default(), theirs: None, form };
    let edited = match page.form.parse() {
        Ok(edited) => edited,
        Err(errors) => {
            page.errors = errors;
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    match queries::update(visit.db(), by, id, page.form.version, &edited).await? {
        Saved::Yes => Ok(Done::to(format!("/companies/{id}")).saying(saved(&page.form.linkedin)).into_response()),
        Saved::NameTaken => {
            page.errors.add("name", "Another company on your list has this name");
            Ok(Page::unprocessable(page).into_response())
        }
        Saved::Changed => {
            let theirs = CompanyForm::of(queries::fields(visit.db(), by, id).await?.ok_or(Error::NotFound)?);
            page.form.version = theirs.version;
            page.theirs = Some(theirs);
            Ok(Page::conflict(page).into_response())
        }
        Saved::Gone => Err(Error::NotFound),
    }
}
