//! The password once more, before the account itself is changed: a browser left open is not its owner.

use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::password::Checked;
use super::queries::{self, Credentials};
use super::rate_limit::{self, CONFIRM_BY_ACCOUNT};
use super::session;
use super::visit::Visit;
use crate::access::Myself;
use crate::app::App;
use crate::error::Result;
use crate::ids::UserId;
use crate::web::body::Typed;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// A visit whose password was given in the last minutes. Without, the password is asked for first: a page then follows by
/// itself, and a form is sent on as it was.
pub struct Confirmed<P>(pub Visit<P>);

impl<P: Send> FromRequestParts<App> for Confirmed<P>
where
    Visit<P>: FromRequestParts<App, Rejection = Response>,
{
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = Visit::<P>::from_request_parts(parts, app).await?;
        if visit.is_confirmed() {
            return Ok(Self(visit));
        }
        let next = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        if matches!(parts.method, Method::GET | Method::HEAD) {
            let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
            return Err(Redirect::to(&format!("/confirm?{query}")).into_response());
        }
        let typed = parts.extensions.get::<Typed>().and_then(|Typed(bytes)| serde_html_form::from_bytes(bytes).ok());
        Err(Page::unprocessable(ConfirmPage {
            shell: visit.shell(Nav::Settings),
            next: own_path(next),
            again: true,
            typed: typed.unwrap_or_default(),
            errors: Errors::default(),
        })
        .into_response())
    }
}

/// The account's credentials, if `password` is its password. Holds no connection while it hashes.
///
/// # Errors
/// `TooMany` after ten wrong ones in a quarter of an hour.
pub async fn check(app: &App, now: Timestamp, me: UserId, password: &str) -> Result<Option<Credentials>> {
    let key = me.to_string();
    rate_limit::count(&mut *app.connection().await?, now, CONFIRM_BY_ACCOUNT, &key).await?;
    let account = queries::credentials_of(&mut *app.connection().await?, me).await?;
    let stored = account.as_ref().map(|a| a.password_hash.as_str());
    if app.hashing.check(password, stored).await? == Checked::Wrong {
        return Ok(None);
    }
    rate_limit::forgive(&mut *app.connection().await?, CONFIRM_BY_ACCOUNT, &key).await?;
    Ok(account)
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    next: String,
    /// What is next takes a form: this one is sent on to it.
    again: bool,
    /// The fields of that form.
    typed: Vec<(String, String)>,
    errors: Errors,
}

/// Where to go on.
#[derive(Deserialize)]
pub struct ConfirmQuery {
    #[serde(default)]
    next: String,
}

/// `GET /confirm`
pub async fn show(visit: Visit<Myself>, Query(query): Query<ConfirmQuery>) -> Page<impl Template> {
    Page::ok(ConfirmPage {
        shell: visit.shell(Nav::Settings),
        next: own_path(&query.next),
        again: false,
        typed: Vec::new(),
        errors: Errors::default(),
    })
}

/// `POST /confirm`
pub async fn create(
    State(app): State<App>,
    visit: Visit<Myself>,
    Form(mut typed): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (me, session, now, shell) = (visit.me, visit.session, visit.now, visit.shell(Nav::Settings));
    drop(visit);
    let mut own = |name: &str| match typed.iter().position(|(field, _)| field == name) {
        Some(at) => typed.remove(at).1,
        None => String::new(),
    };
    let (password, next, again) = (own("password"), own_path(&own("confirm_next")), !own("confirm_again").is_empty());
    if check(&app, now, me, &password).await?.is_none() {
        let errors = Errors::of("password", "That's not your password");
        return Ok(Page::unprocessable(ConfirmPage { shell, next, again, typed, errors }).into_response());
    }
    let token = session::renew(&mut *app.connection().await?, me, session, Some(now)).await?;
    // 307 has the browser send the same form, with the fields it carries along, to where it was meant for.
    let mut response = if again { Redirect::temporary(&next) } else { Redirect::to(&next) }.into_response();
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&app, &token));
    Ok(response)
}
