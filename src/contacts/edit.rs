//! Changing what is known of a contact.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::choosing::Settled;
use super::form::{ContactForm, closenesses, warmths};
use super::queries::edit::{self as queries, Editable, Named};
use super::saving::{Outcome, save};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::chooser::{Choice, Chooser};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "contacts/edit.html")]
struct EditPage {
    shell: Shell,
    id: ContactId,
    title: String,
    form: ContactForm,
    errors: Errors,
    companies: Vec<String>,
    people: Vec<Choice>,
    /// What came of the words for who can introduce the user, or did.
    settled: Settled,
    /// The rhythm of the settings, in days.
    usual_rhythm: u16,
    /// Whose profile it is already.
    taken: Option<Named>,
    /// Something was read from what was pasted, and waits to be looked over.
    is_read: bool,
    /// What someone else saved meanwhile, beside what was typed.
    theirs: Option<ContactForm>,
}

impl EditPage {
    fn introducer(&self) -> Chooser {
        self.form.introducer("Who can introduce you, or did", &self.people, &self.settled, Some(self.id))
    }

    fn closenesses(&self) -> Vec<(&'static str, &'static str)> {
        closenesses()
    }

    fn warmths(&self) -> Vec<(&'static str, &'static str)> {
        warmths()
    }

    fn rhythms(&self) -> Vec<(&'static str, String)> {
        vec![
            ("default", format!("As in the settings: every {} days", self.usual_rhythm)),
            ("own", "Every few days:".into()),
            ("never", "Not at all".into()),
        ]
    }

    fn zones(&self) -> Vec<String> {
        jiff::tz::db().available().map(|zone| zone.to_string()).filter(|zone| is_place(zone)).collect()
    }

    /// The fields in which the two texts differ: label, what was saved, what was typed.
    fn differences(&self) -> Vec<(&'static str, &str, &str)> {
        let Some(theirs) = &self.theirs else { return Vec::new() };
        let both = theirs.texts().into_iter().zip(self.form.texts());
        both.map(|((_, label, theirs), (.., mine))| (label, theirs, mine))
            .filter(|(_, theirs, mine)| theirs != mine)
            .collect()
    }
}

/// The zones people know by a place: the others repeat them under older names.
fn is_place(zone: &str) -> bool {
    const CONTINENTS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    CONTINENTS.iter().any(|continent| zone.starts_with(continent))
}

fn page<P>(visit: &Visit<P>, id: ContactId, mut contact: Editable) -> EditPage {
    EditPage {
        shell: visit.shell(Nav::Contacts),
        id,
        title: contact.name.clone(),
        companies: std::mem::take(&mut contact.companies.0),
        people: std::mem::take(&mut contact.people.0),
        form: ContactForm::of(contact),
        errors: Errors::default(),
        settled: Settled::default(),
        usual_rhythm: visit.person.preferences.cadence.rhythm_days.get(),
        taken: None,
        is_read: false,
        theirs: None,
    }
}

/// `GET /contacts/{id}/edit`
pub async fn edit(mut visit: Visit<Viewer>, Id(id): Id<ContactId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let contact = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(page(&visit, id, contact)))
}

/// `POST /contacts/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<ContactId>,
    Form(mut form): Form<ContactForm>,
) -> Result<Response> {
    let by = visit.by;
    let settled = form.settle(visit.db(), by, Some(id)).await?;
    if form.understand() {
        let contact = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        let page = EditPage { form, is_read: true, settled, ..page(&visit, id, contact) };
        return Ok(Page::ok(page).into_response());
    }
    let mut taken = None;
    let mut errors = match form.parse() {
        Ok(_) if settled.is_open() => Errors::default(),
        Ok(filled) => match save(&mut visit.acting(), id, form.version, &filled).await? {
            Outcome::Saved => {
                return Ok(Done::to(format!("/contacts/{id}")).saying("Saved.").into_response());
            }
            Outcome::Gone => return Err(Error::NotFound),
            Outcome::Changed => {
                let contact = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
                let mut page = page(&visit, id, contact);
                let mut mine = form;
                mine.version = page.form.version;
                page.theirs = Some(std::mem::replace(&mut page.form, mine));
                return Ok(Page::conflict(page).into_response());
            }
            Outcome::Refused(errors, holder) => {
                taken = holder;
                errors
            }
        },
        Err(errors) => errors,
    };
    settled.note(&mut errors, "introduced_by");
    let contact = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let page = EditPage { form, errors, taken, settled, ..page(&visit, id, contact) };
    Ok(Page::unprocessable(page).into_response())
}
