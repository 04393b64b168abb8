//! The complete archive: downloaded, and brought in.

use std::io::Write;

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use tempfile::SpooledTempFile;

use super::archive::bring::{self as bringing, Brought, Failure};
use super::archive::read;
use super::archive::refused::{FILE_MOST, Refused};
use super::archive::take::take;
use super::gathered;
use super::page::ExportPage;
use super::queries;
use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::rate_limit;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::documents::room::Room;
use crate::error::{Error, Result};
use crate::web::download::attachment;
use crate::web::flash::Done;
use crate::web::form::Errors;
use crate::web::made_for::{self, MadeFor};
use crate::web::page::Page;
use crate::web::shell::Nav;
use crate::web::words;

/// Bytes of a field that is no file.
const SHORT: usize = 128;
/// What surrounds the file in a request, at most.
const AROUND: u64 = 64 * 1024;

/// `GET /export/archive.zip`: the password was given in the last minutes, or is asked for first.
pub async fn download(State(app): State<App>, visit: Visit<Owner>) -> Result<Response> {
    if !visit.is_confirmed() {
        return Ok(Redirect::to("/confirm?next=%2Fexport%2Farchive.zip").into_response());
    }
    let (by, now, today, session) = (visit.by, visit.now, visit.today(), visit.session);
    let name = attachment(&format!("inroad {} {today}", visit.person.name), "zip");
    drop(visit);
    let (_turn, mut db) = gathered::begin(&app, by, now).await?;
    let file = take(&mut db, by, now, gathered::file()).await?;
    Event::new(by.user_id(), Kind::Exported, now).about("everything").by_session(&mut *db, session).await?;
    drop(db);
    gathered::answer(file, "application/zip", name)
}

/// `POST /archives`
pub async fn create(State(app): State<App>, visit: Visit<Owner>, request: Request) -> Result<Response> {
    let (by, now, session, room) =
        (visit.by, visit.now, visit.session, Room::of(&app.config, visit.person.documents_mb));
    let shell = visit.shell(Nav::Settings);
    // A file can take its time to arrive; no connection waits for it.
    drop(visit);
    let key = by.user_id().to_string();
    rate_limit::count(&mut *app.connection().await?, now, rate_limit::IMPORTS_BY_ACCOUNT, &key).await?;
    let problem = match sent(request, by).await? {
        Ok(file) => match bring(&app, by, file, room).await {
            Ok(brought) => {
                let event = Event::new(by.user_id(), Kind::Brought, now);
                event.by_session(&mut *app.connection().await?, session).await?;
                return Ok(Done::to("/").saying(said(&brought)).into_response());
            }
            Err(Failure::Refused(refused)) => refused.to_string(),
            Err(Failure::Database(error)) => return Err(error.into()),
            Err(Failure::Ended(error)) => return Err(anyhow::Error::from(error).into()),
        },
        Err(problem) => problem,
    };
    let counts = queries::counts(&mut *app.connection().await?, by).await?;
    let page = ExportPage::new(shell, counts, Errors::of("file", problem));
    Ok(Page::unprocessable(page).into_response())
}

async fn bring(app: &App, by: Owner, file: SpooledTempFile, room: Room) -> Result<Brought, Failure> {
    let away = |error| match error {
        Error::Away(error) => Failure::Database(error),
        _ => Failure::Database(sqlx::Error::PoolTimedOut),
    };
    let _turn = gathered::turn().await.map_err(away)?;
    let columns = bringing::columns(&mut *app.connection().await.map_err(away)?, app.clock.now()).await?;
    let checked = tokio::task::spawn_blocking(move || read::check(file, columns)).await??;
    bringing::bring(&mut *app.connection().await.map_err(away)?, by, checked, room).await
}

/// 'Your search is here: 50 companies, 120 contacts.'
fn said(brought: &Brought) -> String {
    let count = |table: &str| brought.manifest.rows.get(table).map_or(0, |n| i64::try_from(*n).unwrap_or(i64::MAX));
    let companies = words::count(count("companies"), "company", "companies");
    let contacts = words::count(count("contacts"), "contact", "contacts");
    let talks = words::count(count("informational_interviews"), "talk", "talks");
    format!("Your search is here: {companies}, {contacts} and {talks}, with everything that belongs to them.")
}

/// The file of the form, kept where it takes no memory; or why there is none, in words. What is too large is read to its end
/// without being kept: a browser listens only then.
async fn sent(mut request: Request, by: Owner) -> Result<Result<SpooledTempFile, String>> {
    const BROKEN: &str = "The file did not arrive whole. Choose it and send it again";
    let most = FILE_MOST + AROUND;
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(Error::TooLarge);
    }
    DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX)).apply(&mut request);
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return Ok(Err(BROKEN.into())) };
    let (mut kept, mut mark) = (None, None);
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => return Err(Error::TooLarge),
            Err(_) => return Ok(Err(BROKEN.into())),
        };
        let read = match field.name() {
            Some(made_for::FIELD) => short(field).await.map(|value| mark = Some(MadeFor(value))),
            Some("file") => whole(field).await?.map(|file| kept = Some(file)),
            _ => Some(()),
        };
        if read.is_none() {
            return Ok(Err(BROKEN.into()));
        }
    }
    if mark.is_some_and(|made_for| !made_for.is(by.user_id())) {
        let said = "Someone else was logged in when you opened this page. It is yours now: choose the file again";
        return Ok(Err(said.into()));
    }
    Ok(kept.ok_or_else(|| Refused::Empty.to_string()))
}

async fn short(mut field: Field<'_>) -> Option<String> {
    let mut value = Vec::new();
    while let Some(chunk) = field.chunk().await.ok()? {
        value.extend(chunk.iter().take(SHORT.saturating_sub(value.len())));
    }
    Some(String::from_utf8_lossy(&value).into_owned())
}

async fn whole(mut field: Field<'_>) -> Result<Option<SpooledTempFile>> {
    let mut file = gathered::file();
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => file.write_all(&chunk).map_err(anyhow::Error::from)?,
            Ok(None) => return Ok(Some(file)),
            Err(error) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => return Err(Error::TooLarge),
            Err(_) => return Ok(None),
        }
    }
}
