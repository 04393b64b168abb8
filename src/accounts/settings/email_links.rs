//! Showing that an address is one's own: a link comes to it by mail, and whoever is signed in confirms with it.
//!
//! The link alone is not enough: a mistyped address is somebody's, too, and would let them choose a new password.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access::Owner;
use crate::accounts::mailing;
use crate::accounts::queries::email_links as queries;
use crate::accounts::rate_limit::MAIL_BY_RECIPIENT;
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::address::EmailAddress;
use crate::app::App;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

const PROFILE: &str = "/settings/profile";

/// The secret of the link.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    link: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/confirmation.html")]
struct ConfirmationPage {
    shell: Shell,
    link: String,
    /// The address that is confirmed; none where the link does not work.
    email: Option<String>,
}

/// `GET /settings/email/confirmation`: programs that read mail follow its links, so nothing is done yet.
pub async fn show(mut visit: Visit<Owner>, Query(form): Query<LinkForm>) -> Result<Page<impl Template>> {
    let (by, now) = (visit.by, visit.now);
    let email = match Token::parse(&form.link) {
        Some(token) => queries::confirmable(visit.db(), by, &token.hash(), now).await?,
        None => None,
    };
    Ok(Page::ok(ConfirmationPage { shell: visit.shell(Nav::Settings), link: form.link, email }))
}

/// `POST /settings/email/confirmation`
pub async fn confirm(mut visit: Visit<Owner>, Form(form): Form<LinkForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let confirmed = match Token::parse(&form.link) {
        Some(token) => queries::confirm(visit.db(), by, &token.hash(), now).await?,
        None => false,
    };
    if !confirmed {
        let page = ConfirmationPage { shell: visit.shell(Nav::Settings), link: String::new(), email: None };
        return Ok(Page::unprocessable(page).into_response());
    }
    Ok(Done::to(PROFILE).saying("Your e-mail address is confirmed.").into_response())
}

/// `POST /settings/email/confirmation-mails`
pub async fn send(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let (email, is_confirmed) = queries::standing(visit.db(), by).await?;
    // Another connection puts the mail in.
    drop(visit);
    let said = match EmailAddress::parse(&email) {
        Ok(_) if !app.outbox.is_on() => "This Inroad sends no mail.".to_owned(),
        Ok(address) if !is_confirmed => {
            match mailing::ask(&app, MAIL_BY_RECIPIENT, &address, &Letter::Confirmation, now).await? {
                true => format!("A mail to {email} is on its way."),
                false => format!("Several mails went to {email} this hour. Look for them, or try again later."),
            }
        }
        _ => "Your e-mail address is confirmed.".to_owned(),
    };
    Ok(Done::to(PROFILE).saying(said))
}
