//! What waits on this side while a browser asks a passkey, or an issuer, and for whose answer: bound to that browser by a cookie, used
//! once, and for minutes only.

use axum::http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

use super::queries::ceremonies as queries;
use super::token::Token;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::kinds::kinds;
use crate::web::cookies;

/// How long an answer is waited for.
pub const HOLDS: SignedDuration = SignedDuration::from_mins(5);

kinds! {
    /// What is waited for.
    pub enum Kind {
        /// A new passkey of someone signed in.
        PasskeyAdded = "passkey_added", "A new passkey";
        /// A passkey that logs in by itself.
        PasskeyLogin = "passkey_login", "Logging in with a passkey";
        /// A passkey after the password.
        PasskeyStep = "passkey_step", "A passkey as second step";
        /// A passkey of someone signed in, before the account is changed.
        PasskeyConfirmation = "passkey_confirmation", "Confirming with a passkey";
        /// An issuer's word on who someone is.
        Issuer = "issuer", "An issuer's word";
    }
}

/// Begins to wait. Returns the cookie that binds the answer to this browser.
///
/// # Errors
/// The database's, or no randomness.
pub async fn begin(
    app: &App,
    db: &mut PgConnection,
    kind: Kind,
    owner: Option<UserId>,
    state: &impl Serialize,
    now: Timestamp,
) -> Result<HeaderValue> {
    let token = Token::new()?;
    let state = serde_json::to_value(state).map_err(|error| Error::Internal(error.into()))?;
    queries::insert(db, &token.hash(), kind.as_str(), owner, &state, now).await?;
    Ok(app.cookies.set(cookies::Kind::Ceremony, token.reveal(), HOLDS.as_secs()))
}

/// What this browser's answer was waited for with, which is used up by it. Nothing where none was waited for, or one of another
/// kind or account, or for longer than it is.
///
/// # Errors
/// Only the database's.
pub async fn take<T: DeserializeOwned>(
    app: &App,
    db: &mut PgConnection,
    headers: &HeaderMap,
    kind: Kind,
    owner: Option<UserId>,
    now: Timestamp,
) -> Result<Option<T>> {
    let sent = app.cookies.read(headers, cookies::Kind::Ceremony);
    let Some(token) = sent.as_deref().and_then(Token::parse) else { return Ok(None) };
    let state = queries::take(db, &token.hash(), kind.as_str(), owner, now - HOLDS).await?;
    Ok(state.and_then(|state| serde_json::from_value(state).ok()))
}

/// Forgets what nobody answered in time.
///
/// # Errors
/// Only the database's.
pub async fn forget_over(db: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
    queries::forget_old(db, now - HOLDS).await
}
