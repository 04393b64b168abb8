//! Answers: JSON with a tag, a page at a time.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use url::form_urlencoded;
use uuid::Uuid;

use crate::web::etag;
use crate::web::list::address;
use crate::web::problem::Problem;

/// Most things on one page.
const MOST: i64 = 200;
/// Things on one page where nothing else is said.
const USUAL: i64 = 50;

/// Which page of a list: after which thing it begins, and how many it has.
#[derive(Debug, Clone, Copy)]
pub struct PageOf {
    pub after: Option<Uuid>,
    pub limit: i64,
}

impl PageOf {
    /// As the query of an address says it. Programs write it, so what cannot be meant is refused.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse(query: Option<&str>) -> Result<Self, Problem> {
        let wrong = |detail| Problem::new(StatusCode::BAD_REQUEST, detail);
        let mut page = Self { after: None, limit: USUAL };
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match &*name {
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| (1..=MOST).contains(limit));
                    page.limit = limit.ok_or_else(|| wrong("'limit' is a number from 1 to 200."))?;
                }
                "after" => {
                    let after = value.parse().map_err(|_| wrong("'after' is the id of a thing."))?;
                    page.after = Some(after);
                }
                _ => {}
            }
        }
        Ok(page)
    }
}

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Listed<T> {
    /// The things, in the order of their making.
    pub items: Vec<T>,
    /// The address of the next page; null on the last.
    pub next: Option<String>,
}

impl<T: Serialize> Listed<T> {
    /// Of one thing more than the page has, where there is one.
    pub fn new(mut items: Vec<T>, page: PageOf, path: &str, id: impl Fn(&T) -> Uuid) -> Self {
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let is_more = items.len() > limit;
        items.truncate(limit);
        let next = items
            .last()
            .filter(|_| is_more)
            .map(|last| address(path, &[("after", id(last).to_string()), ("limit", page.limit.to_string())]));
        Self { items, next }
    }
}

/// How something that was written is undone: a call that does it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Undo {
    /// Its method.
    pub method: &'static str,
    /// Its address.
    pub path: String,
    /// What to send with it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Map<String, Value>>,
}

impl Undo {
    /// By this call, which needs no body.
    pub fn by(method: &'static str, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None }
    }

    /// With this body.
    pub fn sending(self, body: Map<String, Value>) -> Self {
        Self { body: Some(body), ..self }
    }
}

/// What was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Written<T> {
    /// What was done, in words.
    pub said: String,
    /// It as it stands now; null where it is in the bin.
    pub item: Option<T>,
    /// How it is undone; null where there is nothing to undo.
    pub undo: Option<Undo>,
}

/// The answer, or 304 to whoever has it already.
pub fn answer(asked: &HeaderMap, what: &impl Serialize) -> Response {
    let Ok(text) = serde_json::to_string(what) else {
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "This cannot be written as JSON.").into_response();
    };
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    etag::answer(asked, text.as_bytes(), |tagged| (tagged, kind, text.clone()).into_response())
}
