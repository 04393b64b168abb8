//! A forgotten password: whoever administers makes a link, and the person sets a new one with it.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::audit::{Event, Kind};
use super::login::signed_out;
use super::password::NewPassword;
use super::queries::password_links::{self as queries, Account};
use super::rate_limit::{self, PASSWORD_LINK_BY_ADDRESS};
use super::second_step::browsers::forget_all;
use super::session::Origin;
use super::token::Token;
use crate::app::App;
use crate::error::Result;
use crate::mail::letter::{Change, Letter};
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;

/// The secret of the link, and the password as typed.
#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    link: String,
    #[serde(default)]
    new_password: String,
}

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    link: String,
    /// Whose password it is; nobody's where the link does not work.
    account: Option<Account>,
    errors: Errors,
}

impl PasswordPage {
    /// The link does not work.
    fn over() -> Self {
        Self { link: String::new(), account: None, errors: Errors::default() }
    }
}

/// `GET /password`
pub async fn show(State(app): State<App>, Query(form): Query<PasswordForm>) -> Result<Page<impl Template>> {
    let account = match Token::parse(&form.link) {
        Some(token) => queries::account(&mut *app.connection().await?, &token.hash(), app.clock.now()).await?,
        None => None,
    };
    Ok(Page::ok(PasswordPage { link: form.link, account, errors: Errors::default() }))
}

/// `POST /password`
pub async fn update(
    State(app): State<App>,
    extensions: axum::http::Extensions,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let origin = Origin::of(&app, &extensions, &headers);
    rate_limit::count_client(&mut *app.connection().await?, now, PASSWORD_LINK_BY_ADDRESS, origin.address).await?;
    let Some(token) = Token::parse(&form.link) else {
        return Ok(Page::unprocessable(PasswordPage::over()).into_response());
    };
    let Some(account) = queries::account(&mut *app.connection().await?, &token.hash(), now).await? else {
        return Ok(Page::unprocessable(PasswordPage::over()).into_response());
    };
    let mut errors = Errors::default();
    let new = NewPassword::parse_before(account.second_step, &form.new_password, &account.name, &account.email);
    let Some(new) = errors.take("new_password", new) else {
        let page = PasswordPage { link: form.link, account: Some(account), errors };
        return Ok(Page::unprocessable(page).into_response());
    };
    let password_hash = app.hashing.hash(new).await?;
    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    let Some(owner) = queries::spend(&mut *transaction, &token.hash(), &password_hash, now).await? else {
        return Ok(Page::unprocessable(PasswordPage::over()).into_response());
    };
    forget_all(&mut transaction, owner).await?;
    Event::new(owner, Kind::PasswordReset, now).by_browser(&mut *transaction, &origin).await?;
    app.outbox.tell(&mut *transaction, owner, &Letter::Change { what: Change::Password }, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    Ok(signed_out(&app, "Your new password is set, and every browser is logged out. Log in with it."))
}
