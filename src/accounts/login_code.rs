//! The second page of logging in: a code or a passkey, after the password was right.

use askama::Template;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgConnection;

use super::audit::{self, Event};
use super::ceremonies::Kind;
use super::device;
use super::login::{Given, onward, signed_in};
use super::passkeys::{self, Outcome};
use super::rate_limit::{self, CODE_BY_ACCOUNT, CODE_BY_DEVICE, Limit, PASSKEYS_BY_ACCOUNT};
use super::second_step::browsers::{self, Half, Waiting};
use super::second_step::{self, not_right};
use super::session::Origin;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::web::cookies;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;

/// Where the second step is asked for.
pub const PATH: &str = "/login/code";

/// Which code is asked for.
#[derive(Deserialize)]
pub struct CodeQuery {
    #[serde(default)]
    recovery: bool,
}

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
    remember: String,
    recovery: String,
    /// What a passkey answered.
    passkey: String,
}

#[derive(Template)]
#[template(path = "accounts/login_code.html")]
struct CodePage {
    /// A recovery code is asked for, not one of the app.
    recovery: bool,
    /// The account has an app.
    app: bool,
    /// It has passkeys, and they are taken here.
    passkey: bool,
    remember: bool,
    errors: Errors,
}

impl CodePage {
    /// How its button looks: as the main one, where there is no other.
    fn passkey_tone(&self) -> &'static str {
        if self.app { "wide" } else { "go wide" }
    }

    fn new(app: &App, waiting: &Waiting, recovery: bool, remember: bool, errors: Errors) -> Self {
        let passkey = waiting.passkeys && passkeys::are_offered(&app.config);
        Self { recovery, app: waiting.app, passkey, remember, errors }
    }
}

/// The login a browser is halfway through, while it waits.
async fn waiting(app: &App, headers: &HeaderMap, now: Timestamp) -> Result<Option<(Half, Waiting)>> {
    let Some(half) = Half::sent(app, headers) else { return Ok(None) };
    let waiting = half.waiting(&mut *app.connection().await?, now).await?;
    Ok(waiting.map(|waiting| (half, waiting)))
}

/// Back to the beginning.
fn over(app: &App) -> Response {
    let mut response = Done::to("/login").saying("That took too long. Log in again.").into_response();
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(cookies::Kind::HalfLogin));
    response
}

/// `GET /login/code`
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(query): Query<CodeQuery>) -> Result<Response> {
    let Some((_, waiting)) = waiting(&app, &headers, app.clock.now()).await? else { return Ok(over(&app)) };
    Ok(Page::ok(CodePage::new(&app, &waiting, query.recovery, false, Errors::default())).into_response())
}

/// `POST /login/code/passkey-challenges`: asks for a passkey of whoever is halfway in.
pub async fn ask_for_passkey(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let now = app.clock.now();
    let Some((half, _)) = waiting(&app, &headers, now).await? else { return Err(Error::NotFound) };
    let mut db = app.connection().await?;
    rate_limit::count(&mut *db, now, PASSKEYS_BY_ACCOUNT, &half.user.to_string()).await?;
    passkeys::ask(&app, &mut db, Kind::PasskeyStep, Some(half.user), now).await
}

/// `POST /login/code`
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<CodeForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let Some((half, waiting)) = waiting(&app, &headers, now).await? else { return Ok(over(&app)) };
    let origin = Origin::of(&app, &extensions, &headers);
    let mut db = app.connection().await?;
    let (limit, key) = counted(&mut db, half.user, &origin, now).await?;
    rate_limit::count(&mut *db, now, limit, &key).await?;
    if let Some(errors) = wrong(&app, &mut db, &headers, (&half, &waiting), &form, &origin, now).await? {
        let about = if form.passkey.is_empty() { audit::WRONG_CODE } else { audit::WRONG_PASSKEY };
        Event::new(half.user, audit::Kind::SignInRefused, now).about(about).by_browser(&mut *db, &origin).await?;
        let (recovery, remember) = (form.recovery == "true", form.remember == "true");
        return Ok(Page::unprocessable(CodePage::new(&app, &waiting, recovery, remember, errors)).into_response());
    }
    rate_limit::forgive(&mut *db, limit, &key).await?;
    if !half.end(&mut db).await? {
        return Ok(over(&app));
    }
    let remembered = match form.remember.as_str() {
        "true" => Some(browsers::remember(&app, &mut db, half.user, &origin, now).await?),
        _ => None,
    };
    drop(db);
    let mut response = signed_in(&app, half.user, &headers, &origin, Given::All, onward(waiting.next)).await?;
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(cookies::Kind::HalfLogin));
    if let Some(remembered) = remembered {
        response.headers_mut().append(header::SET_COOKIE, remembered);
    }
    Ok(response)
}

/// What is wrong with the second step that was taken; nothing where it counts.
async fn wrong(
    app: &App,
    db: &mut PgConnection,
    headers: &HeaderMap,
    (half, waiting): (&Half, &Waiting),
    form: &CodeForm,
    origin: &Origin,
    now: Timestamp,
) -> Result<Option<Errors>> {
    if form.passkey.is_empty() {
        let counts = second_step::spend(db, now, half.user, &form.code).await?;
        return Ok((!counts).then(|| Errors::of("code", not_right(waiting.app && form.recovery != "true"))));
    }
    let of = (Kind::PasskeyStep, Some(half.user));
    Ok(match passkeys::check(app, db, headers, of, &form.passkey, origin, now).await? {
        Outcome::Right(_) => None,
        other => Some(Errors::of("passkey", other.problem())),
    })
}

/// What wrong codes are counted by: a browser the account was signed in to before has a count of its own, so that someone who
/// learned the password cannot keep its owner out.
async fn counted(db: &mut PgConnection, user: UserId, origin: &Origin, now: Timestamp) -> Result<(Limit, String)> {
    Ok(match device::known(db, Some(user), origin.device.as_ref(), now).await? {
        Some(device) => (CODE_BY_DEVICE, device.to_string()),
        None => (CODE_BY_ACCOUNT, user.to_string()),
    })
}
