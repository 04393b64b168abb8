//! The login page, who is sent there and why, and the cookie that a browser gets or gives back.

use askama::Template;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::audit::{self, Event};
use super::queries::{Instance, kept};
use super::session::{self, Origin};
use super::{browser, device, kept_forms, passkeys, queries};
use crate::app::App;
use crate::config::SignUp;
use crate::error::{self, Result};
use crate::ids::UserId;
use crate::mail::letter::Letter;
use crate::web::cookies::Kind;
use crate::web::flash::{Done, Flash};
use crate::web::form::Errors;
use crate::web::link::{MOST, own_long_path};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "accounts/login.html")]
pub struct LoginPage {
    pub email: String,
    pub next: String,
    /// The one account that may log in, if not any.
    pub only: String,
    /// What was typed is shown, to be copied.
    pub shows_typed: bool,
    pub errors: Errors,
    pub flash: Option<Flash>,
    pub sign_up_open: bool,
    /// Links for a new password go out by mail.
    pub by_mail: bool,
    pub ways: OtherWays,
    /// What was wrong with another way to log in.
    pub way_problem: Option<String>,
}

impl LoginPage {
    /// With nothing typed and nothing to say.
    pub fn new(app: &App) -> Self {
        Self {
            email: String::new(),
            next: String::new(),
            only: String::new(),
            shows_typed: false,
            errors: Errors::default(),
            flash: None,
            sign_up_open: false,
            by_mail: app.outbox.is_on(),
            ways: OtherWays::of(app),
            way_problem: None,
        }
    }
}

/// How one logs in beside the password.
pub struct OtherWays {
    /// With a passkey.
    pub passkey: bool,
    /// By an issuer, as the button calls it.
    pub issuer: Option<String>,
}

impl OtherWays {
    /// Of this installation.
    pub fn of(app: &App) -> Self {
        let issuer = app.config.issuer.as_ref().map(|issuer| issuer.name.clone());
        Self { passkey: passkeys::are_offered(&app.config), issuer }
    }

    /// What a browser fills in for the address: a passkey as well, which then logs in by itself.
    fn fills_in(&self) -> &'static str {
        if self.passkey { "username webauthn" } else { "username" }
    }
}

/// The page of someone who tried another way to log in, with what was wrong.
pub async fn again(app: &App, status: StatusCode, (next, only): (&str, String), problem: String) -> Result<Response> {
    let instance = queries::instance(&mut *app.connection().await?).await?;
    let page = LoginPage {
        next: own_long_path(next),
        only,
        sign_up_open: is_open(app, &instance),
        way_problem: Some(problem),
        ..LoginPage::new(app)
    };
    Ok(Page::with_status(status, page).into_response())
}

/// Whether anybody may sign up.
pub fn is_open(app: &App, instance: &Instance) -> bool {
    policy(app, instance) == SignUp::Open
}

/// Who may sign up: what the administrator set, else what the program was started with.
pub fn policy(app: &App, instance: &Instance) -> SignUp {
    instance.sign_up.unwrap_or(app.config.signup)
}

/// Where somebody goes on who proved who they are: first to what was typed while nobody was signed in.
pub async fn next_of(app: &App, user: UserId, next: &str) -> Result<String> {
    let waits = kept::any(&mut *app.connection().await?, user).await?;
    Ok(if waits { kept_forms::PATH.into() } else { own_long_path(next) })
}

/// Leads on to an address that is too long for a header.
#[derive(Template)]
#[template(path = "accounts/go_on.html")]
struct GoOnPage {
    next: String,
}

/// The answer that leads on, once someone is logged in.
pub fn onward(next: String) -> Response {
    if next.len() > MOST { Page::ok(GoOnPage { next }).into_response() } else { Redirect::to(&next).into_response() }
}

/// Why someone is to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody is signed in.
    Nobody,
    /// Someone is, and the form was made for another account.
    Another,
}

/// The answer to a request whose account is not signed in: to the login. What was typed waits for that account; a page that
/// still shows it, and asks by script, keeps it itself.
pub async fn first(app: &App, parts: &Parts, why: Why) -> Response {
    let next = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    if matches!(parts.method, Method::GET | Method::HEAD) && next.len() > MOST {
        let page = LoginPage { next: own_long_path(next), ..LoginPage::new(app) };
        return Page::with_status(StatusCode::UNAUTHORIZED, page).into_response();
    }
    if matches!(parts.method, Method::GET | Method::HEAD) {
        let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
        return Redirect::to(&format!("/login?{query}")).into_response();
    }
    let by_script = parts.headers.contains_key("hx-request")
        || parts.headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    let kept = !by_script
        && kept_forms::keep(app, parts, app.clock.now()).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a form that came after its session could not be kept");
            false
        });
    let text = match (why, by_script || kept) {
        (Why::Nobody, true) => "You were logged out meanwhile. Log in, and what you typed comes back.",
        (Why::Nobody, false) => "You were logged out meanwhile, and it was not saved. Log in, then enter it again.",
        (Why::Another, true) => {
            "Someone else is logged in here now. Log in as yourself, and what you typed comes back."
        }
        (Why::Another, false) => "Someone else is logged in here now, and it was not saved. Log in as yourself first.",
    };
    let page = LoginPage {
        next: if kept { kept_forms::PATH.into() } else { "/".into() },
        shows_typed: !kept && !by_script,
        flash: Some(Flash { text: text.into(), undo: None }),
        ..LoginPage::new(app)
    };
    error::unfinished(Page::with_status(StatusCode::UNAUTHORIZED, page).into_response())
}

/// What was given to log in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// All that the account asks for.
    All,
    /// The password, on a browser that is not asked for the second step: the account itself cannot be changed yet.
    PasswordAlone,
}

/// Opens a session, ending the one the browser had, and hands its cookie out with `response`.
pub async fn signed_in(
    app: &App,
    user: UserId,
    headers: &HeaderMap,
    origin: &Origin,
    given: Given,
    mut response: Response,
) -> Result<Response> {
    let mut db = app.connection().await?;
    if let Some(before) = session::sent_token(app, headers) {
        queries::ended::end_session_of(&mut *db, &before.hash()).await?;
    }
    let now = app.clock.now();
    if device::known(&mut db, Some(user), origin.device.as_ref(), now).await?.is_none() {
        let browser = browser::in_words(&origin.user_agent);
        let address = origin.address.map(|address| address.to_string()).unwrap_or_default();
        app.outbox.tell(&mut *db, user, &Letter::NewBrowser { browser, address }, now).await?;
        app.outbox.hurry();
    }
    let confirmed_at = if given == Given::All { now } else { now - session::CONFIRMED };
    let token = session::open(&mut db, user, origin, confirmed_at, now).await?;
    let known_by = device::remember(app, &mut db, user, origin.device.as_ref(), now).await?;
    Event::new(user, audit::Kind::SignedIn, now).by_browser(&mut *db, origin).await?;
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(app, &token));
    response.headers_mut().append(header::SET_COOKIE, known_by);
    Ok(response)
}

/// To the login, with nothing left in the browser.
pub fn signed_out(app: &App, said: &str) -> Response {
    let mut response = Done::to("/login").saying(said).into_response();
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, session::clear_cookie(app));
    headers.append(header::SET_COOKIE, app.cookies.end(Kind::Lists));
    // Cookies are left out: the sentence for the next page travels in one. So is storage: drafts of other accounts are in it,
    // and the script takes away those of this one.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    response
}
