//! A caught line becomes what it is about: a promise, an insight, a contact, an opening known from inside.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::action_items::ActionForm;
use super::captures::View;
use super::insights::InsightForm;
use super::lines::Catch;
use super::mentioned::{self, OpeningForm};
use super::people::{self, PersonForm};
use super::queries::captured;
use super::queries::learned;
use super::queries::talks::{self, Whole};
use super::wrap_up;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts;
use crate::error::{Error, Result};
use crate::ids::{ActionItemId, CapturedLineId, ContactId, InsightId, OpeningId};
use crate::openings;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;

/// The form as typed: the fields of whatever the line becomes.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct FilingForm {
    /// The line's words, which may be put right.
    pub text: String,
    pub due_on: String,
    pub topic: String,
    pub weight: String,
    pub about: String,
    pub job_title: String,
    pub colleague: String,
    pub company: String,
    pub confirmed: String,
    pub profile: String,
    pub email: String,
    pub notes: String,
}

/// What was wrong with the filing of one line.
pub struct Fault {
    pub line: CapturedLineId,
    pub form: FilingForm,
    pub errors: Errors,
}

/// What a filing makes.
enum Made {
    Action(super::action_items::Promise),
    Insight(super::insights::Learned),
    Person(people::Mentioned),
    Opening(mentioned::Mentioned),
}

impl FilingForm {
    fn person(&self) -> PersonForm {
        PersonForm {
            name: self.text.clone(),
            job_title: self.job_title.clone(),
            colleague: self.colleague.clone(),
            company: self.company.clone(),
            profile: self.profile.clone(),
            email: self.email.clone(),
            notes: self.notes.clone(),
            ..PersonForm::default()
        }
    }

    /// Takes apart a line that names a person and more. Tells whether that changed the form. `here` is the company of the talk.
    pub fn understand(&mut self, here: Option<&str>) -> bool {
        let mut person = self.person();
        let is_read = person.understand(here);
        let PersonForm { name, job_title, colleague, company, profile, email, notes, .. } = person;
        if is_read {
            *self = Self { text: name, job_title, colleague, company, profile, email, notes, ..std::mem::take(self) };
        }
        is_read
    }

    fn parse(&self, kind: Catch) -> Result<Made, Errors> {
        match kind {
            Catch::Mine | Catch::Theirs => ActionForm {
                whose: kind.to_string(),
                text: self.text.clone(),
                due_on: self.due_on.clone(),
                ..ActionForm::default()
            }
            .parse()
            .map(Made::Action),
            Catch::Insight => InsightForm {
                topic: self.topic.clone(),
                weight: self.weight.clone(),
                about: self.about.clone(),
                insight: self.text.clone(),
                ..InsightForm::default()
            }
            .parse()
            .map(Made::Insight),
            Catch::Person => self.person().parse().map(Made::Person),
            Catch::Opening => OpeningForm {
                title: self.text.clone(),
                company: self.company.clone(),
                confirmed: self.confirmed.clone(),
                ..OpeningForm::default()
            }
            .parse()
            .map(Made::Opening),
        }
    }
}

/// `POST /captured-lines/{id}/filings`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<CapturedLineId>,
    Form(form): Form<FilingForm>,
) -> Result<Response> {
    let by = visit.by;
    let (now, today, cadence) = (visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let line = captured::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let done = Done::to(View::WrapUp.address(line.interview_id));
    if line.is_filed {
        return Ok(done.into_response());
    }
    let mut form = form;
    let talk: Whole = talks::find(&mut *transaction, by, line.interview_id, false).await?.ok_or(Error::NotFound)?;
    if line.kind == Catch::Person && form.understand(talk.company_name()) {
        drop(transaction);
        let fault = Fault { line: id, form, errors: Errors::default() };
        return wrap_up::shown(visit, talk, fault);
    }
    let made = match form.parse(line.kind) {
        Ok(made) => made,
        Err(errors) => {
            drop(transaction);
            let fault = Fault { line: id, form, errors: at_text(&errors, field_of(line.kind)) };
            return wrap_up::refused(visit, line.interview_id, fault).await;
        }
    };
    let as_id = made_of(id, line.filings.saturating_add(1));
    let text = match made {
        Made::Action(promise) => {
            learned::add_action(&mut *transaction, by, talk.id, ActionItemId(as_id), &promise, now).await?;
            format!("{}: {}.", line.kind.label(), promise.text.as_str().trim_end_matches('.'))
        }
        Made::Insight(new) => {
            learned::add_insight(&mut *transaction, by, talk.id, InsightId(as_id), &new, now).await?;
            format!("Kept under: {}.", new.topic.label())
        }
        Made::Person(person) => {
            let named = people::Named { talk: &talk, id: ContactId(as_id), today, cadence: &cadence, now };
            people::add(&mut transaction, by, named, person).await?
        }
        Made::Opening(opening) => {
            mentioned::add(&mut transaction, by, &talk, OpeningId(as_id), &opening, today, now).await?
        }
    };
    captured::set_filed(&mut *transaction, by, id, Some(now)).await?;
    transaction.commit().await?;
    Ok(done.saying(text).undo(format!("/captured-lines/{id}/withdrawals")).into_response())
}

/// The field of the filing form that holds the line's words, by the name its own form gives it.
fn field_of(kind: Catch) -> &'static str {
    match kind {
        Catch::Mine | Catch::Theirs => "text",
        Catch::Insight => "insight",
        Catch::Person => "name",
        Catch::Opening => "title",
    }
}

/// The faults with the line's words called by the filing form's name for them.
fn at_text(errors: &Errors, field: &str) -> Errors {
    let mut told = Errors::default();
    for (name, problem) in errors.iter() {
        told.add(if name == field { "text" } else { name }, problem);
    }
    told
}

/// `POST /captured-lines/{id}/withdrawals`: what it became goes into the bin, and the line waits again.
pub async fn withdraw(mut visit: Visit<Owner>, Id(id): Id<CapturedLineId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    let line = captured::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if line.is_filed {
        put_away(&mut transaction, by, line.kind, made_of(id, line.filings), now).await?;
        captured::set_filed(&mut *transaction, by, id, None).await?;
        transaction.commit().await?;
    }
    Ok(Done::to(View::WrapUp.address(line.interview_id)).saying("Taken back: the line waits to be filed."))
}

/// The id of what a line became at that filing: it stands right behind the line's own.
fn made_of(line: CapturedLineId, filing: i16) -> Uuid {
    Uuid::from_u128(line.0.as_u128().wrapping_add(u128::from(filing.unsigned_abs())))
}

async fn put_away(db: &mut PgConnection, by: Owner, kind: Catch, id: Uuid, now: jiff::Timestamp) -> sqlx::Result<()> {
    match kind {
        Catch::Mine | Catch::Theirs => {
            learned::bin_action(db, by, ActionItemId(id), Some(now)).await?;
        }
        Catch::Insight => {
            learned::bin_insight(db, by, InsightId(id), Some(now)).await?;
        }
        Catch::Person => {
            contacts::queries::edit::delete(db, by, ContactId(id), now).await?;
        }
        Catch::Opening => {
            openings::queries::delete(db, by, OpeningId(id), now).await?;
        }
    }
    Ok(())
}
