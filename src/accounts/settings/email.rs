//! The e-mail address, which is what one logs in with.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::queries::{self, Saved};
use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::mailing;
use crate::accounts::queries::email_links;
use crate::accounts::rate_limit::{self, EMAIL_BY_ACCOUNT, MAIL_BY_RECIPIENT};
use crate::address::EmailAddress;
use crate::app::App;
use crate::error::Result;
use crate::mail::letter::{Change, Letter};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    version: i32,
    email: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/email.html")]
struct EmailPage {
    shell: Shell,
    form: EmailForm,
    errors: Errors,
    /// The address that was saved elsewhere meanwhile.
    saved: Option<String>,
}

/// `GET /settings/email`
pub async fn show(Confirmed(mut visit): Confirmed<Owner>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let profile = queries::profile(visit.db(), by).await?;
    Ok(Page::ok(EmailPage {
        shell: visit.shell(Nav::Settings),
        form: EmailForm { version: profile.version, email: profile.email },
        errors: Errors::default(),
        saved: None,
    }))
}

/// `POST /settings/email`
pub async fn update(
    State(app): State<App>,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<EmailForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut page = EmailPage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), saved: None };
    let Some(email) = page.errors.take("email", EmailAddress::parse(&page.form.email)) else {
        return Ok(Page::unprocessable(page).into_response());
    };
    rate_limit::count(visit.db(), now, EMAIL_BY_ACCOUNT, &by.user_id().to_string()).await?;
    let (before, was_confirmed) = email_links::standing(visit.db(), by).await?;
    match queries::update_email(visit.db(), by, page.form.version, email.as_str()).await? {
        Saved::Yes => {
            Event::new(by.user_id(), Kind::EmailChanged, now).by_session(visit.db(), this).await?;
            drop(visit);
            tell_both(&app, &before, was_confirmed, &email, now).await?;
            Ok(Done::to("/settings/profile").saying(format!("You now log in with {}.", email.as_str())).into_response())
        }
        Saved::EmailTaken => {
            page.errors.add("email", "This address cannot be used here");
            Ok(Page::unprocessable(page).into_response())
        }
        Saved::Changed => {
            let profile = queries::profile(visit.db(), by).await?;
            page.form.version = profile.version;
            page.saved = Some(profile.email);
            Ok(Page::conflict(page).into_response())
        }
    }
}

/// Tells the address of before, if it was confirmed, and asks the new one to confirm itself.
async fn tell_both(app: &App, before: &str, was_confirmed: bool, new: &EmailAddress, now: Timestamp) -> Result<()> {
    if before == new.as_str() {
        return Ok(());
    }
    if let (true, Ok(old)) = (was_confirmed, EmailAddress::parse(before)) {
        let letter = Letter::Change { what: Change::Email };
        app.outbox.put(&mut *app.connection().await?, &old, &letter, now).await?;
    }
    mailing::ask(app, MAIL_BY_RECIPIENT, new, &Letter::Confirmation, now).await?;
    Ok(())
}
