//! Answers that are not sent again to whoever has them already (RFC 9110, 8.8.3).

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The headers every such answer has.
pub type Tagged = [(HeaderName, HeaderValue); 2];

/// The tag of some content.
pub fn of(content: &[u8]) -> String {
    format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(content)[..16]))
}

/// The whole answer, or 304 where what was asked says that it is known. A cache asks each time.
pub fn answer(asked: &HeaderMap, content: &[u8], whole: impl FnOnce(Tagged) -> Response) -> Response {
    let tag = of(content);
    let value = HeaderValue::try_from(&tag).unwrap_or(HeaderValue::from_static("\"\""));
    let tagged = [(header::ETAG, value), (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    let known = asked.get(header::IF_NONE_MATCH).and_then(|sent| sent.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|sent| sent.trim().trim_start_matches("W/") == tag || sent.trim() == "*") {
        return (StatusCode::NOT_MODIFIED, tagged).into_response();
    }
    whole(tagged)
}
