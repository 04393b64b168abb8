//! Adding a contact: from a company's page, from what was captured, from anywhere. A name is enough.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::adding::{Added, add};
use super::choosing::Settled;
use super::form::{ContactForm, closenesses, warmths};
use super::queries::captures::{self, Known};
use super::queries::edit::{self as queries, Choices, Named};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId};
use crate::playbook::warmth::Warmth;
use crate::web::chooser::Chooser;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "contacts/add.html")]
struct AddPage {
    shell: Shell,
    form: ContactForm,
    errors: Errors,
    choices: Choices,
    /// What came of the words for who can introduce the user.
    settled: Settled,
    /// Whose profile it is already.
    taken: Option<Named>,
    /// The user asked to forget them.
    forgotten: bool,
    /// Something was read from what was pasted, and waits to be looked over.
    is_read: bool,
}

impl AddPage {
    fn introducer(&self) -> Chooser {
        self.form.introducer("Who can introduce you", &self.choices.people, &self.settled, None)
    }

    /// Whether something stands, or is wrong, in the fields that unfold.
    fn has_more(&self) -> bool {
        let first = |field: &str| ["name", "company"].contains(&field);
        self.errors.iter().any(|(field, _)| !first(field))
            || !self.settled.matches.is_empty()
            || self.form.says_more_than_where()
    }

    fn closenesses(&self) -> Vec<(&'static str, &'static str)> {
        closenesses()
    }

    fn warmths(&self) -> Vec<(&'static str, &'static str)> {
        warmths()
    }
}

/// What the address of an empty form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    company: Option<CompanyId>,
    introduced_by: Option<ContactId>,
    profile: String,
    name: String,
    /// The name of a company, where it is not known by its id.
    at: String,
}

/// `GET /contacts/new`
pub async fn new(mut visit: Visit<Viewer>, Query(query): Query<NewQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let choices = queries::choices(visit.db(), by, query.company, query.introduced_by).await?;
    let mut form = ContactForm {
        company: choices.company.clone().unwrap_or(query.at),
        profile: query.profile,
        name: query.name,
        ..ContactForm::empty()
    };
    let asked_for = query.introduced_by.map(|id| id.to_string());
    if let Some(introducer) = choices.people.iter().find(|person| Some(&person.id) == asked_for.as_ref()) {
        form.introduced_by.clone_from(&introducer.id);
        form.warmth = Warmth::CanBeIntroduced.to_string();
    }
    let is_read = form.understand();
    Ok(Page::ok(AddPage { is_read, ..page(&visit, form, choices) }))
}

fn page<P>(visit: &Visit<P>, form: ContactForm, choices: Choices) -> AddPage {
    AddPage {
        shell: visit.shell(Nav::Contacts),
        form,
        errors: Errors::default(),
        choices,
        settled: Settled::default(),
        taken: None,
        forgotten: false,
        is_read: false,
    }
}

/// `POST /contacts`
pub async fn create(mut visit: Visit<Owner>, Form(mut form): Form<ContactForm>) -> Result<Response> {
    let by = visit.by;
    // A form without an id is one that cannot be told from its repetition; it is taken all the same.
    let id: ContactId = match form.id.as_str() {
        "" => ContactId::new(),
        id => id.parse().map_err(|_| Error::Invalid("This form is broken. Load the page again.".into()))?,
    };
    let settled = form.settle(visit.db(), by, None).await?;
    if form.understand() {
        let choices = queries::choices(visit.db(), by, None, form.introduced_by.parse().ok()).await?;
        let page = AddPage { is_read: true, settled, ..page(&visit, form, choices) };
        return Ok(Page::ok(page).into_response());
    }
    let mut forgotten = false;
    let (mut errors, taken) = match form.parse() {
        Ok(_) if settled.is_open() => (Errors::default(), None),
        Ok(filled) => match add(&mut visit.acting(), id, &filled, &form).await? {
            Added::Yes => {
                let there = format!("/contacts/{id}");
                let known = captures::known(visit.db(), by, None, filled.email.as_ref(), filled.name.as_str()).await?;
                let said = added(filled.name.as_str(), known.iter().find(|known| known.id != id));
                return Ok(Done::to(&there).saying(said).undo(format!("{there}/deletions")).into_response());
            }
            Added::Before => return Ok(Done::to(format!("/contacts/{id}")).into_response()),
            Added::No(errors, taken) => (errors, taken),
            Added::Forgotten => {
                forgotten = true;
                (Errors::default(), None)
            }
        },
        Err(errors) => (errors, None),
    };
    settled.note(&mut errors, "introduced_by");
    let choices = queries::choices(visit.db(), by, None, form.introduced_by.parse().ok()).await?;
    let page = AddPage { errors, taken, forgotten, settled, ..page(&visit, form, choices) };
    Ok(Page::unprocessable(page).into_response())
}

/// Who was added, and who may be the same person.
fn added(name: &str, twin: Option<&Known>) -> String {
    match twin {
        Some(twin) if twin.is_sure => format!(
            "Added {name}. {} has the same e-mail address: if they're one person, join them under 'Listed twice?'.",
            twin.name
        ),
        Some(twin) => format!(
            "Added {name}. You have another {}: if they're one person, join them under 'Listed twice?'.",
            twin.name
        ),
        None => format!("Added {name}."),
    }
}
