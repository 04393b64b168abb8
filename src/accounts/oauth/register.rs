//! How a program introduces itself (RFC 7591). Anyone may: until a person lets it in, it has nothing, and is forgotten after a day.

use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::client::{NewClient, Unfit};
use super::queries;
use crate::accounts::rate_limit::{self, INTRODUCTIONS_BY_ADDRESS};
use crate::accounts::session::Origin;
use crate::app::App;
use crate::ids::OauthClientId;
use crate::web::problem::Problem;

/// What it says of itself; what else the standard knows is left to us.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    client_name: String,
    redirect_uris: Vec<String>,
}

fn refused(unfit: Unfit) -> Response {
    let answer = json!({ "error": unfit.code(), "error_description": unfit.to_string() });
    (StatusCode::BAD_REQUEST, Json(answer)).into_response()
}

/// `POST /oauth/register`
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    body: Result<Json<Said>, axum::extract::rejection::JsonRejection>,
) -> Result<Response, Problem> {
    let Ok(Json(said)) = body else { return Ok(refused(Unfit::Name)) };
    let new = match NewClient::parse(&said.client_name, &said.redirect_uris) {
        Ok(new) => new,
        Err(unfit) => return Ok(refused(unfit)),
    };
    let (now, origin) = (app.clock.now(), Origin::of(&app, &extensions, &headers));
    let mut db = app.connection().await?;
    rate_limit::count_client(&mut db, now, INTRODUCTIONS_BY_ADDRESS, origin.address).await?;
    let id = OauthClientId::new();
    queries::insert_client(&mut *db, id, &new, now).await.map_err(crate::error::Error::from)?;
    let uris: Vec<&str> = new.redirect_uris.iter().map(|uri| uri.as_str()).collect();
    let answer = json!({
        "client_id": id,
        "client_id_issued_at": now.as_second(),
        "client_name": new.name.as_str(),
        "redirect_uris": uris,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
    });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}
