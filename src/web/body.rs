//! Bodies of forms are read, within their limit and time, before a database connection is taken for them.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Error;

/// Bytes a form may have.
pub const FORM_LIMIT: usize = 64 * 1024;
/// Bytes a form with long notes may have: the routes below `/interviews`.
pub const LONG_FORM_LIMIT: usize = 1024 * 1024;
/// Seconds a form's body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body as sent, for a page that must give it back: the session may have ended while it was typed.
#[derive(Clone)]
pub struct Typed(pub Bytes);

/// The layer. Multipart bodies pass by: their handler streams them under its own limit.
pub async fn read(request: Request, next: Next) -> Response {
    let is_file = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if is_file || request.method().is_safe() {
        return next.run(request).await;
    }
    let limit = if request.uri().path().starts_with("/interviews/") { LONG_FORM_LIMIT } else { FORM_LIMIT };
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Error::TooLarge.into_response();
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(PATIENCE, to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => {
            let mut request = Request::from_parts(parts, Body::from(bytes.clone()));
            request.extensions_mut().insert(Typed(bytes));
            next.run(request).await
        }
        Ok(Err(_)) => Error::TooLarge.into_response(),
        Err(_) => Error::Invalid("The form did not arrive within 30 seconds.".into()).into_response(),
    }
}
