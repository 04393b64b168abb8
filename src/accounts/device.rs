//! Browsers on which someone signed in before. Their attempts are counted apart: whoever guesses from elsewhere cannot keep them
//! out. The cookie opens nothing by itself, and outlives logging out.

use axum::http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;

use super::queries::devices as queries;
use super::token::Token;
use crate::app::App;
use crate::error::Error;
use crate::ids::{DeviceId, UserId};
use crate::web::cookies::Kind;

/// How long a browser is known after it was used last; browsers keep no cookie longer.
pub const KNOWN: SignedDuration = SignedDuration::from_hours(400 * 24);
/// Browsers that are known of one account.
const MOST: i64 = 20;

/// The token a browser sent.
pub fn sent_token(app: &App, headers: &HeaderMap) -> Option<Token> {
    Token::parse(&app.cookies.read(headers, Kind::Device)?)
}

/// The browser, if the account was signed in to on it before. Without an account the answer is no, and takes as long.
///
/// # Errors
/// Only the database's.
pub async fn known(
    db: &mut PgConnection,
    user: Option<UserId>,
    sent: Option<&Token>,
    now: Timestamp,
) -> Result<Option<DeviceId>, Error> {
    let Some(token) = sent else { return Ok(None) };
    let user = user.unwrap_or(UserId(uuid::Uuid::nil()));
    Ok(queries::device(db, user, &hash(token), now - KNOWN).await?)
}

/// Knows the browser from now on, and returns the cookie by which it will be known. One that has a token keeps it: several people
/// may share a browser.
///
/// # Errors
/// The database's, or no randomness.
pub async fn remember(
    app: &App,
    db: &mut PgConnection,
    user: UserId,
    sent: Option<&Token>,
    now: Timestamp,
) -> Result<HeaderValue, Error> {
    let fresh;
    let token = match sent {
        Some(token) => token,
        None => {
            fresh = Token::new()?;
            &fresh
        }
    };
    queries::remember(&mut *db, user, DeviceId::new(), &hash(token), now).await?;
    queries::forget_but(db, user, now - KNOWN, MOST).await?;
    Ok(app.cookies.set(Kind::Device, token.reveal(), KNOWN.as_secs()))
}

fn hash(token: &Token) -> String {
    data_encoding::HEXLOWER.encode(&token.hash())
}
