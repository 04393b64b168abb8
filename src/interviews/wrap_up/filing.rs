//! A caught line becomes what it is about: a promise, an insight, a contact, an opening known from inside.

use axum::response::{IntoResponse, Response};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::filing_form::{Fault, FilingForm, Made};
use super::people;
use super::{mentioned, page as wrap_up};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts;
use crate::error::{Error, Result};
use crate::ids::{ActionItemId, CapturedLineId, ContactId, InsightId, OpeningId};
use crate::insights::queries::lines;
use crate::interviews::kinds::Catch;
use crate::interviews::queries::talks::TalkDetail;
use crate::interviews::queries::{captured, learned, talks};
use crate::interviews::view::View;
use crate::openings;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;

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
    let talk: TalkDetail =
        talks::find(&mut *transaction, by, line.interview_id, false).await?.ok_or(Error::NotFound)?;
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
            lines::add_insight(&mut *transaction, by, talk.id, InsightId(as_id), &new, now).await?;
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
    Ok(done.saying(text).undo(format!("/captured-lines/{id}/filings/undos")).into_response())
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

/// `POST /captured-lines/{id}/filings/undos`: what it became goes into the bin, and the line waits again.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<CapturedLineId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    let line = captured::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if line.is_filed {
        put_away(&mut transaction, by, line.kind, made_of(id, line.filings), now).await?;
        captured::set_filed(&mut *transaction, by, id, None).await?;
        transaction.commit().await?;
    }
    Ok(Done::to(View::WrapUp.address(line.interview_id)).saying("Undone: the line waits to be filed."))
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
            lines::bin_insight(db, by, InsightId(id), Some(now)).await?;
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
