//! What happens with an introduction: asked for, reminded of, made, declined; and taking back.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Connection;

use super::queries::whole;
use super::record::{self, Change};
use super::show::{ShowPage, ShowQuery};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::error::{Error, Result};
use crate::ids::{IntroductionId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::introduction::Move;
use crate::playbook::message::built_in;
use crate::playbook::message::channel::Channel;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::{Id, Ids};
use crate::web::words;

/// The built-in templates have had one wording so far.
const FIRST_WORDING: i32 = 1;

/// The form of a move; each move reads what it needs.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// Of the line in the history, made when the form is drawn, so that a second press does nothing.
    pub id: String,
    /// The day it happened; empty for today.
    pub on: String,
    pub body: String,
    pub channel: String,
    pub template: String,
    /// Where to return to; empty for the introduction's own page.
    pub back: String,
}

impl MoveForm {
    fn parse(&self, taken: Move, today: Date, now: Timestamp) -> Result<NewTouchpoint, Errors> {
        let mut errors = Errors::default();
        let id = errors.optional::<TouchpointId, _>("id", &self.id, |typed| {
            typed.parse().map_err(|_| "Open the page again and press once more")
        });
        let on = errors.optional_date("on", &self.on).unwrap_or(today);
        if on > today || words::days_between(on, today) > 3_660 {
            errors.add("on", "A day up to today, within the last ten years");
        }
        let channel = errors.optional::<Channel, _>("channel", &self.channel, |word| {
            word.parse().map_err(|_| "Choose one of the list")
        });
        let body = errors.take("body", Text::parse_optional(&self.body));
        let (true, Some(body)) = (errors.is_empty(), body) else { return Err(errors) };
        let new = NewTouchpoint {
            id: id.unwrap_or_else(TouchpointId::new),
            ..NewTouchpoint::new(taken.of_introduced().unwrap_or(Kind::Wrote), on, now)
        };
        if !matches!(taken, Move::Ask | Move::Remind) {
            return Ok(new);
        }
        let template = built_in::find(&self.template).filter(|_| body.is_some());
        Ok(NewTouchpoint {
            channel,
            body,
            template: template.map(|template| (template.key.to_owned(), FIRST_WORDING)),
            ..new
        })
    }
}

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
    Ok(done.undo(format!("/introductions/{id}/touchpoints/{touchpoint}/undoings")).into_response())
}

fn said(taken: Move) -> &'static str {
    match taken {
        Move::Ask => "Noted: you asked. If no answer comes, you are told when to remind them, once.",
        Move::Remind => "Noted. Now let it rest: the next word is theirs.",
        Move::Make => "You are introduced. Thank them, and write while it is fresh.",
        Move::Decline => "Noted. They stay a contact as before: a no to this is not a no to you.",
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

/// `POST /introductions/{id}/touchpoints/{touchpoint}/undoings`
pub async fn take_back(
    mut visit: Visit<Owner>,
    Ids(id, touchpoint): Ids<IntroductionId, TouchpointId>,
) -> Result<Response> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let change = record::take_back(&mut transaction, by, id, touchpoint, &cadence, today, now).await?;
    if !matches!(change, Change::Done(_)) {
        transaction.rollback().await?;
        return not_done(&format!("/introductions/{id}"), change);
    }
    transaction.commit().await?;
    Ok(Done::to(format!("/introductions/{id}")).saying("Taken back, in both histories.").into_response())
}
