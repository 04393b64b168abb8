//! Changing what is known of a company.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::company::{Edited, FoundBy};
use super::name::CompanyName;
use super::queries::{self, Fields, Saved};
use super::search_links::linkedin::{linkedin_id_from, linkedin_ids_from, linkedin_slug_from};
use super::wording::label;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::address::WebAddress;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::text::{Line, Text};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    version: i32,
    name: String,
    website: String,
    careers_url: String,
    linkedin: String,
    industry: String,
    place: String,
    notes: String,
    found_by: String,
}

impl CompanyForm {
    fn of(company: Fields) -> Self {
        let text = Option::unwrap_or_default;
        Self {
            version: company.version,
            name: company.name,
            website: text(company.website),
            careers_url: text(company.careers_url),
            linkedin: text(company.linkedin_id),
            industry: text(company.industry),
            place: text(company.place),
            notes: text(company.notes),
            found_by: company.found_by.to_string(),
        }
    }

    fn parse(&self) -> Result<Edited, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", CompanyName::parse(&self.name));
        let website = errors.take("website", WebAddress::parse_optional(&self.website));
        let careers_url = errors.take("careers_url", WebAddress::parse_optional(&self.careers_url));
        let linkedin_id = errors.optional("linkedin", &self.linkedin, |text| {
            linkedin_key(text).ok_or("Paste a LinkedIn address that names the company, or its number")
        });
        let industry = errors.take("industry", Line::parse_optional(&self.industry));
        let place = errors.take("place", Line::parse_optional(&self.place));
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        let found_by = errors.choose("found_by", &self.found_by);
        errors.give(|| {
            Some(Edited {
                name: name?,
                website: website?,
                careers_url: careers_url?,
                linkedin_id,
                industry: industry?,
                place: place?,
                notes: notes?,
                found_by: found_by?,
            })
        })
    }
}

/// The company's number at LinkedIn, which its people search needs, else the last part of its page's address.
fn linkedin_key(text: &str) -> Option<String> {
    let number = text.parse().ok().or_else(|| linkedin_id_from(text)).map(|id: u64| id.to_string());
    let slug =
        || linkedin_slug_from(text).or_else(|| linkedin_slug_from(&format!("https://www.linkedin.com/company/{text}")));
    number.or_else(slug).filter(|key| is_key(key))
}

/// What a company's address at LinkedIn may end in.
fn is_key(key: &str) -> bool {
    key.len() <= 200 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%'))
}

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
        FoundBy::ALL.iter().map(|f| (f.as_str(), f.label())).collect()
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
