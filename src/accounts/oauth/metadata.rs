//! What programs read to find their way in: RFC 8414 and RFC 9728.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::{AUTHORIZE, REGISTER, REVOKE, TOKEN};
use crate::app::App;
use crate::web::host;

fn scopes() -> Vec<&'static str> {
    crate::accounts::programs::scope::Scope::ALL.iter().map(|scope| scope.as_str()).collect()
}

/// `GET /.well-known/oauth-authorization-server`
pub async fn server(State(app): State<App>, headers: HeaderMap) -> Json<Value> {
    let base = host::base(&app.config, &headers);
    Json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}{AUTHORIZE}"),
        "token_endpoint": format!("{base}{TOKEN}"),
        "registration_endpoint": format!("{base}{REGISTER}"),
        "revocation_endpoint": format!("{base}{REVOKE}"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": scopes(),
        "authorization_response_iss_parameter_supported": true,
    }))
}

fn resource(base: &str, path: &str) -> Json<Value> {
    Json(json!({
        "resource": format!("{base}{path}"),
        "resource_name": "Inroad",
        "authorization_servers": [base],
        "scopes_supported": scopes(),
        "bearer_methods_supported": ["header"],
    }))
}

/// `GET /.well-known/oauth-protected-resource/mcp`
pub async fn assistants(State(app): State<App>, headers: HeaderMap) -> Json<Value> {
    resource(&host::base(&app.config, &headers), "/mcp")
}

/// `GET /.well-known/oauth-protected-resource/api/v1`
pub async fn programs(State(app): State<App>, headers: HeaderMap) -> Json<Value> {
    resource(&host::base(&app.config, &headers), "/api/v1")
}
