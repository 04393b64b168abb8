//! People who were mentioned in a talk: each becomes a contact introduced by the one who named them.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::companies::name::CompanyName;
use crate::contacts::contact::NewContact;
use crate::contacts::employer::company_named;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::interviews::forms::{Captures, Mentioned, PersonForm};
use crate::interviews::queries::talks;
use crate::interviews::queries::talks::TalkDetail;
use crate::interviews::show;
use crate::interviews::view::View;
use crate::playbook::cadence::Cadence;
use crate::playbook::warmth::Warmth;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

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
        return show::shown(visit, talk, captures);
    }
    let mentioned = match form.parse() {
        Ok(mentioned) => mentioned,
        Err(person_errors) => {
            let captures = Captures { person: form, person_errors, ..Captures::fresh(view) };
            return show::again(visit, id, captures).await;
        }
    };
    let cadence = visit.person.preferences.cadence.clone();
    let named = Named { talk: &talk, id: form.id.unwrap_or_else(ContactId::new), today, cadence: &cadence, now };
    let mut transaction = visit.db().begin().await?;
    let text = add(&mut transaction, by, named, mentioned).await?;
    transaction.commit().await?;
    Ok(Done::to(view.address(id)).saying(text).into_response())
}

/// By whom and when someone was named, and the contact to be.
pub struct Named<'a> {
    pub talk: &'a TalkDetail,
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
        true => format!("{name} is already in your contacts."),
    })
}
