//! Naming, archiving and opening a cohort again.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::index::TAKEN;
use super::show::CohortPage;
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::cohorts::name::CohortName;
use crate::accounts::cohorts::queries::{self, Reopened, Saved, members};
use crate::accounts::cohorts::role::Role;
use crate::accounts::confirm::Confirmed;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CohortId;
use crate::progress::cohort::uncounted_since;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// The new name as typed, and the one the form was drawn with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
    was: String,
}

fn page_of(id: CohortId) -> String {
    format!("/admin/cohorts/{id}")
}

/// `POST /admin/cohorts/{id}`
pub async fn rename(
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<CohortId>,
    Form(form): Form<NameForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let page = CohortPage::load(&mut visit, id, String::new()).await?;
    let mut errors = Errors::default();
    if let Some(name) = errors.take("name", CohortName::parse(&form.name)) {
        match queries::rename(visit.db(), by, id, &form.was, &name).await? {
            Saved::NameTaken => errors.add("name", TAKEN),
            Saved::Before => errors.add("name", "It was renamed or archived meanwhile. Load the page again"),
            Saved::Yes => {
                let about = format!("{}, before {}", name.as_str(), form.was);
                let event = Event::new(by.user_id(), Kind::CohortChanged, now).about(&about);
                event.by_session(visit.db(), this).await?;
                return Ok(Done::to(page_of(id)).saying("Saved.").into_response());
            }
        }
    }
    Ok(Page::unprocessable(page.refusing(form.name, errors)).into_response())
}

/// `POST /admin/cohorts/{id}/archivings`
pub async fn archive(Confirmed(mut visit): Confirmed<Admin>, Id(id): Id<CohortId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let name = queries::archive(&mut transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    let event = Event::new(by.user_id(), Kind::CohortArchived, now).about(&name);
    event.by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    let said = format!("{name} is archived, and no one is in it any more. Every account stays as it is.");
    Ok(Done::to("/admin/cohorts").saying(said).undo(format!("/admin/cohorts/{id}/archivings/undos")))
}

/// `POST /admin/cohorts/{id}/archivings/undos`: with everyone who was in it and searches in no other by now. Their stays go on
/// where no week was counted without them, and begin anew otherwise.
pub async fn undo(mut visit: Visit<Admin>, Id(id): Id<CohortId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let (name, archived_at) = match queries::reopen(&mut transaction, by, id).await? {
        Reopened::Yes(name, archived_at) => (name, archived_at),
        Reopened::Gone => return Err(Error::NotFound),
        Reopened::NameTaken => {
            return Ok(Done::to("/admin/cohorts").saying("Another cohort has its name by now. Rename that one first."));
        }
    };
    if archived_at >= uncounted_since(now) {
        members::go_on_all(&mut *transaction, by, id, archived_at).await?;
    } else {
        let left = members::left_with(&mut *transaction, by, id, archived_at).await?;
        for role in Role::ALL {
            let people: Vec<_> = left.iter().filter(|(_, had)| had == role).map(|(member, _)| *member).collect();
            members::add_all(&mut *transaction, by, id, &people, *role, None, now).await?;
        }
    }
    let event = Event::new(by.user_id(), Kind::CohortChanged, now).about(&name);
    event.by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(Done::to(page_of(id)).saying(format!("{name} is open again.")))
}
