//! A call of a program: whose account it reads, and the connection it is done on.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;

use super::{CALLS_A_MINUTE, PREFIX, queries};
use crate::access::Viewer;
use crate::accounts::preferences::Preferences;
use crate::accounts::token::Token;
use crate::app::App;
use crate::clock;
use crate::database::Lease;
use crate::error::Error;
use crate::web::problem::Problem;

/// One call that showed a valid token.
pub struct Caller {
    /// The proof.
    pub by: Viewer,
    /// The instant of the call.
    pub now: Timestamp,
    /// Where the account's person lives, in time.
    pub zone: TimeZone,
    /// What they set for their search.
    pub preferences: Preferences,
    db: Lease,
}

impl Caller {
    /// The connection.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.db
    }

    /// The civil date where the person is.
    pub fn today(&self) -> Date {
        clock::date_in(&self.zone, self.now)
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750).
fn sent(parts: &Parts) -> Option<Token> {
    let (scheme, token) = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::parse(token.trim().strip_prefix(PREFIX)?)).flatten()
}

impl FromRequestParts<App> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let token = sent(parts).ok_or_else(|| Problem::unauthorized().into_response())?;
        let now = app.clock.now();
        let mut db = app.connection().await.map_err(Problem::answer)?;
        let call = queries::call(&mut *db, &token.hash(), now).await.map_err(|e| Problem::answer(Error::from(e)))?;
        let call = call.ok_or_else(|| Problem::unauthorized().into_response())?;
        if call.calls > CALLS_A_MINUTE {
            let over = call.minute_began.0 + SignedDuration::from_mins(1);
            return Err(Problem::answer(Error::TooMany { retry_after: over.duration_since(now).as_secs().max(1) }));
        }
        let zone = TimeZone::get(&call.zone).unwrap_or(TimeZone::UTC);
        Ok(Self { by: Viewer::granted(call.owner), now, zone, preferences: call.preferences.0, db })
    }
}
