//! People who were mentioned in a talk: each becomes a contact introduced by the one who named them.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgConnection;

use super::captures::{self, Captures, View};
use super::queries::talks::{self, Whole};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::{CompanyName, NameKey};
use crate::contacts::contact::NewContact;
use crate::contacts::employer::company_named;
use crate::contacts::{pasted, record};
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::playbook::cadence::Cadence;
use crate::playbook::warmth::Warmth;
use crate::text::{Line, Text};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub id: Option<ContactId>,
    pub view: String,
    pub name: String,
    pub job_title: String,
    pub profile: String,
    pub email: String,
    /// Where they work, if it is another company.
    pub company: String,
    /// They work at the same company.
    pub colleague: String,
    /// What else was said of them.
    pub notes: String,
}

/// What the form means.
pub struct Mentioned {
    name: Line<200>,
    job_title: Option<Line<200>>,
    profile: Option<ProfileAddress>,
    email: Option<EmailAddress>,
    company: Option<CompanyName>,
    colleague: bool,
    notes: Option<Text<20_000>>,
}

impl PersonForm {
    /// Takes apart a name that is more than one: 'Jonas Weber, leads analytics at Ada Health'. Tells whether that changed the
    /// form, which is then to be looked over. `here` is the company of the talk.
    pub fn understand(&mut self, here: Option<&str>) -> bool {
        let read = pasted::in_line(&self.name);
        if read.name == self.name.trim() || read.name.is_empty() {
            return false;
        }
        self.name = read.name;
        let mut rest = read.rest;
        for (field, value) in [
            (&mut self.job_title, read.job_title),
            (&mut self.profile, read.profile),
            (&mut self.email, read.email),
            (&mut self.company, read.company),
        ] {
            if let Some(left) = pasted::put(field, value) {
                pasted::append(&mut rest, &left);
            }
        }
        pasted::append(&mut rest, &read.phone);
        pasted::append(&mut self.notes, &rest);
        if !self.company.is_empty() {
            let is_here = here.is_some_and(|here| NameKey::of(here) == NameKey::of(&self.company));
            self.colleague = if is_here { "true".into() } else { String::new() };
            if is_here {
                self.company.clear();
            }
        }
        true
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<Mentioned, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", pasted::name_of_person(&self.name));
        let email = errors.take("email", EmailAddress::parse_optional(&self.email));
        let company = errors.take("company", CompanyName::parse_optional(&self.company));
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        let job_title = errors.take("job_title", Line::parse_optional(&self.job_title));
        let profile = errors.take("profile", ProfileAddress::parse_optional(&self.profile));
        match (name, job_title, profile, email, company, notes) {
            (Some(name), Some(job_title), Some(profile), Some(email), Some(company), Some(notes)) => {
                let colleague = !self.colleague.is_empty() && company.is_none();
                Ok(Mentioned { name, job_title, profile, email, company, colleague, notes })
            }
            _ => Err(errors),
        }
    }
}

/// `POST /interviews/{id}/people`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(mut form): Form<PersonForm>,
) -> Result<Response> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let view = View::named(&form.view);
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    if form.understand(talk.company_name()) {
        let captures = Captures { person: form, person_is_read: true, ..Captures::fresh(view) };
        return captures::shown(visit, talk, captures);
    }
    let mentioned = match form.parse() {
        Ok(mentioned) => mentioned,
        Err(person_errors) => {
            let captures = Captures { person: form, person_errors, ..Captures::fresh(view) };
            return captures::again(visit, id, captures).await;
        }
    };
    let cadence = visit.person.preferences.cadence.clone();
    let named = Named { talk: &talk, id: form.id.unwrap_or_else(ContactId::new), today, cadence: &cadence, now };
    let mut transaction = visit.db().begin().await?;
    let text = add(&mut transaction, by, named, mentioned).await?;
    transaction.commit().await?;
    Ok(Done::to(view.address(id)).saying(text).into_response())
}

/// By whom and when somebody was named, and the contact to be.
pub struct Named<'a> {
    pub talk: &'a Whole,
    pub id: ContactId,
    pub today: Date,
    pub cadence: &'a Cadence,
    pub now: Timestamp,
}

/// Adds a contact introduced by the one who named them; tells what was done.
pub async fn add(db: &mut PgConnection, by: Owner, named: Named<'_>, mentioned: Mentioned) -> Result<String> {
    let (talk, name) = (named.talk, mentioned.name.to_string());
    let (company_id, employer) = match &mentioned.company {
        Some(company) => {
            let (id, name) = company_named(db, by, company, named.now).await?;
            (id, Some(name))
        }
        None if mentioned.colleague => {
            (talk.company_id, talk.company_name().and_then(|company| CompanyName::parse(company).ok()))
        }
        None => (None, None),
    };
    let contact = NewContact {
        company_id,
        employer,
        email: mentioned.email,
        notes: mentioned.notes,
        job_title: mentioned.job_title,
        profile: mentioned.profile,
        warmth: Warmth::CanBeIntroduced,
        why: Line::parse(&format!("Mentioned by {} in a talk", talk.person.name)).ok(),
        introduced_by: Some(talk.contact_id),
        ..NewContact::named(named.id, mentioned.name, named.today)
    };
    let added = record::add(db, by, std::slice::from_ref(&contact), named.cadence, named.now).await?;
    Ok(match added.is_empty() {
        false => format!("{name} is a contact now, named by {}.", talk.first_name()),
        true => format!("{name} is among your contacts already."),
    })
}
