//! The one Error, its status, its page and its line in the log.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::database::Trouble;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such page, or not theirs: the two look the same.
    #[error("not found")]
    NotFound,
    /// A coach tried to change something, or someone not an administrator to administer.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// The request makes no sense, in words that say what would.
    #[error("bad request: {0}")]
    Invalid(String),
    /// The body is larger than is taken.
    #[error("too large")]
    TooLarge,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany {
        /// Seconds until the next attempt counts.
        retry_after: i64,
    },
    /// No turn in time.
    #[error("busy")]
    Busy,
    /// The database is away, or has too much to do: what was asked of it is undone. The cause goes to the log, never to
    /// the page.
    #[error("the database does not serve: {0}")]
    Away(#[source] sqlx::Error),
    /// The database was asked, and its answer never came: whether it did as asked is known to nobody here.
    #[error("no answer in time")]
    Unanswered(#[source] Option<sqlx::Error>),
    /// The database has no room to write.
    #[error("the disk of the database is full: {0}")]
    DiskFull(#[source] sqlx::Error),
    /// Anything else. The cause goes to the log, never to the page.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// What a handler returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The cause of an error on this side, left on the response for the log line that carries the request id.
#[derive(Clone)]
pub struct Cause(pub std::sync::Arc<anyhow::Error>);

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error::{Io, Protocol, Tls, WorkerCrashed};
        match Trouble::of(&error) {
            Trouble::Passing if matches!(error, Io(_) | Tls(_) | Protocol(_) | WorkerCrashed) => {
                Self::Unanswered(Some(error))
            }
            Trouble::Passing => Self::Away(error),
            Trouble::DiskFull => Self::DiskFull(error),
            Trouble::Lasting if matches!(error, sqlx::Error::RowNotFound) => Self::NotFound,
            Trouble::Lasting => Self::Internal(error.into()),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// An error's page. The request id is filled in by `web::request_id`, which knows it.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    status: u16,
    title: String,
    text: String,
    onward: Vec<(String, String)>,
    request_id: String,
}

/// Stands in the page where the request id belongs until the outermost layer puts it in.
pub const REQUEST_ID_MARK: &str = "{request-id}";

/// Stands in the page where what was typed belongs.
pub const TYPED_MARK: &str = "{typed}";

/// On a response whose page holds marks, for the outermost layer.
#[derive(Clone)]
pub struct Unfinished;

/// Says that the page holds marks.
pub fn unfinished(mut response: Response) -> Response {
    response.extensions_mut().insert(Unfinished);
    response
}

/// The page of a status that no handler made: unknown path, wrong method, body too large.
pub fn page(status: StatusCode, title: &str, text: &str) -> Response {
    page_leading(status, title, text, &[("/", "Go to Today")])
}

/// The answer to a method that an address does not take.
pub async fn wrong_method() -> Response {
    page(StatusCode::METHOD_NOT_ALLOWED, "Not that way", "This address does not take that method.")
}

/// The same with ways onward of its own, each an address and its label.
pub fn page_leading(status: StatusCode, title: &str, text: &str, onward: &[(&str, &str)]) -> Response {
    let page = ErrorPage {
        status: status.as_u16(),
        title: title.into(),
        text: text.into(),
        onward: onward.iter().map(|(to, label)| ((*to).into(), (*label).into())).collect(),
        request_id: REQUEST_ID_MARK.into(),
    };
    match page.render() {
        Ok(html) => unfinished((status, Html(html)).into_response()),
        Err(_) => (status, "Something went wrong, and so did the page that would say so.").into_response(),
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => page_leading(
                StatusCode::NOT_FOUND,
                "There is no such page",
                "It may have been deleted, or the address was mistyped.",
                &[("/bin", "Look in the bin"), ("/", "Go to Today")],
            ),
            Self::Forbidden(why) => page(StatusCode::FORBIDDEN, "You can't change that", why),
            Self::Invalid(why) => page(StatusCode::BAD_REQUEST, "That could not be understood", &why),
            Self::TooLarge => page(
                StatusCode::PAYLOAD_TOO_LARGE,
                "That is too much at once",
                "Nothing was saved. Go back, where your browser still has it, and send it in smaller parts. Files may have up to 64 MiB.",
            ),
            Self::TooMany { retry_after } => {
                let minutes = (retry_after + 59).max(60) / 60;
                let unit = if minutes == 1 { "minute" } else { "minutes" };
                let mut response = page(
                    StatusCode::TOO_MANY_REQUESTS,
                    "Too many attempts",
                    &format!("Wait {minutes} {unit}, then try again."),
                );
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after.max(1)));
                response
            }
            Self::Busy => unavailable("Busy for a moment", "Nothing was saved. Try again in a few seconds.", 2),
            Self::Away(cause) => because(Self::Busy.into_response(), cause.into()),
            Self::Unanswered(cause) => {
                let response = unavailable(
                    "No answer in time",
                    "Try again in a few seconds. If you were saving something, look first whether it is there.",
                    2,
                );
                match cause {
                    Some(cause) => because(response, cause.into()),
                    None => response,
                }
            }
            Self::DiskFull(cause) => because(
                unavailable(
                    "The disk of the database is full",
                    "Nothing was saved. The person who runs this Inroad has to make room; until then you can read everything.",
                    60,
                ),
                cause.into(),
            ),
            Self::Internal(cause) => because(
                page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something went wrong here",
                    "It's not your fault, and it's in the log. What you saved before is safe; try again.",
                ),
                cause,
            ),
        }
    }
}

fn unavailable(title: &str, text: &str, retry_after: u32) -> Response {
    let mut response = page(StatusCode::SERVICE_UNAVAILABLE, title, text);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    response
}

fn because(mut response: Response, cause: anyhow::Error) -> Response {
    response.extensions_mut().insert(Cause(std::sync::Arc::new(cause)));
    response
}
