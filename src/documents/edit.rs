//! What a document is called, and what it is for.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::form::NameForm;
use super::queries;
use super::room::Room;
use super::show::ShowPage;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::Nav;

/// `POST /documents/{id}`
pub async fn rename(
    mut visit: Visit<Owner>,
    State(app): State<App>,
    Id(id): Id<DocumentId>,
    Form(form): Form<NameForm>,
) -> Result<Response> {
    let by = visit.by;
    let parsed = form.parse();
    if let Ok((name, kind)) = &parsed {
        match queries::rename(visit.db(), by, id, form.version, name.as_str(), *kind).await? {
            Some(true) => return Ok(Done::to(format!("/documents/{id}")).saying("Saved.").into_response()),
            Some(false) => {}
            None => return Err(Error::NotFound),
        }
    }
    let document = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let (errors, is_conflict) = match parsed {
        Err(errors) => (errors, false),
        Ok(_) => {
            let theirs = format!("'{}' ({})", document.name, document.kind.label());
            (Errors::of("name", format!("Another tab saved {theirs} meanwhile. Save again to keep yours")), true)
        }
    };
    let when = (visit.today(), visit.person.zone.clone());
    let room = Room::of(&app.config, visit.person.documents_mb);
    let page = ShowPage::new(visit.shell(Nav::Library), when, document, room).with_errors(errors).with_name(form);
    Ok(if is_conflict { Page::conflict(page) } else { Page::unprocessable(page) }.into_response())
}
