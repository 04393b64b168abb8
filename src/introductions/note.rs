//! The note on an introduction: how the two know each other, when to ask.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::queries::{self, whole};
use super::show::{ShowPage, ShowQuery};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::IntroductionId;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    version: i32,
    note: String,
}

/// `POST /introductions/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<IntroductionId>,
    Form(form): Form<NoteForm>,
) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let note = errors.take("note", Text::<2_000>::parse_optional(&form.note));
    if let Some(note) = &note
        && queries::set_note(visit.db(), by, id, form.version, note.as_ref()).await?
    {
        return Ok(Done::to(format!("/introductions/{id}")).saying("Saved.").into_response());
    }
    let introduction = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let is_conflict = note.is_some();
    let page = ShowPage::new(&visit, introduction, &ShowQuery::default(), errors).noted(form.note, is_conflict);
    Ok(if is_conflict { Page::conflict(page).into_response() } else { Page::unprocessable(page).into_response() })
}
