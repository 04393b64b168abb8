//! Logging in and out.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::password::Checked;
use super::rate_limit::{self, SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS};
use super::session::{self, Origin};
use super::visit::{Myself, Visit};
use super::{queries, sign_up};
use crate::app::App;
use crate::error::{Error, Result};
use crate::web::body::Typed;
use crate::web::flash::{self, Done, Flash};
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    email: String,
    next: String,
    /// A form that was sent after the session ended, as sent: it comes back once somebody is signed in.
    typed: String,
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
    let instance = queries::instance(&app.db).await?;
    if !instance.has_users {
        return Ok(Redirect::to("/signup").into_response());
    }
    Ok(Page::ok(LoginPage {
        email: query.email,
        next: own_path(&query.next),
        typed: String::new(),
        errors: Errors::default(),
        flash: flash::read(&headers),
        sign_up_open: sign_up::policy(&app, &instance) == crate::config::SignUp::Open,
    })
    .into_response())
}

/// The answer to a request nobody is signed in for: to the login, and what was typed comes along.
pub fn first(parts: &Parts) -> Response {
    let next = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    if matches!(parts.method, Method::GET | Method::HEAD) {
        let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
        return Redirect::to(&format!("/login?{query}")).into_response();
    }
    let typed = parts.extensions.get::<Typed>().map(|Typed(bytes)| String::from_utf8_lossy(bytes).into_owned());
    Page::with_status(
        StatusCode::UNAUTHORIZED,
        LoginPage {
            email: String::new(),
            next: own_path(next),
            typed: without_secrets(&typed.unwrap_or_default()),
            errors: Errors::default(),
            flash: Some(Flash {
                text: "You were signed out meanwhile. Log in, and what you typed comes back.".into(),
                undo: None,
            }),
            sign_up_open: false,
        },
    )
    .into_response()
}

/// The fields of a form but for passwords, which are never sent back.
fn without_secrets(typed: &str) -> String {
    let fields: Vec<(String, String)> = serde_html_form::from_str(typed).unwrap_or_default();
    let kept: Vec<_> = fields.into_iter().filter(|(name, _)| !name.contains("password")).collect();
    serde_html_form::to_string(kept).unwrap_or_default()
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
    #[serde(default)]
    typed: String,
}

/// A form that waits to be sent again, read back to the person who typed it.
#[derive(Template)]
#[template(path = "accounts/resume.html")]
struct ResumePage {
    next: String,
    fields: Vec<(String, String)>,
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
    let email = form.email.trim().to_lowercase();
    rate_limit::count(&app.db, now, SIGN_IN_BY_ADDRESS, &origin.address).await?;
    rate_limit::count(&app.db, now, SIGN_IN_BY_ACCOUNT, &email).await?;
    let account = if email.contains('\0') { None } else { queries::credentials(&app.db, &email).await? };
    let stored = account.as_ref().map(|a| a.password_hash.as_str());
    let (Checked::Right { outdated }, Some(account)) = (app.hashing.check(&form.password, stored).await?, &account)
    else {
        let mut errors = Errors::default();
        errors.add("email", "The e-mail or the password is not right");
        return Ok(Page::unprocessable(LoginPage {
            email: form.email,
            next: own_path(&form.next),
            typed: form.typed,
            errors,
            flash: None,
            sign_up_open: false,
        })
        .into_response());
    };
    rate_limit::forgive(&app.db, SIGN_IN_BY_ACCOUNT, &email).await?;
    if outdated {
        let hash = app.hashing.rehash(&form.password).await?;
        queries::refresh_hash(&app.db, account.id, &account.password_hash, &hash).await?;
    }
    let next = own_path(&form.next);
    let fields: Vec<(String, String)> = serde_html_form::from_str(&form.typed).unwrap_or_default();
    let response = if fields.is_empty() {
        Redirect::to(&next).into_response()
    } else {
        Page::ok(ResumePage { next, fields }).into_response()
    };
    signed_in(&app, account.id, &origin, response).await
}

/// Opens a session, ending the one the browser had, and hands its cookie out with `response`.
pub async fn signed_in(
    app: &App,
    user: crate::ids::UserId,
    origin: &Origin,
    mut response: Response,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let token = session::open(&mut db, user, origin, app.clock.now()).await?;
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(app, &token));
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
    // Cookies are left out: the sentence for the next page travels in one.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    response
}
