//! The headers of every response, good or bad.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::config::{Config, Insist};

/// Nothing but our own files, no inline code, no frames, forms only to ourselves; scripts make HTML only through app.js's one policy.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Whom browsers are told to reach by https only.
#[derive(Debug, Clone, Copy)]
pub struct Https(Insist);

impl Https {
    /// Nobody, unless the public address is https.
    pub fn of(config: &Config) -> Self {
        Self(if config.is_https() { config.hsts } else { Insist::Off })
    }

    fn header(self) -> Option<HeaderValue> {
        match self.0 {
            Insist::Off => None,
            Insist::Host => Some(HeaderValue::from_static("max-age=31536000")),
            Insist::Subdomains => Some(HeaderValue::from_static("max-age=31536000; includeSubDomains")),
        }
    }
}

/// The layer. Refuses TRACE and compressed request bodies, which no browser sends.
pub async fn secure(State(https): State<Https>, request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::TRACE || request.method() == Method::CONNECT {
        crate::error::page(StatusCode::METHOD_NOT_ALLOWED, "Not that way", "This address does not take that method.")
    } else if request.headers().contains_key(header::CONTENT_ENCODING) {
        crate::error::page(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Not compressed, please", "Send the body as it is.")
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Some(insisting) = https.header() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, insisting);
    }
    response
}
