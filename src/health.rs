//! Whether the program lives, and whether it can serve.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::database;

/// `GET /healthz`: the process lives; never asks the database.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the database answers within a second, its schema is the one known here, and no stop was asked for.
pub async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if !*app.ready.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(Duration::from_secs(1), database::schema_is_current(&app.db)).await {
        Ok(Ok(true)) => (StatusCode::OK, "ready\n"),
        Ok(Ok(false)) => (StatusCode::SERVICE_UNAVAILABLE, "the schema is not migrated\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
