//! New documents and new versions, out of the files that were sent.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use super::document::{Kind, NewVersion, name_of_file};
use super::format;
use super::list::ListPage;
use super::queries::{self, Kept};
use super::room::Room;
use super::show::ShowPage;
use super::upload::{self, File, Held, Refused, Sent};
use crate::access::Owner;
use crate::accounts::rate_limit;
use crate::accounts::settings::queries::lock;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{DocumentId, DocumentVersionId};
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::Nav;

/// The version in a form, or why there is none.
async fn version(sent: Sent, by: Owner) -> Result<Result<(NewVersion, Held), Refused>> {
    if sent.made_for.as_ref().is_some_and(|made_for| !made_for.is(by.user_id())) {
        return Ok(Err(Refused::OfAnother));
    }
    let id = sent.field("version_id").parse().unwrap_or_else(|_| DocumentVersionId::new());
    let File { name, content, held } = match sent.file {
        Ok(file) => file,
        Err(refused) => return Ok(Err(refused)),
    };
    // A large one is read for a while.
    let told = tokio::task::spawn_blocking(move || (format::of(&content), content));
    let (format, content) = told.await.map_err(anyhow::Error::from)?;
    Ok(format.map_err(Refused::from).and_then(|format| {
        let fitted = Line::fit(&name).or_else(|| Line::fit(&format.file_name(&name)));
        let file_name = fitted.ok_or(Refused::Broken)?.value;
        Ok((NewVersion { id, file_name, format, content }, held))
    }))
}

/// Why a file was not kept, where it was refused for want of room.
fn refused(kept: Kept, room: Room) -> Option<Refused> {
    match kept {
        Kept::NoRoom => Some(Refused::NoRoom(room.together)),
        Kept::TooMany => Some(Refused::TooMany(room.files)),
        Kept::Yes | Kept::Again | Kept::NoDocument => None,
    }
}

/// `POST /documents`
pub async fn create(visit: Visit<Owner>, State(app): State<App>, request: Request) -> Result<Response> {
    let (by, now, room) = (visit.by, visit.now, Room::of(&app.config, visit.person.documents_mb));
    let (shell, when) = (visit.shell(Nav::Library), (visit.today(), visit.person.zone.clone()));
    // A file can take its time to arrive; no connection waits for it.
    drop(visit);
    let key = by.user_id().to_string();
    rate_limit::count(&mut *app.connection().await?, now, rate_limit::DOCUMENTS_BY_ACCOUNT, &key).await?;
    let mut errors = Errors::default();
    let (mut name, mut kind) = (String::new(), Kind::Resume.to_string());
    match upload::read(request, app.config.document_most).await {
        Ok(sent) => {
            (name, kind) = (sent.field("name").to_owned(), sent.field("kind").to_owned());
            let id = sent.field("id").parse().unwrap_or_else(|_| DocumentId::new());
            let file = errors.take("file", version(sent, by).await?);
            let named = match &file {
                Some((file, _)) if name.trim().is_empty() => name_of_file(file.file_name.as_str()),
                _ => name.clone(),
            };
            let named = if named.trim().is_empty() { None } else { errors.take("name", Line::<200>::parse(&named)) };
            let of_kind: Option<Kind> = errors.choose("kind", &kind);
            if let (Some(named), Some(of_kind), Some((file, _held))) = (named, of_kind, file) {
                let mut db = app.connection().await?;
                let mut transaction = db.begin().await?;
                lock(&mut *transaction, by).await?;
                let document = (id, named.as_str(), of_kind);
                let kept = queries::create(&mut transaction, by, document, &file, room, now).await?;
                let done = Done::to("/documents");
                match refused(kept, room) {
                    None if kept == Kept::Yes => {
                        transaction.commit().await?;
                        let done = done.saying(format!("Added {}.", named.as_str()));
                        return Ok(done.undo(format!("/documents/{id}/deletions")).into_response());
                    }
                    None => return Ok(done.into_response()),
                    Some(refused) => errors.add("file", refused),
                }
                transaction.rollback().await?;
            }
        }
        Err(refused) => errors.add("file", refused),
    }
    let listing = queries::list(&mut *app.connection().await?, by).await?;
    let page = ListPage::new(shell, when, listing, room).with_new(name, kind, errors);
    Ok(Page::unprocessable(page).into_response())
}

/// `POST /documents/{id}/versions`
pub async fn add(
    visit: Visit<Owner>,
    State(app): State<App>,
    Id(id): Id<DocumentId>,
    request: Request,
) -> Result<Response> {
    let (by, now, room) = (visit.by, visit.now, Room::of(&app.config, visit.person.documents_mb));
    let (shell, when) = (visit.shell(Nav::Library), (visit.today(), visit.person.zone.clone()));
    drop(visit);
    let key = by.user_id().to_string();
    rate_limit::count(&mut *app.connection().await?, now, rate_limit::DOCUMENTS_BY_ACCOUNT, &key).await?;
    let file = match upload::read(request, app.config.document_most).await {
        Ok(sent) => version(sent, by).await?,
        Err(refused) => Err(refused),
    };
    let problem = match file {
        Ok((file, _held)) => {
            let mut db = app.connection().await?;
            let mut transaction = db.begin().await?;
            lock(&mut *transaction, by).await?;
            let kept = queries::add(&mut transaction, by, id, &file, room, now).await?;
            let done = Done::to(format!("/documents/{id}"));
            match refused(kept, room) {
                None if kept == Kept::NoDocument => return Err(Error::NotFound),
                None if kept == Kept::Again => return Ok(done.into_response()),
                None => {
                    transaction.commit().await?;
                    let done = done.saying("Added the new version. Earlier ones stay.");
                    return Ok(done.undo(format!("/document-versions/{}/undos", file.id)).into_response());
                }
                Some(refused) => refused,
            }
        }
        Err(refused) => refused,
    };
    let document = queries::find(&mut *app.connection().await?, by, id).await?.ok_or(Error::NotFound)?;
    let page = ShowPage::new(shell, when, document, room).with_errors(Errors::of("file", problem));
    Ok(Page::unprocessable(page).into_response())
}

/// `POST /document-versions/{id}/undos`
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<DocumentVersionId>) -> Result<Done> {
    let by = visit.by;
    if let Some(document) = queries::undo_version(visit.db(), by, id).await? {
        return Ok(Done::to(format!("/documents/{document}")).saying("Undone."));
    }
    let document = queries::sent_version(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/documents/{document}")).saying("This version was sent somewhere since, so it stays."))
}
