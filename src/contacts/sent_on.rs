//! 'They suggested someone else': who that is becomes a contact introduced by them, in one step that is taken back as one.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::contact::{NewContact, NewTouchpoint};
use super::employer::company_named;
use super::queries::edit::{self as edit, Named};
use super::queries::{before, forgotten};
use super::record::{self, Recorded};
use super::touchpoints::back_to;
use super::wording::next_in_words;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::address::ProfileAddress;
use crate::companies::name::{CompanyName, NameKey};
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::playbook::name::first_name;
use crate::playbook::warmth::Warmth;
use crate::text::{Line, Text, lower_first};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::path::{Id, Ids};
use crate::web::shell::{Nav, Shell};

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct SentOnForm {
    /// Of the answer and of the person who was named alike, so that the form sent twice adds each once, and taking it back
    /// finds both.
    pub id: String,
    pub name: String,
    pub job_title: String,
    pub company: String,
    pub profile: String,
    /// Puts the first step with them on today's list.
    pub pick: String,
    /// They are added although the user asked to forget them.
    pub anyway: String,
    pub back: String,
}

struct Filled {
    name: Line<200>,
    job_title: Option<Line<200>>,
    company: Option<CompanyName>,
    profile: Option<ProfileAddress>,
}

impl SentOnForm {
    fn parse(&self) -> Result<Filled, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", Line::parse(&self.name));
        let job_title = errors.take("job_title", Line::parse_optional(&self.job_title));
        let company = errors.take("company", CompanyName::parse_optional(&self.company));
        let profile = errors.take("profile", ProfileAddress::parse_optional(&self.profile));
        errors.give(|| Some(Filled { name: name?, job_title: job_title?, company: company?, profile: profile? }))
    }
}

#[derive(Template)]
#[template(path = "contacts/sent_on.html")]
struct SentOnPage {
    shell: Shell,
    id: ContactId,
    by: String,
    form: SentOnForm,
    errors: Errors,
    /// Whose profile it is already.
    taken: Option<Named>,
    /// The user asked to forget them.
    forgotten: bool,
    companies: Vec<String>,
}

impl SentOnPage {
    fn first_name(&self) -> &str {
        first_name(&self.by)
    }

    fn there(&self) -> String {
        back_to(self.id, &self.form.back)
    }
}

/// Where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// `GET /contacts/{id}/sent-on`
pub async fn new(
    mut visit: Visit<Viewer>,
    Id(id): Id<ContactId>,
    Query(Back { back }): Query<Back>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let contact = edit::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let form = SentOnForm {
        id: TouchpointId::new().to_string(),
        company: contact.company.unwrap_or_default(),
        pick: "true".into(),
        back,
        ..SentOnForm::default()
    };
    Ok(Page::ok(SentOnPage {
        shell: visit.shell(Nav::Contacts),
        id,
        by: contact.name,
        form,
        errors: Errors::default(),
        taken: None,
        forgotten: false,
        companies: contact.companies.0,
    }))
}

/// `POST /contacts/{id}/sent-on`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<SentOnForm>,
) -> Result<Response> {
    let mut forgotten = false;
    let (errors, taken) = match form.parse() {
        Ok(filled) => match add(&mut visit, contact, &form, &filled).await? {
            Added::Yes(done) => return Ok(done.into_response()),
            Added::ProfileTaken(holder) => {
                let problem = format!("This is the profile of {}, who is in your contacts", holder.name);
                (Errors::of("profile", problem), Some(holder))
            }
            Added::Forgotten => {
                forgotten = true;
                (Errors::default(), None)
            }
        },
        Err(errors) => (errors, None),
    };
    let by = visit.by;
    let their = edit::find(visit.db(), by, contact).await?.ok_or(Error::NotFound)?;
    let shell = visit.shell(Nav::Contacts);
    let companies = their.companies.0;
    let page = SentOnPage { shell, id: contact, by: their.name, form, errors, taken, forgotten, companies };
    Ok(Page::unprocessable(page).into_response())
}

enum Added {
    Yes(Done),
    ProfileTaken(Named),
    Forgotten,
}

