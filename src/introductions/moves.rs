//! What happens with an introduction: asked for, reminded of, made, declined; and taking back.

use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use super::form::MoveForm;
use super::queries::whole;
use super::record::{self, Change};
use super::show::{ShowPage, ShowQuery};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{IntroductionId, TouchpointId};
use crate::playbook::introduction::Move;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::{Id, Ids};

async fn take(mut visit: Visit<Owner>, id: IntroductionId, form: MoveForm, taken: Move) -> Result<Response> {
    let (by, today, now, cadence) = (visit.by, visit.today(), visit.now, visit.person.preferences.cadence.clone());
    let line = match form.parse(taken, today, now) {
        Ok(line) => line,
        Err(errors) => {
            let introduction = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
            let query = ShowQuery { wording: form.template.clone(), channel: form.channel.clone() };
            let page = ShowPage::new(&visit, introduction, &query, errors).typed(form);
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let touchpoint = line.id;
    let back = own_path_or(&form.back, format!("/introductions/{id}"));
    let mut transaction = visit.db().begin().await?;
    let change = record::take(&mut transaction, by, id, taken, line, &cadence, now).await?;
    if !matches!(change, Change::Done(_)) {
        transaction.rollback().await?;
        return not_done(&back, change);
    }
    transaction.commit().await?;
    let done = Done::to(&back).saying(said(taken));
    Ok(done.undo(format!("/introductions/{id}/touchpoints/{touchpoint}/undos")).into_response())
}

fn said(taken: Move) -> &'static str {
    match taken {
        Move::Ask => "Noted: you asked. If they don't answer, you'll be reminded once.",
        Move::Remind => "Noted. Now it's their turn.",
        Move::Make => "You've been introduced. Thank them, and write while it's fresh.",
        Move::Decline => "Noted. They said no to this, not to you.",
    }
}

/// The answer to a change that did not happen.
fn not_done(back: &str, change: Change) -> Result<Response> {
    let done = Done::to(back);
    match change {
        Change::Done(_) | Change::Again => Ok(done.into_response()),
        Change::Refused(status) => {
            let text = format!("Nothing was changed: this introduction is at '{}' by now.", status.label());
            Ok(done.saying(text).into_response())
        }
        Change::Gone => Err(Error::NotFound),
    }
}

/// `POST /introductions/{id}/asks`
pub async fn ask(visit: Visit<Owner>, Id(id): Id<IntroductionId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, Move::Ask).await
}

/// `POST /introductions/{id}/reminders`
pub async fn remind(visit: Visit<Owner>, Id(id): Id<IntroductionId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, Move::Remind).await
}

/// `POST /introductions/{id}/makings`
pub async fn make(visit: Visit<Owner>, Id(id): Id<IntroductionId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, Move::Make).await
}

/// `POST /introductions/{id}/declines`
pub async fn decline(visit: Visit<Owner>, Id(id): Id<IntroductionId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, Move::Decline).await
}

/// `POST /introductions/{id}/touchpoints/{touchpoint}/undos`
pub async fn undo(mut visit: Visit<Owner>, Ids(id, touchpoint): Ids<IntroductionId, TouchpointId>) -> Result<Response> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let change = record::take_back(&mut transaction, by, id, touchpoint, &cadence, today, now).await?;
    if !matches!(change, Change::Done(_)) {
        transaction.rollback().await?;
        return not_done(&format!("/introductions/{id}"), change);
    }
    transaction.commit().await?;
    Ok(Done::to(format!("/introductions/{id}")).saying("Undone, in both histories.").into_response())
}
