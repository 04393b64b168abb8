//! Changing what is known of a contact.

use askama::Template;
use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use super::choosing::Settled;
use super::employer::company_named;
use super::form::{ContactForm, NOBODY, closenesses, warmths};
use super::queries::edit::{self as queries, ContactDetails, Editable, Named, Saved};
use super::record;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::companies::name::CompanyName;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::standing::Rhythm;
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
        Ok(filled) => match save(&mut visit, id, &form, &filled).await? {
            Outcome::Saved => {
                return Ok(Done::to(format!("/contacts/{id}")).saying("Saved.").into_response());
            }
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

enum Outcome {
    Saved,
    /// Someone saved in between.
    Changed,
    Refused(Errors, Option<Named>),
}

async fn save(visit: &mut Visit<Owner>, id: ContactId, form: &ContactForm, filled: &ContactDetails) -> Result<Outcome> {
    let (by, now) = (visit.by, visit.now);
    let cadence = visit.person.preferences.cadence.clone();
    let refused = |field, problem: String, holder| Ok(Outcome::Refused(Errors::of(field, problem), holder));
    if let Some(introducer) = filled.introduced_by
        && (introducer == id || queries::name_of(visit.db(), by, introducer).await?.is_none())
    {
        return refused("introduced_by", NOBODY.into(), None);
    }
    let mut transaction = visit.db().begin().await?;
    let before = queries::before(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if before.version != form.version {
        return Ok(Outcome::Changed);
    }
    let same_company = filled.company.as_ref().map(CompanyName::key)
        == before.company.as_deref().map(crate::companies::name::NameKey::of);
    let (company, employer) = match &filled.company {
        None => (None, None),
        // An employer that is no target stays one that is none.
        Some(name) if same_company => {
            let as_it_was =
                before.company_id.and(before.company.as_deref()).and_then(|name| CompanyName::parse(name).ok());
            (before.company_id, Some(as_it_was.unwrap_or_else(|| name.clone())))
        }
        Some(name) => {
            let (company, name) = company_named(&mut transaction, by, name, now).await?;
            (company, Some(name))
        }
    };
    // Those who wait where they worked have one colleague less who was asked.
    let colleagues = if same_company { Vec::new() } else { record::waiting_there(&mut transaction, by, id).await? };
    match queries::update(&mut *transaction, by, id, filled, company, employer.as_ref()).await? {
        Saved::Yes => {}
        Saved::ProfileTaken => {
            transaction.rollback().await?;
            let holder = match &filled.profile {
                Some(profile) => queries::holder(visit.db(), by, profile.key()).await?,
                None => None,
            };
            let whose = holder.as_ref().map_or("another contact", |holder| holder.name.as_str());
            return refused("profile", format!("This is the profile of {whose}"), holder);
        }
    }
    if Rhythm::kept(filled.rhythm) != before.rhythm_days || !same_company {
        record::replan(&mut transaction, by, id, &cadence).await?;
    }
    if !same_company {
        record::replan_waiting_there(&mut transaction, by, id, &cadence).await?;
    }
    for colleague in colleagues {
        record::replan(&mut transaction, by, colleague, &cadence).await?;
    }
    transaction.commit().await?;
    Ok(Outcome::Saved)
}
