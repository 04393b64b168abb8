//! The caught lines become what they are about, all with one press: promises, insights, contacts, openings, reasons to write.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Connection;

use super::batch::{self, Batch};
use super::filing_form::{LineForm, Made, Sent};
use super::page as wrap_up;
use super::spoken_of::Named;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CapturedLineId, InterviewId};
use crate::interviews::queries::{captured, learned, talks};
use crate::interviews::view::View;
use crate::links::with_query;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;

/// `POST /interviews/{id}/filings`: all lines of the form, or none.
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<InterviewId>, Form(sent): Form<Sent>) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let forms: Vec<LineForm> = talk.lines.iter().filter_map(|line| LineForm::sent(line, &talk, today, &sent)).collect();
    let made = match read(forms) {
        Ok(made) => made,
        Err(forms) => return wrap_up::refused(&visit, talk, forms),
    };
    let cadence = visit.person.preferences.cadence.clone();
    let (discarded, filed): (Vec<_>, Vec<_>) = made.iter().partition(|(_, made)| matches!(made, Made::Nothing));
    let ids = |lines: Vec<&(CapturedLineId, Made)>| lines.into_iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let (discarded, filed) = (ids(discarded), ids(filed));
    let done = Done::to(View::WrapUp.address(id));
    let mut transaction = visit.db().begin().await?;
    let claimed = captured::claim(&mut *transaction, by, id, &filed, &discarded, now).await?;
    if claimed.is_empty() {
        return Ok(done.into_response());
    }
    let mut batch = Batch::default();
    for (line, made) in made {
        if let Some(claimed) = claimed.iter().find(|claimed| claimed.id == line) {
            batch.take(claimed, made);
        }
    }
    let named = Named { talk: &talk, today, cadence: &cadence, now };
    let told = batch.write(&mut transaction, by, named).await?;
    transaction.commit().await?;
    let undo = with_query(&format!("/interviews/{id}/filings/undos"), &[("at", &now.to_string())]);
    Ok(done.saying(told).undo(undo).into_response())
}

/// What each line becomes, or every line with its faults.
fn read(mut forms: Vec<LineForm>) -> Result<Vec<(CapturedLineId, Made)>, Vec<LineForm>> {
    let mut made = Vec::new();
    let mut is_wrong = false;
    for form in &mut forms {
        match form.parse() {
            Ok(meant) => made.push((form.id, meant)),
            Err(errors) => {
                form.is_first_fault = !is_wrong;
                form.errors = errors;
                is_wrong = true;
            }
        }
    }
    if is_wrong { Err(forms) } else { Ok(made) }
}

/// Which filing is undone: all lines of that instant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filed {
    at: Option<Timestamp>,
}

/// `POST /interviews/{id}/filings/undos`: what the lines became goes into the bin, and the lines wait again.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<InterviewId>, Query(filed): Query<Filed>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    if !learned::is_there(visit.db(), by, id).await? {
        return Err(Error::NotFound);
    }
    if let Some(at) = filed.at {
        let mut transaction = visit.db().begin().await?;
        let released = captured::release(&mut *transaction, by, id, at).await?;
        batch::put_away(&mut transaction, by, &released, now).await?;
        transaction.commit().await?;
    }
    Ok(Done::to(View::WrapUp.address(id)).saying("Undone: your notes are back."))
}
