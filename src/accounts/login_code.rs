//! The second page of logging in: a code, after the password was right.

use askama::Template;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::audit::{self, Event};
use super::device;
use super::login::{Given, onward, signed_in};
use super::queries::half_logins::Waiting;
use super::rate_limit::{self, CODE_BY_ACCOUNT, CODE_BY_DEVICE, Limit};
use super::second_step::browsers::{self, Half};
use super::second_step::{self, NOT_RIGHT};
use super::session::Origin;
use crate::app::App;
use crate::error::Result;
use crate::ids::UserId;
use crate::web::cookies::Kind;
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
}

#[derive(Template)]
#[template(path = "accounts/login_code.html")]
struct CodePage {
    /// A recovery code is asked for, not one of the app.
    recovery: bool,
    remember: bool,
    errors: Errors,
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
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(Kind::HalfLogin));
    response
}

/// `GET /login/code`
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(query): Query<CodeQuery>) -> Result<Response> {
    if waiting(&app, &headers, app.clock.now()).await?.is_none() {
        return Ok(over(&app));
    }
    let page = CodePage { recovery: query.recovery, remember: false, errors: Errors::default() };
    Ok(Page::ok(page).into_response())
}

/// `POST /login/code`
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<CodeForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let Some((half, Waiting { next })) = waiting(&app, &headers, now).await? else { return Ok(over(&app)) };
    let origin = Origin::of(&app, &extensions, &headers);
    let mut db = app.connection().await?;
    let (limit, key) = counted(&mut db, half.user, &origin, now).await?;
    rate_limit::count(&mut *db, now, limit, &key).await?;
    if !second_step::spend(&mut db, now, half.user, &form.code).await? {
        let refused = Event::new(half.user, audit::Kind::SignInRefused, now).about(audit::WRONG_CODE);
        refused.by_browser(&mut *db, &origin).await?;
        let (recovery, remember) = (form.recovery == "true", form.remember == "true");
        let page = CodePage { recovery, remember, errors: Errors::of("code", NOT_RIGHT) };
        return Ok(Page::unprocessable(page).into_response());
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
    let mut response = signed_in(&app, half.user, &headers, &origin, Given::All, onward(next)).await?;
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(Kind::HalfLogin));
    if let Some(remembered) = remembered {
        response.headers_mut().append(header::SET_COOKIE, remembered);
    }
    Ok(response)
}

/// What wrong codes are counted by: a browser the account was signed in to before has a count of its own, so that someone who
/// learned the password cannot keep its owner out.
async fn counted(
    db: &mut sqlx::PgConnection,
    user: UserId,
    origin: &Origin,
    now: Timestamp,
) -> Result<(Limit, String)> {
    Ok(match device::known(db, Some(user), origin.device.as_ref(), now).await? {
        Some(device) => (CODE_BY_DEVICE, device.to_string()),
        None => (CODE_BY_ACCOUNT, user.to_string()),
    })
}
