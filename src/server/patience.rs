//! How long a page may take before it says that no answer came.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::Error;

/// What an ordinary page may take; the database's own limits on statements end most before.
const WORK: Duration = Duration::from_secs(8);
/// What any request may take, with the time its body needs to arrive.
const WHOLE: Duration = Duration::from_secs(60);

/// What a request with files may take to arrive and to be read; whoever reads them ends one that stands still.
const FILES: Duration = Duration::from_secs(10 * 60);

/// Where a person's whole history may be written or read: these take longer than other pages may.
const LONG: &[&str] = &["/away", "/ending", "/export", "/import", "/settings"];

/// How long the work for a request may take.
fn work(request: &Request) -> Duration {
    match request.uri().path() {
        "/imports" | "/archives" | "/documents" => FILES,
        path if path.starts_with("/documents/") && path.ends_with("/versions") => FILES,
        path if LONG.iter().any(|part| path.starts_with(part)) => WHOLE,
        _ => WORK,
    }
}

/// The inner layer: work ends in time, and at once when the database has fallen silent.
pub async fn with_work(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = work(&request);
    tokio::select! {
        // What needs no database is answered without one.
        biased;
        response = within(limit, request, next) => response,
        () = app.pulse.clone().silence() => Error::Unanswered(None).into_response(),
    }
}

/// The outer layer, for whatever else a request waits for.
pub async fn with_all(request: Request, next: Next) -> Response {
    let limit = work(&request).max(WHOLE);
    within(limit, request, next).await
}

async fn within(limit: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::Unanswered(None).into_response(),
    }
}
