//! A call of a program: whose account it opens, and the connection it is done on.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;

use super::scope::Scope;
use super::{CALLS_A_MINUTE, PREFIX, queries};
use crate::access::{Owner, Viewer};
use crate::accounts::oauth;
use crate::accounts::token::Token;
use crate::accounts::visit::Person;
use crate::app::App;
use crate::clock;
use crate::database::Lease;
use crate::error::{Error, Result};
use crate::ids::AccessTokenId;
use crate::web::host;
use crate::web::problem::Problem;

/// What the token of a call says.
#[derive(Debug, Clone)]
pub struct Pass {
    /// Whose account it is.
    pub person: Person,
    /// The instant of the call.
    pub now: Timestamp,
    token: AccessTokenId,
    scopes: Vec<Scope>,
}

impl Pass {
    /// The proof that it may be read.
    pub fn viewer(&self) -> Viewer {
        Viewer::granted(self.person.id)
    }

    /// The proof that it may be written to; nothing where the token only reads.
    pub fn owner(&self) -> Option<Owner> {
        self.scopes.contains(&Scope::Write).then(|| Owner::granted(self.person.id).through(self.token))
    }

    /// The civil date where the person is.
    pub fn today(&self) -> Date {
        clock::date_in(&self.person.zone, self.now)
    }
}

/// One call that showed a valid token.
pub struct Caller {
    /// The proof.
    pub by: Viewer,
    /// What the token says.
    pub pass: Pass,
    db: Lease,
}

impl Caller {
    /// The same call on another connection, for what is done while the first is given back.
    ///
    /// # Errors
    /// When there is no connection in time.
    pub async fn again(app: &App, pass: Pass) -> Result<Self> {
        Ok(Self { by: pass.viewer(), db: app.connection().await?, pass })
    }

    /// The connection.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.db
    }

    /// The civil date where the person is.
    pub fn today(&self) -> Date {
        self.pass.today()
    }

    pub(super) fn into_parts(self) -> (Pass, Lease) {
        (self.pass, self.db)
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750).
fn sent(parts: &Parts) -> Option<Token> {
    let (scheme, token) = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::parse(token.trim().strip_prefix(PREFIX)?)).flatten()
}

/// No token that holds, and where a program that has none yet finds its way in (RFC 9728).
fn unauthorized(app: &App, parts: &Parts) -> Response {
    let mut response = Problem::unauthorized().into_response();
    let of = oauth::metadata_of(parts.uri.path());
    let told = format!("Bearer resource_metadata=\"{}{of}\"", host::base(&app.config, &parts.headers));
    if let Ok(told) = HeaderValue::from_str(&told) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, told);
    }
    response
}

impl FromRequestParts<App> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let token = sent(parts).ok_or_else(|| unauthorized(app, parts))?;
        let now = app.clock.now();
        let mut db = app.connection().await.map_err(Problem::answer)?;
        let call = queries::call(&mut *db, &token.hash(), now).await.map_err(|e| Problem::answer(Error::from(e)))?;
        let call = call.ok_or_else(|| unauthorized(app, parts))?;
        if call.calls > CALLS_A_MINUTE {
            let over = call.minute_began.0 + SignedDuration::from_mins(1);
            return Err(Problem::answer(Error::TooMany { retry_after: over.duration_since(now).as_secs().max(1) }));
        }
        let person = Person {
            id: call.owner,
            name: call.name,
            email: call.email,
            zone: TimeZone::get(&call.zone).unwrap_or(TimeZone::UTC),
            preferences: call.preferences.0,
            documents_mb: call.documents_mb,
            version: call.version,
        };
        let pass = Pass { person, now, token: call.token, scopes: call.scopes };
        Ok(Self { by: pass.viewer(), pass, db })
    }
}
