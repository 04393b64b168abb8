//! A forgotten password: the address is typed, and a link comes to it by mail. Without mail, the page says whom to ask.

use askama::Template;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::mailing;
use super::rate_limit::{self, MAIL_BY_ADDRESS, MAIL_BY_RECIPIENT};
use super::session::Origin;
use crate::address::EmailAddress;
use crate::app::App;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ForgottenForm {
    email: String,
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    form: ForgottenForm,
    /// Links go out by mail.
    by_mail: bool,
    errors: Errors,
}

/// `GET /password-links`
pub async fn show(State(app): State<App>) -> Page<impl Template> {
    let form = ForgottenForm::default();
    Page::ok(ForgottenPage { form, by_mail: app.outbox.is_on(), errors: Errors::default() })
}

/// `POST /password-links`: one answer, whether or not the address has an account; which it is, is looked up when the mail leaves.
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<ForgottenForm>,
) -> Result<Response> {
    let (now, by_mail) = (app.clock.now(), app.outbox.is_on());
    let mut errors = Errors::default();
    let email = errors.take("email", EmailAddress::parse(&form.email));
    let Some(email) = email.filter(|_| by_mail) else {
        return Ok(Page::unprocessable(ForgottenPage { form, by_mail, errors }).into_response());
    };
    let address = Origin::of(&app, &extensions, &headers).address;
    rate_limit::count_client(&mut *app.connection().await?, now, MAIL_BY_ADDRESS, address).await?;
    mailing::ask(&app, MAIL_BY_RECIPIENT, &email, &Letter::Password, now).await?;
    Ok(Done::to("/login")
        .saying(
            "If this address has an account and was confirmed, a mail with a link is on its way. If none comes, ask the \
             person who runs this Inroad.",
        )
        .into_response())
}
