//! An id for each request: on the response, on error pages, in the log. Errors are logged here, once, and their pages
//! finished: with the id, and with what was typed.

use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::body::Left;
use super::link::own_path;
use super::typed;
use crate::error::{Cause, REQUEST_ID_MARK, TYPED_MARK, Unfinished};

/// The header that carries the id.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer. Logs method, route and status; never a query, a body or a cookie.
pub async fn log(mut request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().to_string();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let left = Left::default();
    request.extensions_mut().insert(left.clone());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status();
    let micros = started.elapsed().as_micros() as u64;
    match response.extensions().get::<Cause>() {
        Some(Cause(cause)) if status == StatusCode::SERVICE_UNAVAILABLE => {
            tracing::warn!(%id, %method, route, %status, micros, cause = format!("{cause:#}"));
        }
        Some(Cause(cause)) => tracing::error!(%id, %method, route, %status, micros, cause = format!("{cause:#}")),
        None if status.is_server_error() => tracing::warn!(%id, %method, route, %status, micros),
        None => tracing::debug!(%id, %method, route, %status, micros),
    }
    let mut response = if response.extensions().get::<Unfinished>().is_some() {
        let is_passing = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
        let typed = left.0.get().map(|body| typed::piece(body, Some(own_path(&path).as_str()).filter(|_| is_passing)));
        finished(response, &id, &typed.unwrap_or_default()).await
    } else {
        response
    };
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// Puts into an error's page what only this layer knows: the request's id, and what was typed.
async fn finished(response: Response, id: &str, typed: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, 4 << 20).await else { return Response::from_parts(parts, Body::empty()) };
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match std::str::from_utf8(&bytes) {
        Ok(html) => Body::from(html.replace(REQUEST_ID_MARK, id).replace(TYPED_MARK, typed)),
        Err(_) => Body::from(bytes),
    };
    Response::from_parts(parts, body)
}
