//! What goes wrong, as programs read it: problem details (RFC 9457).

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::error::{Error, Unfinished};

/// Where programs ask.
pub const PROGRAMS: &str = "/api/";

/// A call that is not answered as asked.
#[derive(Debug)]
pub enum Problem {
    /// Refused, in a sentence that says what would be right.
    Refused(StatusCode, String),
    /// What a page would have failed with, too: its cause goes to the log.
    Failed(Error),
}

impl Problem {
    /// Of a status, in a sentence that says what would be right.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::Refused(status, detail.into())
    }

    /// No token, or none that holds.
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "Send a token that holds, as 'Authorization: Bearer inroad_...'. Tokens are made in the settings of Inroad.",
        )
    }

    /// Nothing there, or nothing of theirs: the two look the same.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such thing in this account.")
    }

    /// The answer for an error.
    pub fn answer(error: Error) -> Response {
        Self::Failed(error).into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            Self::Refused(status, detail) => (status, detail),
            Self::Failed(error) => return in_place_of(error.into_response()),
        };
        let mut response = (status, Json(body(status, &detail))).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, KIND);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

fn body(status: StatusCode, detail: &str) -> serde_json::Value {
    let title = status.canonical_reason().unwrap_or("Error");
    json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail })
}

fn detail_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "The request cannot be read.",
        StatusCode::NOT_FOUND => "There is nothing at this address.",
        StatusCode::METHOD_NOT_ALLOWED => "This address does not take that method.",
        StatusCode::TOO_MANY_REQUESTS => "Too many calls. Wait as long as Retry-After says.",
        StatusCode::SERVICE_UNAVAILABLE => "Inroad cannot answer just now. Ask again in a moment.",
        status if status.is_server_error() => {
            "Something went wrong in Inroad. Its log names the request by X-Request-Id."
        }
        _ => "The request is refused.",
    }
}

/// The same answer with problem details for its page.
fn in_place_of(response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.extensions.remove::<Unfinished>();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, KIND);
    let text = body(parts.status, detail_of(parts.status)).to_string();
    Response::from_parts(parts, text.into())
}

/// The layer that gives programs no pages: whatever refused their request says so in problem details.
pub async fn give(request: Request, next: Next) -> Response {
    let is_program = request.uri().path().starts_with(PROGRAMS);
    let response = next.run(request).await;
    let is_refused = response.status().is_client_error() || response.status().is_server_error();
    if is_program && is_refused && response.headers().get(header::CONTENT_TYPE) != Some(&KIND) {
        return in_place_of(response);
    }
    response
}
