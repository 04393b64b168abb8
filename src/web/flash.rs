//! One sentence carried over a redirect: what was just done, and how to take it back.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};

use super::cookies::{Cookies, Kind};

/// How long a sentence waits for its page.
const SECONDS: i64 = 60;

/// What was just done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Flash {
    /// The sentence.
    pub text: String,
    /// A path to post to, which takes it back.
    pub undo: Option<String>,
}

/// A redirect after a form, with or without a sentence.
pub struct Done {
    to: String,
    flash: Option<Flash>,
}

impl Done {
    /// Goes to `to`.
    pub fn to(to: impl Into<String>) -> Self {
        Self { to: to.into(), flash: None }
    }

    /// Says what was done.
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.flash = Some(Flash { text: text.into(), undo: None });
        self
    }

    /// Offers to take it back by posting to `path`.
    pub fn undo(mut self, path: impl Into<String>) -> Self {
        if let Some(flash) = &mut self.flash {
            flash.undo = Some(path.into());
        }
        self
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.to).into_response();
        if let Some(flash) = self.flash {
            response.extensions_mut().insert(flash);
        }
        response
    }
}

/// The sentence left by the request before this one.
pub fn read(cookies: &Cookies, headers: &HeaderMap) -> Option<Flash> {
    serde_html_form::from_str(&cookies.read(headers, Kind::Flash)?).ok()
}

/// The layer that hands a sentence on to the next page, and forgets it once a page has shown it.
pub async fn carry(State(cookies): State<Cookies>, request: Request, next: Next) -> Response {
    let had = request.method().is_safe() && cookies.read(request.headers(), Kind::Flash).is_some();
    let mut response = next.run(request).await;
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    let said = response.extensions().get::<Flash>().and_then(|flash| serde_html_form::to_string(flash).ok());
    if let Some(said) = said {
        response.headers_mut().append(header::SET_COOKIE, cookies.set(Kind::Flash, said, SECONDS));
    } else if had && is_page {
        response.headers_mut().append(header::SET_COOKIE, cookies.end(Kind::Flash));
    }
    response
}
