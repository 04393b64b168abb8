//! One sentence carried over a redirect: what was just done, and how to take it back.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};

const COOKIE: &str = "flash";

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
        if let Some(cookie) = self.flash.and_then(|flash| serde_html_form::to_string(&flash).ok()) {
            let cookie = format!("{COOKIE}={cookie}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// The sentence left by the request before this one.
pub fn read(headers: &HeaderMap) -> Option<Flash> {
    serde_html_form::from_str(cookie(headers, COOKIE)?).ok()
}

/// The header that forgets the sentence once it was shown.
fn forget() -> HeaderValue {
    HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// The value of one cookie, as sent.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The layer that forgets a sentence once a page has shown it.
pub async fn forget_shown(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    let had = request.method().is_safe() && cookie(request.headers(), COOKIE).is_some_and(|value| !value.is_empty());
    let mut response = next.run(request).await;
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if had && is_page {
        response.headers_mut().append(header::SET_COOKIE, forget());
    }
    response
}
