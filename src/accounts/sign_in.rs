//! Logging in and out.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::audit::{Event, Kind, WRONG_PASSWORD};
use super::login::{Given, LoginPage, is_open, next_of, onward, signed_in, signed_out};
use super::password::{self, Checked};
use super::rate_limit::{self, SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, SIGN_IN_BY_DEVICE};
use super::second_step::browsers;
use super::session::Origin;
use super::visit::Visit;
use super::{device, login_code, queries};
use crate::access::Myself;
use crate::address::EmailAddress;
use crate::app::App;
use crate::error::{Error, Result};
use crate::web::flash::{self, Done};
use crate::web::form::{Errors, Form, Query};
use crate::web::link::{own_long_path, own_path};
use crate::web::page::Page;

/// Where to return to, and whom to greet.
#[derive(Deserialize)]
pub struct LoginQuery {
    #[serde(default)]
    next: String,
    #[serde(default)]
    email: String,
}

/// `GET /login`
pub async fn show(State(app): State<App>, Query(query): Query<LoginQuery>, headers: HeaderMap) -> Result<Response> {
    let instance = queries::instance(&mut *app.connection().await?).await?;
    if !instance.has_users {
        return Ok(Redirect::to("/signup").into_response());
    }
    Ok(Page::ok(LoginPage {
        email: query.email,
        next: own_path(&query.next),
        flash: flash::read(&app.cookies, &headers),
        sign_up_open: is_open(&app, &instance),
        ..LoginPage::new(&app)
    })
    .into_response())
}

/// The login form as sent.
#[derive(Deserialize)]
pub struct LoginForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
    /// The one account that may log in: the page behind still shows what it typed.
    #[serde(default)]
    only: String,
}

/// The page again, with what was wrong.
async fn again(app: &App, form: LoginForm, text: &'static str) -> Result<Response> {
    let instance = queries::instance(&mut *app.connection().await?).await?;
    let errors = Errors::of("email", text);
    let page = LoginPage {
        email: form.email,
        next: own_long_path(&form.next),
        only: form.only,
        errors,
        sign_up_open: is_open(app, &instance),
        ..LoginPage::new(app)
    };
    Ok(Page::unprocessable(page).into_response())
}

/// An address as accounts keep theirs; what is none is counted as it was typed.
fn as_kept(typed: &str) -> String {
    EmailAddress::parse(typed).map_or_else(|_| typed.trim().to_lowercase(), String::from)
}

/// `POST /login`
pub async fn create(
    State(app): State<App>,
    extensions: axum::http::Extensions,
    headers: HeaderMap,
    Form(form): Form<LoginForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let origin = Origin::of(&app, &extensions, &headers);
    let email = as_kept(&form.email);
    let (account, device) = {
        let mut db = app.connection().await?;
        let account = if email.contains('\0') { None } else { queries::credentials(&mut *db, &email).await? };
        let user = account.as_ref().map(|account| account.id);
        let device = device::known(&mut db, user, origin.device.as_ref(), now).await?;
        match &device {
            Some(device) => rate_limit::count(&mut *db, now, SIGN_IN_BY_DEVICE, &device.to_string()).await?,
            None => {
                rate_limit::count_client(&mut db, now, SIGN_IN_BY_ADDRESS, origin.address).await?;
                rate_limit::count(&mut *db, now, SIGN_IN_BY_ACCOUNT, &email).await?;
            }
        }
        (account, device)
    };
    let stored = account.as_ref().and_then(|a| a.password_hash.as_deref());
    let (Checked::Right { outdated }, Some(account)) = (app.hashing.check(&form.password, stored).await?, &account)
    else {
        // The same work for an address that no account has.
        Event::new(account.as_ref().map(|account| account.id), Kind::SignInRefused, now)
            .about(WRONG_PASSWORD)
            .by_browser(&mut *app.connection().await?, &origin)
            .await?;
        return again(&app, form, "The e-mail or the password is not right").await;
    };
    match device {
        Some(device) => {
            rate_limit::forgive(&mut *app.connection().await?, SIGN_IN_BY_DEVICE, &device.to_string()).await?;
        }
        None => {
            let mut db = app.connection().await?;
            rate_limit::give_back(&mut db, SIGN_IN_BY_ADDRESS, origin.address).await?;
            rate_limit::forgive(&mut *db, SIGN_IN_BY_ACCOUNT, &email).await?;
        }
    }
    if !form.only.is_empty() && form.only != account.id.to_string() {
        let text = "What you typed belongs to another account. Log in with that one, or close this first";
        return again(&app, form, text).await;
    }
    if let Some(before) = account.password_hash.as_deref().filter(|_| outdated) {
        let hash = app.hashing.rehash(&form.password).await?;
        queries::refresh_hash(&mut *app.connection().await?, account.id, before, &hash).await?;
    }
    let next = next_of(&app, account.id, &form.next).await?;
    if account.second_step {
        let mut db = app.connection().await?;
        if browsers::is_remembered(&app, &mut db, account.id, &headers, now).await? {
            drop(db);
            return signed_in(&app, account.id, &headers, &origin, Given::PasswordAlone, onward(next)).await;
        }
        let half = browsers::Half::begin(&app, &mut db, account.id, &next, now).await?;
        return Ok(([(header::SET_COOKIE, half)], Redirect::to(login_code::PATH)).into_response());
    }
    let response = if password::is_long_enough(&form.password) {
        onward(next)
    } else {
        let said = "Your password is short for one without a second step. Choose a longer one.";
        Done::to("/settings/security").saying(said).into_response()
    };
    signed_in(&app, account.id, &headers, &origin, Given::All, response).await
}

/// `POST /logout`
pub async fn destroy(State(app): State<App>, visit: Result<Visit<Myself>, Response>) -> Result<Response, Error> {
    if let Ok(mut visit) = visit {
        let (me, session) = (visit.me, visit.session);
        queries::delete_session(visit.db(), me, session).await?;
    }
    Ok(signed_out(&app, "You are logged out."))
}
