//! Logging in with a passkey, and nothing else.

use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::ceremonies::{self, Kind};
use super::login::{Given, again, next_of, onward, signed_in};
use super::passkeys::{self, Outcome};
use super::rate_limit::{self, PASSKEYS_BY_ADDRESS};
use super::session::Origin;
use crate::app::App;
use crate::error::Result;
use crate::web::cookies;
use crate::web::form::Form;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `POST /login/passkey-challenges`: asks for any passkey of this address.
pub async fn ask(State(app): State<App>, extensions: Extensions, headers: HeaderMap) -> Result<Response> {
    let now = app.clock.now();
    let origin = Origin::of(&app, &extensions, &headers);
    let mut db = app.connection().await?;
    rate_limit::count_client(&mut db, now, PASSKEYS_BY_ADDRESS, origin.address).await?;
    ceremonies::forget_over(&mut db, now).await?;
    passkeys::ask(&app, &mut db, Kind::PasskeyLogin, None, now).await
}

/// What a passkey answered.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PasskeyForm {
    passkey: String,
    next: String,
    /// The one account that may log in.
    only: String,
}

/// `POST /login/passkey`: a passkey shows that its owner was there and unlocked it, so no second step follows.
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<PasskeyForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let origin = Origin::of(&app, &extensions, &headers);
    let mut db = app.connection().await?;
    let of = (Kind::PasskeyLogin, None);
    let outcome = passkeys::check(&app, &mut db, &headers, of, &form.passkey, &origin, now).await?;
    drop(db);
    let user = match outcome {
        Outcome::Right(user) if form.only.is_empty() || form.only == user.to_string() => user,
        Outcome::Right(_) => {
            let text = "What you typed belongs to another account. Log in with that one, or close this first";
            return again(&app, WRONG, (&form.next, form.only), text.into()).await;
        }
        other => return again(&app, WRONG, (&form.next, form.only), other.problem().into()).await,
    };
    let next = next_of(&app, user, &form.next).await?;
    let mut response = signed_in(&app, user, &headers, &origin, Given::All, onward(next)).await?;
    for over in [cookies::Kind::Ceremony, cookies::Kind::HalfLogin] {
        response.headers_mut().append(header::SET_COOKIE, app.cookies.end(over));
    }
    Ok(response)
}
