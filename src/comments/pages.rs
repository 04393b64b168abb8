//! Writing, changing and deleting a comment, by its author; and the seeker's mark that it is done.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Connection;
use uuid::Uuid;

use super::comment::About;
use super::queries::{self, NewComment};
use crate::access::{Commenter, Owner};
use crate::accounts::visit::Visit;
use crate::accounts::writing;
use crate::error::{Error, Result};
use crate::ids::CommentId;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// Characters of a comment.
pub const LONGEST: usize = 5_000;

/// A comment, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    /// The id it will have.
    id: String,
    about: String,
    of: String,
    /// The comment it answers, where the seeker writes.
    answers: String,
    of_message: String,
    version: String,
    text: String,
}

/// A comment that could not be saved as it is, or is to be changed.
#[derive(Template)]
#[template(path = "comments/form.html")]
struct FormPage {
    shell: Shell,
    form: CommentForm,
    errors: Errors,
    /// Where it is sent.
    to: String,
    /// Where it stands, or will.
    back: String,
    /// What was saved meanwhile.
    saved: Option<String>,
}

impl FormPage {
    fn of(visit: &Visit<Commenter>, form: CommentForm, to: String, back: String) -> Self {
        let shell = Shell { read_only: false, ..visit.shell(Nav::Elsewhere) };
        Self { shell, form, errors: Errors::default(), to, back, saved: None }
    }
}

fn broken() -> Error {
    Error::Invalid("This form is broken. Load the page again.".into())
}

/// `POST /comments`: a coach's comment, or the seeker's answer to one.
pub async fn create(mut visit: Visit<Commenter>, Form(form): Form<CommentForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let about: About = form.about.parse().map_err(|_| broken())?;
    let of: Uuid = form.of.parse().map_err(|_| broken())?;
    let id = form.id.parse().map_err(|_| broken())?;
    let back = format!("{}#comments", about.address(of));
    let text = match Text::<LONGEST>::parse(&form.text) {
        Ok(text) => text,
        Err(problem) => {
            let errors = Errors::of("text", problem);
            let page = FormPage { errors, ..FormPage::of(&visit, form, "/comments".into(), back) };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let text = text.as_str();
    let by_name = visit.my_name().to_owned();
    let is_new = match by.grant() {
        Some(grant) => {
            let of_message = form.of_message == "true";
            let new = NewComment { id, grant, by_name: &by_name, about, of, of_message, text };
            let mut transaction = visit.db().begin().await?;
            let is_new = queries::insert(&mut *transaction, by, new, now).await?;
            writing::forget_for(&mut *transaction, by).await?;
            transaction.commit().await?;
            is_new
        }
        None => {
            let to = form.answers.parse().map_err(|_| broken())?;
            let mut transaction = visit.db().begin().await?;
            let is_new = queries::answer(&mut *transaction, by, id, to, text, now).await?;
            if is_new {
                queries::mark_answered(&mut *transaction, by, to, now).await?;
            }
            transaction.commit().await?;
            is_new
        }
    };
    if !is_new {
        // Sent twice, it is there; or there is nothing to comment on.
        queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    }
    Ok(Done::to(back).saying("Saved.").undo(format!("/comments/{id}/deletions")).into_response())
}

/// `GET /comments/{id}/edit`
pub async fn edit(mut visit: Visit<Commenter>, Id(id): Id<CommentId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let written = queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let back = written.address();
    let form = CommentForm { version: written.version.to_string(), text: written.text, ..CommentForm::default() };
    Ok(Page::ok(FormPage::of(&visit, form, format!("/comments/{id}"), back)))
}

/// `POST /comments/{id}`
pub async fn update(
    mut visit: Visit<Commenter>,
    Id(id): Id<CommentId>,
    Form(form): Form<CommentForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let written = queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let version = form.version.parse().map_err(|_| broken())?;
    let (to, back) = (format!("/comments/{id}"), written.address());
    let text = match Text::<LONGEST>::parse(&form.text) {
        Ok(text) => text,
        Err(problem) => {
            let errors = Errors::of("text", problem);
            let page = FormPage { errors, ..FormPage::of(&visit, form, to, back) };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    if queries::update(visit.db(), by, id, version, text.as_str(), now).await? {
        return Ok(Done::to(back).saying("Saved.").into_response());
    }
    let form = CommentForm { version: written.version.to_string(), ..form };
    let page = FormPage { saved: Some(written.text), ..FormPage::of(&visit, form, to, back) };
    Ok(Page::conflict(page).into_response())
}

/// `POST /comments/{id}/deletions`
pub async fn delete(mut visit: Visit<Commenter>, Id(id): Id<CommentId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let written = queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    set_deleted(&mut visit, id, Some(now)).await?;
    Ok(Done::to(written.address()).saying("Deleted.").undo(format!("/comments/{id}/restorations")))
}

/// Deletes it, or brings it back: a coach's is on Today, and in its number.
async fn set_deleted(visit: &mut Visit<Commenter>, id: CommentId, at: Option<Timestamp>) -> Result<()> {
    let by = visit.by;
    let mut transaction = visit.db().begin().await?;
    queries::set_deleted(&mut *transaction, by, id, at).await?;
    writing::forget_for(&mut *transaction, by).await?;
    transaction.commit().await?;
    Ok(())
}

/// `POST /comments/{id}/restorations`
pub async fn restore(mut visit: Visit<Commenter>, Id(id): Id<CommentId>) -> Result<Done> {
    let by = visit.by;
    let written = queries::find(visit.db(), by, id, true).await?.ok_or(Error::NotFound)?;
    set_deleted(&mut visit, id, None).await?;
    Ok(Done::to(written.address()).saying("It is back."))
}

/// Where the mark was pressed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MarkForm {
    /// On Today, and not beside what it is about.
    today: String,
}

/// `POST /comments/{id}/done-marks`
pub async fn mark_done(mut visit: Visit<Owner>, Id(id): Id<CommentId>, Form(form): Form<MarkForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let written = queries::set_done(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    let to = if form.today.is_empty() { written.address() } else { "/".into() };
    Ok(Done::to(to).saying("Done.").undo(format!("/comments/{id}/done-marks/undos")))
}

/// `POST /comments/{id}/done-marks/undos`
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<CommentId>) -> Result<Done> {
    let by = visit.by;
    let written = queries::set_done(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(written.address()).saying("Undone."))
}
