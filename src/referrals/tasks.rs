//! Who does what by when: marked as done, opened again, moved to another day.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::actions::{BackForm, back_or_page};
use super::queries::tasks as queries;
use super::record::set_task_done;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ReferralTaskId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;

/// `POST /referral-tasks/{id}/done-marks`
pub async fn mark_done(
    mut visit: Visit<Owner>,
    Id(id): Id<ReferralTaskId>,
    Form(form): Form<BackForm>,
) -> Result<Response> {
    let (referral, text) = set_task_done(&mut visit.acting(), id, true).await?.ok_or(Error::NotFound)?;
    let done = Done::to(back_or_page(&form.back, referral)).saying(format!("Done: {text}."));
    Ok(done.undo(format!("/referral-tasks/{id}/done-marks/undos")).into_response())
}

/// `POST /referral-tasks/{id}/done-marks/undos`
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<ReferralTaskId>, Form(form): Form<BackForm>) -> Result<Response> {
    let (referral, text) = set_task_done(&mut visit.acting(), id, false).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(back_or_page(&form.back, referral)).saying(format!("To do again: {text}.")).into_response())
}

/// The day it is to be done by; without one it is done some time.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DueForm {
    due_on: String,
    back: String,
}

/// `POST /referral-tasks/{id}/due-dates`
pub async fn set_due(
    mut visit: Visit<Owner>,
    Id(id): Id<ReferralTaskId>,
    Form(form): Form<DueForm>,
) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let due = errors.optional_date("due_on", &form.due_on);
    if let Some(problem) = errors.get("due_on") {
        return Err(Error::Invalid(format!("{problem}.")));
    }
    if due.is_some_and(|day| !(1970..=9000).contains(&day.year())) {
        return Err(Error::Invalid("That day is too far away.".into()));
    }
    let (referral, text) = queries::set_due(visit.db(), by, id, due).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(back_or_page(&form.back, referral)).saying(format!("Moved: {text}.")).into_response())
}
