//! Sessions: a random token in a cookie, its hash in the database.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;

use super::device;
use super::queries::live_session::live_session;
use super::queries::{self, NewSession};
use super::token::Token;
use crate::app::App;
use crate::error::Error;
use crate::ids::{SessionId, UserId};
use crate::web::client;
use crate::web::cookies::Kind;

/// A session nobody used for so long has ended.
pub const IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A session this old has ended, used or not.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How long after giving the password the account itself may be changed.
pub const CONFIRMED: SignedDuration = SignedDuration::from_mins(10);
/// Use is noted no more often than this.
pub const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// The token a browser sent.
pub fn sent_token(app: &App, headers: &HeaderMap) -> Option<Token> {
    Token::parse(&app.cookies.read(headers, Kind::Session)?)
}

/// The header that hands out a token, to be kept as long as the session may live.
pub fn set_cookie(app: &App, token: &Token) -> HeaderValue {
    app.cookies.set(Kind::Session, token.reveal(), ABSOLUTE.as_secs())
}

/// The header that takes the token back.
pub fn clear_cookie(app: &App) -> HeaderValue {
    app.cookies.end(Kind::Session)
}

/// From where a session was opened, as shown in the list of sessions.
pub struct Origin {
    /// The browser's own description, shortened.
    pub user_agent: String,
    /// The client's address.
    pub address: Option<IpAddr>,
    /// What the browser is known by, where it is.
    pub device: Option<Token>,
}

impl Origin {
    /// Of a request.
    pub fn of(app: &App, extensions: &axum::http::Extensions, headers: &HeaderMap) -> Self {
        let user_agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let address = client::address(extensions, headers, &app.config.trusted_proxies);
        Self { user_agent: user_agent.chars().take(300).collect(), address, device: device::sent_token(app, headers) }
    }
}

/// Opens a session and returns its token. All that proves who it is was given at `confirmed_at`.
///
/// # Errors
/// The database's, or no randomness.
pub async fn open(
    db: &mut PgConnection,
    user: UserId,
    origin: &Origin,
    confirmed_at: Timestamp,
    now: Timestamp,
) -> Result<Token, Error> {
    let token = Token::new()?;
    let new = NewSession {
        id: SessionId::new(),
        user,
        token_hash: &token.hash(),
        user_agent: &origin.user_agent,
        address: &origin.address.map(|address| address.to_string()).unwrap_or_default(),
        confirmed_at,
    };
    queries::insert_session(db, new, now, now - IDLE).await?;
    Ok(token)
}

/// Gives a session a new token and returns it: the old one may have been seen by someone.
///
/// # Errors
/// The database's, or no randomness.
pub async fn renew(
    db: &mut PgConnection,
    user: UserId,
    session: SessionId,
    confirmed_at: Option<Timestamp>,
) -> Result<Token, Error> {
    let token = Token::new()?;
    queries::renew_session(db, user, session, &token.hash(), confirmed_at).await?;
    Ok(token)
}

/// Whether a browser is logged in to that account, and looks at its own search.
///
/// # Errors
/// Only the database's.
pub async fn is_open_for(
    app: &App,
    db: &mut PgConnection,
    headers: &HeaderMap,
    account: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(token) = sent_token(app, headers) else { return Ok(false) };
    let row = live_session(db, &token.hash(), now - IDLE, now - ABSOLUTE, now).await?;
    Ok(row.is_some_and(|row| row.me == account && !row.looking))
}
