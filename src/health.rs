//! Whether the program lives, and whether it can serve.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::database::{self, Health};

/// `GET /healthz`: the process lives; never asks the database.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the database answers within a second, its schema is the one known here, and no stop was asked for.
/// When it cannot serve, the answer says why, in words that tell a stranger nothing.
pub async fn ready(State(app): State<App>) -> (StatusCode, String) {
    match why_not(&app).await {
        None => (StatusCode::OK, "ready\n".into()),
        Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}

async fn why_not(app: &App) -> Option<&'static str> {
    if !*app.ready.borrow() {
        return Some("the program is stopping");
    }
    match &*app.health.borrow() {
        Health::Running => {}
        Health::Restarting(_) => return Some("the private PostgreSQL ended and is being started again"),
        Health::Lost(_) => return Some("the private PostgreSQL could not be started again"),
    }
    if app.pulse.is_silent() {
        return Some("the database is silent");
    }
    match tokio::time::timeout(Duration::from_secs(1), database::schema_is_current(&app.db)).await {
        Ok(Ok(true)) => None,
        Ok(Ok(false)) => Some("the schema is older than this program; `inroad migrate` brings it up to date"),
        Ok(Err(error)) => Some(database::in_words(&error)),
        Err(_) => Some("the database did not answer within a second"),
    }
}
