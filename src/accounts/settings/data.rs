//! Leaving: the account goes, and everything in it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::queries;
use crate::access::Owner;
use crate::accounts::confirm::Asked;
use crate::accounts::visit::{Asks, Visit};
use crate::accounts::{confirm, login, queries as accounts, second_step};
use crate::app::App;
use crate::database::large::take_time;
use crate::error::Result;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// What is typed so that nobody deletes an account by habit.
const WORD: &str = "delete";

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct DeleteForm {
    password: String,
    code: String,
    word: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/data.html")]
struct DataPage {
    shell: Shell,
    word: String,
    errors: Errors,
    asks: Asks,
    /// Nothing is in the account: an example would be in nobody's way.
    is_empty: bool,
}

/// `GET /settings/data`
pub async fn show(mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let (by, shell, asks) = (visit.by, visit.shell(Nav::Settings), visit.asks());
    let is_empty = queries::is_empty(visit.db(), by).await?;
    Ok(Page::ok(DataPage { shell, word: String::new(), errors: Errors::default(), asks, is_empty }))
}

/// `POST /settings/deletions`
pub async fn delete(State(app): State<App>, visit: Visit<Owner>, Form(form): Form<DeleteForm>) -> Result<Response> {
    let (by, asked, now) = (visit.by, Asked::on(&visit), visit.now);
    let (shell, asks) = (visit.shell(Nav::Settings), visit.asks());
    let mut page = DataPage { shell, word: form.word, errors: Errors::default(), asks, is_empty: false };
    drop(visit);
    if page.word.trim().to_lowercase() != WORD {
        page.errors.add("word", "Type the word delete");
    }
    match confirm::password_of(&app, asked, &form.password).await? {
        None => page.errors.add("password", confirm::NOT_YOURS),
        // No code is used up for a form that is refused.
        Some(account) if page.errors.is_empty() && !confirm::code_of(&app, asked, &account, &form.code).await? => {
            page.errors.add("code", second_step::NOT_RIGHT);
        }
        Some(_) => {}
    }
    if !page.errors.is_empty() {
        return Ok(Page::unprocessable(page).into_response());
    }
    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    accounts::lock_instance(&mut transaction).await?;
    take_time(&mut *transaction).await?;
    if !accounts::ended::delete_account(&mut transaction, by.user_id(), now).await? {
        page.errors.add("word", "You're the only administrator here. Make someone else one on the Admin page first.");
        return Ok(Page::unprocessable(page).into_response());
    }
    transaction.commit().await?;
    Ok(login::signed_out(&app, "Your account is deleted, with everything in it."))
}