async fn add(visit: &mut Visit<Owner>, contact: ContactId, form: &SentOnForm, filled: &Filled) -> Result<Added> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let touchpoint = super::touchpoints::touchpoint_id(&form.id)?;
    let person = ContactId(touchpoint.0);
    let there = || Done::to(back_to(contact, &form.back));
    let mut transaction = visit.db().begin().await?;
    let stands = before::stands(&mut *transaction, by, contact, touchpoint).await?.ok_or(Error::NotFound)?;
    let is_known = edit::is_taken(&mut *transaction, by, person).await?;
    if stands.again || is_known {
        return Ok(Added::Yes(there()));
    }
    let theirs = edit::before(&mut *transaction, by, contact).await?.ok_or(Error::NotFound)?;
    let (company_id, employer) = match &filled.company {
        // An employer that is no target stays one that is none.
        Some(name) if theirs.company.as_deref().is_some_and(|company| NameKey::of(company) == name.key()) => {
            (theirs.company_id, Some(name.clone()))
        }
        Some(name) => {
            let (company, name) = company_named(&mut transaction, by, name, now).await?;
            (company, Some(name))
        }
        None => (None, None),
    };
    let named = NewContact {
        company_id,
        employer,
        job_title: filled.job_title.clone(),
        profile: filled.profile.clone(),
        warmth: Warmth::CanBeIntroduced,
        why: Line::parse(&format!("{} thought of you", stands.name)).ok(),
        introduced_by: Some(contact),
        ..NewContact::named(person, filled.name.clone(), today)
    };
    let marks = forgotten::left_by(&mut *transaction, by, &named).await?;
    if !marks.is_empty() && form.anyway.is_empty() {
        transaction.rollback().await?;
        return Ok(Added::Forgotten);
    }
    forgotten::lift(&mut *transaction, by, &marks).await?;
    if record::add(&mut transaction, by, &[named], &cadence, now).await?.is_empty() {
        // The company that was made for them goes with the transaction.
        transaction.rollback().await?;
        let holder = match &filled.profile {
            Some(profile) => edit::holder(visit.db(), by, profile.key()).await?,
            None => None,
        };
        return Ok(holder.map_or_else(|| Added::Yes(there()), Added::ProfileTaken));
    }
    if !form.pick.is_empty() {
        let picked = NewTouchpoint::new(Kind::Picked, today, now);
        record::record(&mut transaction, by, person, &picked, &cadence, now).await?;
    }
    let note = Text::parse(&format!("Named {}.", filled.name.as_str())).ok();
    let new = NewTouchpoint { id: touchpoint, note, ..NewTouchpoint::new(Kind::SentOn, today, now) };
    let recorded = record::record(&mut transaction, by, contact, &new, &cadence, now).await?;
    let Recorded::Yes(standing) = recorded else { return Ok(Added::Yes(there())) };
    transaction.commit().await?;
    let their = first_name(&stands.name);
    let said = format!(
        "Noted: {their} named {}, who is now in your contacts. With {their}: {}",
        filled.name.as_str(),
        lower_first(&next_in_words(&standing, today)),
    );
    let undo = with_query(&format!("/contacts/{contact}/sent-on/{touchpoint}/undos"), &[("back", &form.back)]);
    Ok(Added::Yes(there().saying(said).undo(undo)))
}

/// `POST /contacts/{id}/sent-on/{touchpoint}/undos`: takes back the answer and puts the person who was named in the bin.
pub async fn undo(
    mut visit: Visit<Owner>,
    Ids(contact, touchpoint): Ids<ContactId, TouchpointId>,
    Query(Back { back }): Query<Back>,
) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let line = before::to_undo(&mut *transaction, by, contact, touchpoint).await?.ok_or(Error::NotFound)?;
    if line.kind != Kind::SentOn {
        return Err(Error::NotFound);
    }
    let done = Done::to(back_to(contact, &back));
    if line.undone {
        return Ok(done);
    }
    let new = NewTouchpoint::undoing(touchpoint, today, now);
    let recorded = record::record(&mut transaction, by, contact, &new, &cadence, now).await?;
    let Recorded::Yes(standing) = recorded else { return Ok(done) };
    let name = edit::delete(&mut *transaction, by, ContactId(touchpoint.0), now).await?;
    transaction.commit().await?;
    let binned = name.map(|name| format!(" {name} is in the bin.")).unwrap_or_default();
    Ok(done.saying(format!("Undone.{binned} {}", next_in_words(&standing, today))))
}
