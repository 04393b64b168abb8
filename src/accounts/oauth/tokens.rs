//! A code turned into a token, a token renewed, and one given back. Who shows them is nobody but their holder: there is no cookie and
//! no password of a program.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::queries::{self, Secrets, Shown};
use super::request::{challenge_of, is_of};
use super::{CODE_HOLDS, LET_IN_FOR, TOKEN_HOLDS};
use crate::accounts::programs::scope::Scope;
use crate::accounts::programs::{MOST, PREFIX};
use crate::accounts::token::Token;
use crate::app::App;
use crate::error::Error;
use crate::ids::{AccessTokenId, OauthClientId};
use crate::web::form::Form;
use crate::web::host;
use crate::web::problem::Problem;

/// What a program sends for a token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    code_verifier: String,
    refresh_token: String,
    resource: String,
}

/// A refusal by its name in RFC 6749.
fn refused(error: &str, description: &str) -> Response {
    let answer = json!({ "error": error, "error_description": description });
    (StatusCode::BAD_REQUEST, Json(answer)).into_response()
}

fn secret(text: &str) -> Option<Token> {
    Token::parse(text.strip_prefix(PREFIX)?)
}

/// The secrets of one token, before they are hashed.
struct Fresh {
    token: Token,
    refresh: Token,
}

impl Fresh {
    fn new() -> Result<Self, Error> {
        Ok(Self { token: Token::new()?, refresh: Token::new()? })
    }

    /// As they are kept.
    fn hashed(&self, now: Timestamp) -> Secrets {
        Secrets { token_hash: self.token.hash(), refresh_hash: self.refresh.hash(), expires_at: now + TOKEN_HOLDS }
    }

    fn answer(&self, scopes: &[Scope]) -> Response {
        let scope: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        Json(json!({
            "access_token": format!("{PREFIX}{}", self.token.reveal()),
            "token_type": "Bearer",
            "expires_in": TOKEN_HOLDS.as_secs(),
            "refresh_token": format!("{PREFIX}{}", self.refresh.reveal()),
            "scope": scope.join(" "),
        }))
        .into_response()
    }
}

/// `POST /oauth/token`
pub async fn create(
    State(app): State<App>,
    headers: axum::http::HeaderMap,
    Form(form): Form<TokenForm>,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let Ok(client) = form.client_id.parse::<OauthClientId>() else {
        return Ok(refused("invalid_client", "'client_id' is the one the program got when it introduced itself."));
    };
    if !is_of(&form.resource, &host::base(&app.config, &headers)) {
        return Ok(refused("invalid_target", "Tokens of this Inroad open this Inroad alone."));
    }
    let fresh = Fresh::new()?;
    let scopes = match form.grant_type.as_str() {
        "authorization_code" => exchanged(&app, &form, client, &fresh, now).await?,
        "refresh_token" => renewed(&app, &form, client, &fresh, now).await?,
        _ => {
            return Ok(refused("unsupported_grant_type", "'grant_type' is authorization_code or refresh_token."));
        }
    };
    Ok(match scopes {
        Some(scopes) => fresh.answer(&scopes),
        None => refused("invalid_grant", "It was used, is too old, or is another program's: ask the person again."),
    })
}

async fn exchanged(
    app: &App,
    form: &TokenForm,
    client: OauthClientId,
    fresh: &Fresh,
    now: Timestamp,
) -> Result<Option<Vec<Scope>>, Error> {
    let Some(code) = Token::parse(&form.code) else { return Ok(None) };
    let code_hash = code.hash();
    let shown = Shown {
        code_hash: &code_hash,
        client,
        redirect_uri: &form.redirect_uri,
        challenge: &challenge_of(&form.code_verifier),
    };
    let mut db = app.connection().await?;
    let times = (now - CODE_HOLDS, now + LET_IN_FOR);
    let scopes =
        queries::exchange(&mut *db, AccessTokenId::new(), shown, &fresh.hashed(now), times, (MOST, now)).await?;
    if scopes.is_none() {
        queries::end_of_code(&mut *db, &code_hash).await?;
    }
    Ok(scopes)
}

async fn renewed(
    app: &App,
    form: &TokenForm,
    client: OauthClientId,
    fresh: &Fresh,
    now: Timestamp,
) -> Result<Option<Vec<Scope>>, Error> {
    let Some(before) = secret(&form.refresh_token) else { return Ok(None) };
    let mut db = app.connection().await?;
    let scopes = queries::renew(&mut *db, client, &before.hash(), &fresh.hashed(now), now).await?;
    if scopes.is_none() {
        queries::end_of_spent(&mut *db, &before.hash()).await?;
    }
    Ok(scopes)
}

/// What a program gives back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RevokeForm {
    token: String,
}

/// `POST /oauth/revoke` (RFC 7009): whoever holds a token may end it; what is none is as good as ended.
pub async fn end(State(app): State<App>, Form(form): Form<RevokeForm>) -> Result<StatusCode, Problem> {
    if let Some(token) = secret(&form.token) {
        queries::end(&mut *app.connection().await?, &token.hash()).await.map_err(Error::from)?;
    }
    Ok(StatusCode::OK)
}
