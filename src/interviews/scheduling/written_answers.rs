//! Someone answered in writing: that is a talk, held in writing, with boxes for the answers.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self, Recorded};
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::interviews::queries::changes::Appointment;
use crate::interviews::queries::{changes, listed};
use crate::interviews::view::View;
use crate::playbook::event::Kind;
use crate::playbook::talk::{Medium, Status};
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// The talk to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    id: Option<InterviewId>,
}

/// `POST /contacts/{id}/written-answers`: leads to the boxes of the talk that waits for answers, or of one that is made for them.
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<AnswerForm>,
) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let minutes = i16::try_from(visit.person.preferences.talk_minutes).unwrap_or(15).clamp(5, 240);
    let partner = listed::host(visit.db(), by, contact, None).await?.ok_or(Error::NotFound)?.partner;
    let id = form.id.unwrap_or_else(InterviewId::new);
    let mut transaction = visit.db().begin().await?;
    if let Some(waits) = changes::waits_in_writing(&mut *transaction, by, contact).await? {
        return Ok(Done::to(View::Live.address(waits))
            .saying("Paste what they wrote under the questions.")
            .into_response());
    }
    let held = Appointment {
        starts_at: now,
        minutes,
        way: Medium::InWriting,
        place: None,
        their_time_zone: partner.time_zone.clone(),
    };
    let done = Done::to(View::Live.address(id));
    if !changes::insert(&mut *transaction, by, id, contact, partner.company_id, &held, now).await? {
        return Ok(done.into_response());
    }
    changes::set_status(&mut *transaction, by, id, Status::Held, now).await?;
    let answered = NewTouchpoint { interview: Some(id), ..NewTouchpoint::new(Kind::AnsweredInWriting, today, now) };
    if let Recorded::NoContact = record::record(&mut transaction, by, contact, &answered, &cadence, now).await? {
        return Err(Error::NotFound);
    }
    transaction.commit().await?;
    let text = "Saved as a talk in writing. Paste what they wrote.";
    Ok(done.saying(text).undo(format!("/interviews/{id}/deletions")).into_response())
}
