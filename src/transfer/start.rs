//! Where an import begins: how to get the file, the field for it, and what was imported before.

use askama::Template;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::decode::decode;
use super::linkedin::unreadable::BYTES_MAX;
use super::linkedin::{Connections, Unreadable};
use super::queries::{self, ListRow, Status};
use super::upload::{self, Refused};
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
    errors: Errors,
    earlier: Vec<Earlier>,
}

impl StartPage {
    fn new(shell: Shell, earlier: Vec<Earlier>) -> Self {
        Self { shell, id: ImportId::new(), errors: Errors::default(), earlier }
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
    rate_limit::count(&mut *app.connection().await?, now, rate_limit::IMPORTS_BY_ACCOUNT, &by.user_id().to_string())
        .await?;
    let problem = match upload::read(request).await {
        Ok(file) if file.made_for.as_ref().is_some_and(|made_for| !made_for.is(by.user_id())) => {
            "Someone else was logged in when you opened this page. It is yours now: choose the file again".into()
        }
        Ok(file) => {
            let name = file.name;
            match tokio::task::spawn_blocking(move || text_of(&file.bytes)).await.map_err(anyhow::Error::from)? {
                Ok(text) => {
                    queries::insert(&mut *app.connection().await?, by, file.id, &name, &text, now).await?;
                    return Ok(Redirect::to(&format!("/imports/{}", file.id)).into_response());
                }
                Err(unreadable) => format!("{name}: {unreadable}"),
            }
        }
        Err(Refused::RequestTooLarge) => return Err(Error::TooLarge),
        Err(refused) => refused.to_string(),
    };
    let rows = queries::list(&mut *app.connection().await?, by).await?;
    let mut page = StartPage::new(shell, earlier(rows, &zone, today));
    page.errors.add("file", problem);
    Ok(Page::unprocessable(page).into_response())
}

/// The text of a file that can be imported. PostgreSQL keeps no U+0000, and the reader takes it for a space.
fn text_of(bytes: &[u8]) -> Result<String, Unreadable> {
    Connections::read(bytes)?;
    let text = decode(bytes)?.text.replace('\0', " ");
    if text.len() > BYTES_MAX {
        return Err(Unreadable::TooLarge { megabytes: text.len().div_ceil(1024 * 1024) });
    }
    Ok(text)
}
