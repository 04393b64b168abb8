//! What the columns of a table mean: told beside what is in them, and remembered for the next table of the same heading.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::archive::Archive;
use super::linkedin::unreadable::shortened;
use super::plan::as_i64;
use super::queries::{self, Kept, waiting};
use super::sheets::Sheet;
use super::sheets::meaning::{Meaning, has_names, of_words};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Which of the tables of an import.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    sheet: Option<usize>,
}

/// What was said of a table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    sheet: usize,
    heading: String,
    /// The meaning of each column, in their order.
    column: Vec<String>,
}

/// One column, as the page shows it.
struct Column {
    place: usize,
    name: String,
    examples: Vec<String>,
    meaning: Meaning,
}

#[derive(Template)]
#[template(path = "transfer/columns.html")]
struct ColumnsPage {
    shell: Shell,
    id: ImportId,
    place: usize,
    name: String,
    rows: String,
    has_heading: bool,
    columns: Vec<Column>,
    errors: Errors,
}

impl ColumnsPage {
    fn of(shell: Shell, id: ImportId, place: usize, sheet: &Sheet) -> Self {
        let column = |(place, meaning): (usize, &Meaning)| Column {
            place,
            name: shortened(sheet.name_of(place)),
            examples: sheet.examples(place).into_iter().map(shortened).collect(),
            meaning: *meaning,
        };
        Self {
            shell,
            id,
            place,
            name: sheet.name.clone(),
            rows: words::count(as_i64(sheet.body().len()), "row", "rows"),
            has_heading: sheet.has_heading,
            columns: sheet.columns.iter().enumerate().map(column).collect(),
            errors: Errors::default(),
        }
    }
}

/// `GET /imports/{id}/columns`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<ImportId>, Query(which): Query<Which>) -> Result<Response> {
    let by = visit.by;
    let kept = waiting::find(visit.db(), by, id).await?;
    let shell = visit.shell(Nav::Import);
    let Some((kept, content)) = kept else {
        return match queries::exists(visit.db(), by, id).await? {
            true => Ok(to(id)),
            false => Err(Error::NotFound),
        };
    };
    drop(visit);
    let archive = read(kept, content).await?;
    let place = which.sheet.or(archive.unsettled()).unwrap_or_default();
    match archive.sheets.get(place) {
        Some(sheet) => Ok(Page::ok(ColumnsPage::of(shell, id, place, sheet)).into_response()),
        None => Ok(to(id)),
    }
}

/// `POST /imports/{id}/columns`
pub async fn save(mut visit: Visit<Owner>, Id(id): Id<ImportId>, Form(said): Form<Said>) -> Result<Response> {
    let by = visit.by;
    let Some((kept, content)) = waiting::find(visit.db(), by, id).await? else {
        return match queries::exists(visit.db(), by, id).await? {
            true => Ok(to(id)),
            false => Err(Error::NotFound),
        };
    };
    let mut archive = read(kept, content).await?;
    let Some(sheet) = archive.sheets.get_mut(said.sheet) else { return Ok(to(id)) };
    sheet.settle(!said.heading.is_empty(), &of_words(&said.column));
    if !has_names(&sheet.columns) {
        let mut page = ColumnsPage::of(visit.shell(Nav::Import), id, said.sheet, sheet);
        page.errors.add("column-0", "Say which column has the names: First name and Last name, or Whole name");
        return Ok(Page::unprocessable(page).into_response());
    }
    if sheet.body().is_empty() {
        let mut page = ColumnsPage::of(visit.shell(Nav::Import), id, said.sheet, sheet);
        page.errors.add("heading", "There is only one row, so it must be someone and not a heading");
        return Ok(Page::unprocessable(page).into_response());
    }
    let content = serde_json::to_string(&archive).map_err(anyhow::Error::from)?;
    waiting::keep(visit.db(), by, id, &content).await?;
    Ok(to(id))
}

fn to(id: ImportId) -> Response {
    Redirect::to(&format!("/imports/{id}")).into_response()
}

/// Reading a large file is work for a thread that nobody else waits for.
async fn read(kept: Kept, content: String) -> Result<Archive> {
    let read = tokio::task::spawn_blocking(move || queries::archive_of(kept, content));
    Ok(read.await.map_err(anyhow::Error::from)??)
}
