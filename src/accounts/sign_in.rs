//! Logging in and out.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::password::Checked;
use super::queries::kept as kept_forms;
use super::rate_limit::{self, SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, SIGN_IN_BY_DEVICE};
use super::session::{self, Origin};
use super::visit::{Myself, Visit};
use super::{device, kept, queries, sign_up};
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::SignUp;
use crate::error::{self, Error, Result};
use crate::web::flash::{self, Done, Flash};
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    email: String,
    next: String,
    /// The one account that may log in, if not any.
    only: String,
    /// What was typed is shown, to be copied.
    shows_typed: bool,
    errors: Errors,
    flash: Option<Flash>,
    sign_up_open: bool,
}

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
        only: String::new(),
        shows_typed: false,
        errors: Errors::default(),
        flash: flash::read(&app.cookies, &headers),
        sign_up_open: is_open(&app, &instance),
    })
    .into_response())
}

/// Why somebody is to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody is signed in.
    Nobody,
    /// Somebody is, and the form was made for another account.
    Another,
}

/// The answer to a request whose account is not signed in: to the login. What was typed waits for that account; a page that
/// still shows it, and asks by script, keeps it itself.
pub async fn first(app: &App, parts: &Parts, why: Why) -> Response {
    let next = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    if matches!(parts.method, Method::GET | Method::HEAD) {
        let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
        return Redirect::to(&format!("/login?{query}")).into_response();
    }
    let by_script = parts.headers.contains_key("hx-request")
        || parts.headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    let kept = !by_script
        && kept::keep(app, parts, app.clock.now()).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a form that came after its session could not be kept");
            false
        });
    let text = match (why, by_script || kept) {
        (Why::Nobody, true) => "You were logged out meanwhile. Log in, and what you typed comes back.",
        (Why::Nobody, false) => "You were logged out meanwhile, and it was not saved. Log in, then enter it again.",
        (Why::Another, true) => {
            "Somebody else is logged in here now. Log in as yourself, and what you typed comes back."
        }
        (Why::Another, false) => "Somebody else is logged in here now, and it was not saved. Log in as yourself first.",
    };
    let page = LoginPage {
        email: String::new(),
        next: if kept { kept::PATH.into() } else { "/".into() },
        only: String::new(),
        shows_typed: !kept && !by_script,
        errors: Errors::default(),
        flash: Some(Flash { text: text.into(), undo: None }),
        sign_up_open: false,
    };
    error::unfinished(Page::with_status(StatusCode::UNAUTHORIZED, page).into_response())
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
    let mut errors = Errors::default();
    errors.add("email", text);
    let page = LoginPage {
        email: form.email,
        next: own_path(&form.next),
        only: form.only,
        shows_typed: false,
        errors,
        flash: None,
        sign_up_open: is_open(app, &instance),
    };
    Ok(Page::unprocessable(page).into_response())
}

/// Whether anybody may sign up.
fn is_open(app: &App, instance: &queries::Instance) -> bool {
    sign_up::policy(app, instance) == SignUp::Open
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
    let stored = account.as_ref().map(|a| a.password_hash.as_str());
    let (Checked::Right { outdated }, Some(account)) = (app.hashing.check(&form.password, stored).await?, &account)
    else {
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
    if outdated {
        let hash = app.hashing.rehash(&form.password).await?;
        queries::refresh_hash(&mut *app.connection().await?, account.id, &account.password_hash, &hash).await?;
    }
    // What was typed while nobody was signed in comes first.
    let next = if kept_forms::any(&mut *app.connection().await?, account.id).await? {
        kept::PATH.into()
    } else {
        own_path(&form.next)
    };
    let response = Redirect::to(&next).into_response();
    signed_in(&app, account.id, &headers, &origin, response).await
}

/// Opens a session, ending the one the browser had, and hands its cookie out with `response`.
pub async fn signed_in(
    app: &App,
    user: crate::ids::UserId,
    headers: &HeaderMap,
    origin: &Origin,
    mut response: Response,
) -> Result<Response> {
    let mut db = app.connection().await?;
    if let Some(before) = session::sent_token(app, headers) {
        queries::ended::end_session_of(&mut *db, &before.hash()).await?;
    }
    let now = app.clock.now();
    let token = session::open(&mut db, user, origin, now).await?;
    let known_by = device::remember(app, &mut db, user, origin.device.as_ref(), now).await?;
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(app, &token));
    response.headers_mut().append(header::SET_COOKIE, known_by);
    Ok(response)
}

/// `POST /logout`
pub async fn destroy(State(app): State<App>, visit: Result<Visit<Myself>, Response>) -> Result<Response, Error> {
    if let Ok(mut visit) = visit {
        let (me, session) = (visit.me, visit.session);
        queries::delete_session(visit.db(), me, session).await?;
    }
    Ok(signed_out(&app, "You are logged out."))
}

/// To the login, with nothing left in the browser.
pub fn signed_out(app: &App, said: &str) -> Response {
    let mut response = Done::to("/login").saying(said).into_response();
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, session::clear_cookie(app));
    // Cookies are left out: the sentence for the next page travels in one. So is storage: drafts of other accounts are in it,
    // and the script takes away those of this one.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    response
}
