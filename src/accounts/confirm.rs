//! The password once more, and a code where there is a second step, before the account itself is changed: a browser left open is not
//! its owner.

use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::audit::{Event, Kind, WRONG_CODE, WRONG_PASSWORD};
use super::password::Checked;
use super::queries::{self, Credentials};
use super::rate_limit::{self, CONFIRM_BY_ACCOUNT};
use super::second_step::{self, NOT_RIGHT};
use super::session;
use super::visit::Visit;
use crate::access::Myself;
use crate::app::App;
use crate::error::Result;
use crate::ids::{SessionId, UserId};
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
            second_step: visit.second_step_since.is_some(),
            typed: typed.unwrap_or_default(),
            errors: Errors::default(),
        })
        .into_response())
    }
}

/// What is said of a wrong password.
pub const NOT_YOURS: &str = "That's not your password";

/// What of that was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is another password.
    Password,
    /// The code does not count.
    Code,
}

impl Wrong {
    /// The fault at its field, by the names the two fields have.
    pub fn at(self, password: &'static str, code: &'static str) -> Errors {
        match self {
            Self::Password => Errors::of(password, NOT_YOURS),
            Self::Code => Errors::of(code, NOT_RIGHT),
        }
    }
}

/// Who is asked for their password, and where.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    me: UserId,
    session: SessionId,
    now: Timestamp,
}

impl Asked {
    /// Whoever is signed in there.
    pub fn on<P>(visit: &Visit<P>) -> Self {
        Self { me: visit.me, session: visit.session, now: visit.now }
    }

    async fn note(self, app: &App, what: &str) -> Result<()> {
        let event = Event::new(self.me, Kind::ConfirmRefused, self.now).about(what);
        Ok(event.by_session(&mut *app.connection().await?, self.session).await?)
    }
}

/// The account's credentials, if `password` is its password, and `code` its code where it has a second step.
///
/// # Errors
/// `TooMany` after ten wrong ones in a quarter of an hour.
pub async fn check(app: &App, asked: Asked, password: &str, code: &str) -> Result<Result<Credentials, Wrong>> {
    match password_of(app, asked, password).await? {
        Some(account) => Ok(if code_of(app, asked, &account, code).await? { Ok(account) } else { Err(Wrong::Code) }),
        None => Ok(Err(Wrong::Password)),
    }
}

/// The account's credentials, if `password` is its password. Holds no connection while it hashes.
///
/// # Errors
/// As [`check`].
pub async fn password_of(app: &App, asked: Asked, password: &str) -> Result<Option<Credentials>> {
    let Asked { me, now, .. } = asked;
    let key = me.to_string();
    rate_limit::count(&mut *app.connection().await?, now, CONFIRM_BY_ACCOUNT, &key).await?;
    let account = queries::credentials_of(&mut *app.connection().await?, me).await?;
    let stored = account.as_ref().map(|a| a.password_hash.as_str());
    let checked = app.hashing.check(password, stored).await?;
    let Some(account) = account.filter(|_| checked != Checked::Wrong) else {
        asked.note(app, WRONG_PASSWORD).await?;
        return Ok(None);
    };
    let mut db = app.connection().await?;
    if account.second_step {
        // Wrong codes stay counted, or the password would buy any number of them.
        rate_limit::give_one_back(&mut *db, CONFIRM_BY_ACCOUNT, &key).await?;
    } else {
        rate_limit::forgive(&mut *db, CONFIRM_BY_ACCOUNT, &key).await?;
    }
    Ok(Some(account))
}

/// Whether `code` is one of the account's, which is used up by it; an account without a second step needs none.
///
/// # Errors
/// As [`check`].
pub async fn code_of(app: &App, asked: Asked, account: &Credentials, code: &str) -> Result<bool> {
    if !account.second_step {
        return Ok(true);
    }
    let (mut db, key) = (app.connection().await?, account.id.to_string());
    rate_limit::count(&mut *db, asked.now, CONFIRM_BY_ACCOUNT, &key).await?;
    let right = second_step::spend(&mut db, asked.now, account.id, code).await?;
    if right {
        rate_limit::forgive(&mut *db, CONFIRM_BY_ACCOUNT, &key).await?;
    } else {
        drop(db);
        asked.note(app, WRONG_CODE).await?;
    }
    Ok(right)
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    next: String,
    /// What is next takes a form: this one is sent on to it.
    again: bool,
    /// A code is asked for as well.
    second_step: bool,
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
        second_step: visit.second_step_since.is_some(),
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
    let (asked, second_step) = (Asked::on(&visit), visit.second_step_since.is_some());
    drop(visit);
    let mut own = |name: &str| match typed.iter().position(|(field, _)| field == name) {
        Some(at) => typed.remove(at).1,
        None => String::new(),
    };
    let (password, code) = (own("password"), own("confirm_code"));
    let (next, again) = (own_path(&own("confirm_next")), !own("confirm_again").is_empty());
    if let Err(wrong) = check(&app, asked, &password, &code).await? {
        let errors = wrong.at("password", "confirm_code");
        let page = ConfirmPage { shell, next, again, second_step, typed, errors };
        return Ok(Page::unprocessable(page).into_response());
    }
    let token = session::renew(&mut *app.connection().await?, me, session, Some(now)).await?;
    // 307 has the browser send the same form, with the fields it carries along, to where it was meant for.
    let mut response = if again { Redirect::temporary(&next) } else { Redirect::to(&next) }.into_response();
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&app, &token));
    Ok(response)
}
