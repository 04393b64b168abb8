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
use crate::address::ProfileAddress;
use crate::companies::name::CompanyName;
use crate::contacts::contact::NewContact;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::playbook::cadence::Cadence;
use crate::playbook::warmth::Warmth;
use crate::text::Line;
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
    /// They work at the same company.
    pub colleague: String,
}

/// What the form means.
pub struct Mentioned {
    name: Line<200>,
    job_title: Option<Line<200>>,
    profile: Option<ProfileAddress>,
    colleague: bool,
}

impl PersonForm {
    /// Reads the form.
    pub fn parse(&self) -> Result<Mentioned, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", Line::parse(&self.name));
        let job_title = errors.take("job_title", Line::parse_optional(&self.job_title));
        let profile = errors.take("profile", ProfileAddress::parse_optional(&self.profile));
        match (name, job_title, profile) {
            (Some(name), Some(job_title), Some(profile)) => {
                Ok(Mentioned { name, job_title, profile, colleague: !self.colleague.is_empty() })
            }
            _ => Err(errors),
        }
    }
}

/// `POST /interviews/{id}/people`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(form): Form<PersonForm>,
) -> Result<Response> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let view = View::named(&form.view);
    let mentioned = match form.parse() {
        Ok(mentioned) => mentioned,
        Err(person_errors) => {
            let captures = Captures { person: form, person_errors, ..Captures::fresh(view) };
            return captures::again(visit, id, captures).await;
        }
    };
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
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
    let colleague = mentioned.colleague;
    let contact = NewContact {
        company_id: talk.company_id.filter(|_| colleague),
        employer: talk.company_name().filter(|_| colleague).and_then(|company| CompanyName::parse(company).ok()),
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
