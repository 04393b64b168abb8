//! Where an import begins: how to get the file, the field for it, and what was imported before.

use std::io::{Read, Seek};

use askama::Template;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::archive::reading::PASTED;
use super::archive::{self, reading};
use super::plan::as_i64;
use super::queries::{self, FileRow, ListRow, Status, waiting};
use super::running;
use super::sheets::Remembered;
use super::upload::{self, Refused, Sent};
use crate::access::{Owner, Viewer};
use crate::accounts::rate_limit;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// One line of the earlier imports.
struct Earlier {
    id: ImportId,
    file_name: String,
    status: Status,
    day: String,
    what: String,
}

#[derive(Template)]
#[template(path = "transfer/start.html")]
struct StartPage {
    shell: Shell,
    /// Becomes the import's id, so that a second press makes no second import.
    id: ImportId,
    /// The same for what is pasted.
    pasted_id: ImportId,
    errors: Errors,
    /// What was pasted and could not be read.
    pasted: String,
    earlier: Vec<Earlier>,
}

impl StartPage {
    fn new(shell: Shell, earlier: Vec<Earlier>) -> Self {
        Self {
            shell,
            id: ImportId::new(),
            pasted_id: ImportId::new(),
            errors: Errors::default(),
            pasted: String::new(),
            earlier,
        }
    }
}

/// `GET /import`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let rows = queries::list(visit.db(), by).await?;
    let earlier = earlier(rows, &visit.person.zone, visit.today());
    Ok(Page::ok(StartPage::new(visit.shell(Nav::Import), earlier)))
}

fn earlier(rows: Vec<ListRow>, zone: &jiff::tz::TimeZone, today: jiff::civil::Date) -> Vec<Earlier> {
    rows.into_iter()
        .map(|row| Earlier {
            id: row.id,
            day: words::day(crate::clock::date_in(zone, row.created_at.0), today),
            what: match row.status {
                Status::Previewed => "Read, and waiting for you to check it".into(),
                Status::Done | Status::Undone => {
                    let counts = [
                        (row.created, "new"),
                        (row.updated, "updated"),
                        (row.same, "the same"),
                        (row.left_out, "left out"),
                    ];
                    let said = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
                    said.collect::<Vec<_>>().join(", ")
                }
            },
            file_name: row.file_name,
            status: row.status,
        })
        .collect()
}

/// `POST /imports`
pub async fn create(visit: Visit<Owner>, State(app): State<App>, request: Request) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let shell = visit.shell(Nav::Import);
    let zone = visit.person.zone.clone();
    // A file can take its time to arrive; no connection waits for it.
    drop(visit.db);
    let mut db = app.connection().await?;
    rate_limit::count(&mut *db, now, rate_limit::IMPORTS_BY_ACCOUNT, &by.user_id().to_string()).await?;
    let headings = waiting::headings(&mut *db, by).await?;
    drop(db);
    let (mut field, mut pasted) = ("file", String::new());
    let problem = match upload::read(request).await {
        Ok(sent) if sent.made_for.as_ref().is_some_and(|made_for| !made_for.is(by.user_id())) => {
            "Someone else was logged in when you opened this page. It is yours now: choose the file again".into()
        }
        Ok(sent) => {
            let (id, mut files) = (sent.id, sent.files);
            let in_zone = zone.clone();
            let read = tokio::task::spawn_blocking(move || {
                let row = row_of(&mut files, &in_zone, &headings);
                let pasted = files.first_mut().filter(|sent| row.is_err() && sent.name == PASTED).map(again);
                (row, pasted)
            });
            let (row, again) = read.await.map_err(anyhow::Error::from)?;
            if let Some(again) = again {
                (field, pasted) = ("pasted", again);
            }
            match row {
                // It would take the place of the one that is being written.
                Ok(_) if running::is_busy(by.user_id()) => running::WAIT.into(),
                Ok(row) => {
                    queries::insert(&mut *app.connection().await?, by, id, &row, now).await?;
                    return Ok(Redirect::to(&format!("/imports/{id}")).into_response());
                }
                Err(refused) => refused.to_string(),
            }
        }
        Err(Refused::RequestTooLarge) => return Err(Error::TooLarge),
        Err(refused) => {
            field = refused.field();
            refused.to_string()
        }
    };
    let rows = queries::list(&mut *app.connection().await?, by).await?;
    let mut page = StartPage::new(shell, earlier(rows, &zone, today));
    page.errors.add(field, problem);
    page.pasted = pasted;
    Ok(Page::unprocessable(page).into_response())
}

/// Bytes of a pasted text that are shown again.
const AGAIN: u64 = 256 * 1024;

/// What was pasted, to be corrected.
fn again(sent: &mut Sent) -> String {
    let mut bytes = Vec::new();
    // What cannot be read again is not shown again.
    let read = sent.file.rewind().and_then(|()| (&mut sent.file).take(AGAIN).read_to_end(&mut bytes));
    read.map(|_| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// What is kept of the files until they are imported.
fn row_of(files: &mut [Sent], zone: &jiff::tz::TimeZone, headings: &[Remembered]) -> Result<FileRow, archive::Refused> {
    let name = match files {
        [one] => one.name.clone(),
        [first, rest @ ..] => {
            format!("{} and {}", first.name, words::count(as_i64(rest.len()), "more file", "more files"))
        }
        [] => String::new(),
    };
    let mut read = reading::read(files.iter_mut().map(|sent| (sent.name.as_str(), &mut sent.file as _)), zone)?;
    for sheet in read.sheets.iter_mut().filter(|sheet| !sheet.is_settled) {
        let key = sheet.key();
        if let Some(said) = headings.iter().find(|said| Some(&said.key) == key.as_ref()) {
            sheet.settle(true, &said.columns);
        }
    }
    FileRow::of(&name, &read)
}
