//! A template as a response.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::tight::tight;
use crate::error::Error;

/// A page of a signed-in or signed-out person; never kept by a cache.
pub struct Page<T>(StatusCode, T);

impl<T: Template> Page<T> {
    /// The page as asked for.
    pub fn ok(template: T) -> Self {
        Self(StatusCode::OK, template)
    }

    /// The form again, with what was wrong.
    pub fn unprocessable(template: T) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, template)
    }

    /// The form again, because someone else saved in between.
    pub fn conflict(template: T) -> Self {
        Self(StatusCode::CONFLICT, template)
    }

    /// With any other status.
    pub fn with_status(status: StatusCode, template: T) -> Self {
        Self(status, template)
    }
}

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.1.render() {
            Ok(html) => {
                let mut response = (self.0, Html(tight(&html))).into_response();
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response
            }
            Err(error) => Error::from(error).into_response(),
        }
    }
}
