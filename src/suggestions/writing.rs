//! The coach's presses: a suggestion written, changed, withdrawn and brought back.

use axum::response::{IntoResponse, Response};

use super::pages::form::SuggestionForm;
use super::pages::{FormPage, HERE, decided};
use super::queries::{self, NewSuggestion};
use super::suggestion::Kind;
use crate::access::Commenter;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::SuggestionId;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::page::Page;
use crate::web::path::Id;

/// Suggestions of one coach that may wait.
const MOST: i64 = 50;

fn broken() -> Error {
    Error::Invalid("This form is broken. Load the page again.".into())
}

/// `POST /suggestions`
pub async fn create(mut visit: Visit<Commenter>, Form(form): Form<SuggestionForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let grant = by.grant().ok_or(Error::NotFound)?;
    let kind: Kind = form.kind.parse().map_err(|_| broken())?;
    let id = form.id.parse().map_err(|_| broken())?;
    let meant = match form.parse(kind) {
        Ok(meant) => meant,
        Err(errors) => {
            let page = FormPage { errors, ..FormPage::of(&visit, kind, form, HERE.into()) };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let by_name = visit.my_name().to_owned();
    let new = NewSuggestion { id, grant, by_name: &by_name, kind, said: meant.said() };
    let is_new = queries::insert(visit.db(), by, new, MOST, now).await?;
    // Sent twice, it is there.
    if !is_new && queries::find(visit.db(), by, id, false).await?.is_none() {
        let mut page = FormPage::of(&visit, kind, form, HERE.into());
        page.errors.add("name", format!("{MOST} of your suggestions wait already. Withdraw one first"));
        return Ok(Page::unprocessable(page).into_response());
    }
    let said = format!("Suggested {}.", meant.said().name);
    Ok(Done::to(HERE).saying(said).undo(format!("{HERE}/{id}/withdrawals")).into_response())
}

/// `POST /suggestions/{id}`
pub async fn update(
    mut visit: Visit<Commenter>,
    Id(id): Id<SuggestionId>,
    Form(form): Form<SuggestionForm>,
) -> Result<Response> {
    let by = visit.by;
    let written = queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    if !written.waits {
        return Ok(decided().into_response());
    }
    let version = form.version.parse().map_err(|_| broken())?;
    let (kind, to) = (written.kind, format!("{HERE}/{id}"));
    let form = SuggestionForm { id: String::new(), ..form };
    match form.parse(kind) {
        Err(errors) => {
            let page = FormPage { errors, ..FormPage::of(&visit, kind, form, to) };
            Ok(Page::unprocessable(page).into_response())
        }
        Ok(meant) if queries::update(visit.db(), by, id, version, meant.said()).await? => {
            Ok(Done::to(HERE).saying("Saved.").into_response())
        }
        Ok(_) => {
            let form = SuggestionForm { version: written.version.to_string(), ..form };
            let page = FormPage { is_changed: true, ..FormPage::of(&visit, kind, form, to) };
            Ok(Page::conflict(page).into_response())
        }
    }
}

/// `POST /suggestions/{id}/withdrawals`
pub async fn withdraw(mut visit: Visit<Commenter>, Id(id): Id<SuggestionId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let written = queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    if !queries::set_withdrawn(visit.db(), by, id, Some(now)).await? {
        return Ok(decided());
    }
    let said = format!("{} is withdrawn.", written.name);
    Ok(Done::to(HERE).saying(said).undo(format!("{HERE}/{id}/restorations")))
}

/// `POST /suggestions/{id}/restorations`
pub async fn restore(mut visit: Visit<Commenter>, Id(id): Id<SuggestionId>) -> Result<Done> {
    let by = visit.by;
    queries::find(visit.db(), by, id, true).await?.ok_or(Error::NotFound)?;
    queries::set_withdrawn(visit.db(), by, id, None).await?;
    Ok(Done::to(HERE).saying("It is back."))
}
