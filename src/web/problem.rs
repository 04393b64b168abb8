//! What goes wrong, as programs read it: problem details (RFC 9457).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::form::Errors;
use crate::error::{Error, Unfinished};

/// Where programs ask.
const PROGRAMS: [&str; 5] = ["/api/", "/mcp", "/oauth/token", "/oauth/register", "/oauth/revoke"];

/// Whether programs ask there, who show a token and no cookie.
pub fn is_of_programs(path: &str) -> bool {
    PROGRAMS.iter().any(|start| path.starts_with(start))
}

/// A call that is not answered as asked.
#[derive(Debug)]
pub enum Problem {
    /// Refused, in a sentence that says what would be right.
    Refused(StatusCode, String),
    /// What was sent cannot be meant: a sentence for each field that is wrong, by its name.
    Invalid(Vec<(String, String)>),
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

    /// The token only reads.
    pub fn reading_only() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "This token only reads. Make one for reading and writing in the settings of Inroad.",
        )
    }

    /// Someone changed it since it was read.
    pub fn changed_since() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "It was changed since you read it. Read it again, and send If-Match with its new ETag.",
        )
    }

    /// It cannot be done as things stand, in a sentence that says why.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// One field is wrong.
    pub fn of_field(field: &str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![(field.to_owned(), detail.into())])
    }

    /// Nothing there, or nothing of theirs: the two look the same.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such thing in this account.")
    }

    /// The answer for an error.
    pub fn answer(error: Error) -> Response {
        Self::from(error).into_response()
    }

    /// In one sentence, for whoever reads no status; nothing where the fault is on this side.
    pub fn said(&self) -> Option<String> {
        match self {
            Self::Refused(_, detail) => Some(detail.clone()),
            Self::Invalid(errors) => Some(said(errors)),
            Self::Failed(_) => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::Refused(status, detail) => (status, body(status, &detail)),
            Self::Invalid(errors) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                let mut body = body(status, &said(&errors));
                body["errors"] = errors.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
                (status, body)
            }
            Self::Failed(error) => return in_place_of(error.into_response()),
        };
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, KIND);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Invalid(why) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, why),
            error => Self::Failed(error),
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<Errors> for Problem {
    fn from(errors: Errors) -> Self {
        Self::Invalid(errors.iter().map(|(field, problem)| (field.to_owned(), problem.to_owned())).collect())
    }
}

/// 'name: Enter a name. email: ...'
fn said(errors: &[(String, String)]) -> String {
    errors.iter().map(|(field, problem)| format!("{field}: {problem}.")).collect::<Vec<_>>().join(" ")
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
        StatusCode::FORBIDDEN => "The request comes from a page of somewhere else.",
        StatusCode::PAYLOAD_TOO_LARGE => "The request is too large.",
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
    let is_program = is_of_programs(request.uri().path());
    let response = next.run(request).await;
    let is_refused = response.status().is_client_error() || response.status().is_server_error();
    // What is JSON was made for programs.
    let is_theirs = |kind: &HeaderValue| kind == KIND || kind.as_bytes().starts_with(b"application/json");
    if is_program && is_refused && !response.headers().get(header::CONTENT_TYPE).is_some_and(is_theirs) {
        return in_place_of(response);
    }
    response
}
