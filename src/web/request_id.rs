//! An id for each request: on the response, on error pages, in the log. Errors are logged here, once.

use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::error::{Cause, REQUEST_ID_MARK};

/// The header that carries the id.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer. Logs method, route and status; never a query, a body or a cookie.
pub async fn log(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().to_string();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status();
    let micros = started.elapsed().as_micros() as u64;
    match response.extensions().get::<Cause>() {
        Some(Cause(cause)) => tracing::error!(%id, %method, route, %status, micros, cause = format!("{cause:#}")),
        None if status.is_server_error() => tracing::warn!(%id, %method, route, %status, micros),
        None => tracing::debug!(%id, %method, route, %status, micros),
    }
    with_id(response, &id).await
}

async fn with_id(response: Response, id: &str) -> Response {
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    let mut response = if is_error && is_page { mark_page(response, id).await } else { response };
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

async fn mark_page(response: Response, id: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, 4 << 20).await else { return Response::from_parts(parts, Body::empty()) };
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match std::str::from_utf8(&bytes) {
        Ok(html) if html.contains(REQUEST_ID_MARK) => Body::from(html.replace(REQUEST_ID_MARK, id)),
        _ => Body::from(bytes),
    };
    Response::from_parts(parts, body)
}
