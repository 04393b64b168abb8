//! An opening's status changes, and whoever referred the user for it gets to hear of it.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{OpeningChangeId, OpeningId};
use crate::links::with_query;
use crate::openings::form::StatusForm;
use crate::openings::queries as openings;
use crate::openings::show::ShowPage;
use crate::referrals::opening_changes::{self, Moved, change_back};
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::{Id, Ids};
use crate::web::words;

/// Where to return to; the opening's page if empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackQuery {
    back: String,
}

/// `POST /openings/{id}/statuses`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<StatusForm>) -> Result<Response> {
    let (by, today, now, cadence) = (visit.by, visit.today(), visit.now, visit.person.preferences.cadence.clone());
    let (change, how) = match form.parse(today) {
        Ok(meant) => meant,
        Err(errors) => {
            let opening = openings::show::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
            let page = ShowPage::new(&visit, opening, errors).with_moved(form.moved);
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let to = own_path_or(&form.back, format!("/openings/{id}"));

    let mut transaction = visit.db().begin().await?;
    let moved = opening_changes::change(&mut transaction, by, id, &change, how.as_ref(), &cadence, now).await?;
    transaction.commit().await?;
    let (title, to_tell) = match moved {
        Moved::Gone => return Err(Error::NotFound),
        Moved::Not(_) => return Ok(Done::to(to).into_response()),
        Moved::Yes { title, to_tell } => (title, to_tell),
    };

    let mut text = format!("{} is at '{}'.", title, change.status.label());
    if to_tell > 0 {
        text.push_str(&format!(
            " {} to hear it first: tell and thank.",
            words::count(to_tell as i64, "referrer is", "referrers are")
        ));
    }
    let undo = with_query(&format!("/openings/{id}/changes/{}/undos", change.id), &[("back", &form.back)]);
    Ok(Done::to(to).saying(text).undo(undo).into_response())
}

/// `POST /openings/{id}/changes/{change}/undos`: only the latest change goes back.
pub async fn undo(
    mut visit: Visit<Owner>,
    Ids(id, change): Ids<OpeningId, OpeningChangeId>,
    Query(query): Query<BackQuery>,
) -> Result<Response> {
    let (by, cadence) = (visit.by, visit.person.preferences.cadence.clone());
    let to = own_path_or(&query.back, format!("/openings/{id}"));
    let mut transaction = visit.db().begin().await?;
    openings::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let taken_back = change_back(&mut transaction, by, id, change, &cadence).await?;
    transaction.commit().await?;
    Ok(match taken_back {
        Some((title, status)) => {
            Done::to(to).saying(format!("{title} is back at '{}'.", status.label())).into_response()
        }
        None => Done::to(to).saying("Nothing was changed: that is not the latest change any more.").into_response(),
    })
}
