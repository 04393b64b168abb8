//! Writing: what a program asks for, done by what the pages do it with, and answered with what was done and how it is undone.

use std::future::Future;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::answer::Undo;
use super::things::Thing;
use crate::accounts::programs::once::Once;
use crate::accounts::programs::queries::answers::Answer;
use crate::accounts::programs::writer::{Work, Writer};
use crate::error::Error;
use crate::web::etag;
use crate::web::problem::Problem;

/// Something a program asks to be written: its type is what it sends.
pub trait Deed: DeserializeOwned + JsonSchema + Send + 'static {
    /// What it is done to.
    type Of: Send;

    /// Does it.
    ///
    /// # Errors
    /// What would be right.
    fn carry_out(self, of: Self::Of, work: &mut Work<'_>) -> impl Future<Output = Result<Wrote, Problem>> + Send;
}

/// What was written.
#[derive(Debug)]
pub struct Wrote {
    /// Which thing of which kind, where it is one that can be read.
    pub of: Option<(Thing, Uuid)>,
    /// It was not there before.
    pub is_new: bool,
    /// What was done, in words.
    pub said: String,
    /// How it is undone.
    pub undo: Option<Undo>,
}

impl Wrote {
    /// Something new: it is undone by being put in the bin.
    pub fn added(thing: Thing, id: Uuid, said: impl Into<String>) -> Self {
        let undo = Some(Undo::by("DELETE", thing.path_of(id)));
        Self { of: Some((thing, id)), is_new: true, said: said.into(), undo }
    }

    /// Something that was changed.
    pub fn changed(thing: Thing, id: Uuid, said: impl Into<String>, undo: Option<Undo>) -> Self {
        Self { of: Some((thing, id)), is_new: false, said: said.into(), undo }
    }

    /// Something that was put in the bin: it is undone by being taken out.
    pub fn binned(thing: Thing, id: Uuid, said: impl Into<String>) -> Self {
        Self::changed(thing, id, said, Some(Undo::by("POST", format!("{}/restorations", thing.path_of(id)))))
    }

    /// Something that was taken out of the bin: it is undone by being put there.
    pub fn restored(thing: Thing, id: Uuid, said: impl Into<String>) -> Self {
        Self::changed(thing, id, said, Some(Undo::by("DELETE", thing.path_of(id))))
    }

    /// The answer, with the thing as it stands now.
    async fn answer(&self, work: &mut Work<'_>) -> Result<Answer, Problem> {
        let by = work.by.into();
        let item = match self.of {
            Some((thing, id)) => thing.read(work.db(), by, id).await?,
            None => None,
        };
        let raw = item.clone().map(RawValue::from_string).transpose().map_err(|e| Error::Internal(e.into()))?;
        let body = Body { said: &self.said, item: raw, undo: self.undo.as_ref() };
        Ok(Answer {
            status: if self.is_new { 201 } else { 200 },
            etag: item.map(|item| etag::of(item.as_bytes())),
            location: self.of.filter(|_| self.is_new).map(|(thing, id)| thing.path_of(id)),
            body: serde_json::to_string(&body).map_err(|e| Error::Internal(e.into()))?,
        })
    }
}

/// As [`super::answer::Written`], with the thing as it was read.
#[derive(serde::Serialize)]
struct Body<'a> {
    said: &'a str,
    item: Option<Box<RawValue>>,
    undo: Option<&'a Undo>,
}

/// What is asked: the deed, and the key that makes it one.
pub struct Asked<D> {
    /// The deed.
    pub deed: D,
    once: Option<Once>,
}

impl<S: Send + Sync, D: Deed> FromRequest<S> for Asked<D> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let headers = request.headers().clone();
        let bytes = axum::body::Bytes::from_request(request, state).await.map_err(|_| Error::TooLarge)?;
        let once = Once::of(&headers, &[method.as_str().as_bytes(), path.as_bytes(), &bytes])?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        if !bytes.is_empty() && !is_json(&headers) {
            let detail = "Send JSON, and say so: Content-Type: application/json.";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        Ok(Self { deed: read(text)?, once })
    }
}

/// Reads a deed as it was sent.
///
/// # Errors
/// Where it is no JSON, or has what the deed has not.
pub fn read<D: Deed>(text: &[u8]) -> Result<D, Problem> {
    if text.trim_ascii_start().first() == Some(&b'[') {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "This body cannot be read: send a JSON object."));
    }
    serde_json::from_slice(text).map_err(|error| {
        let status = if error.is_data() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
        Problem::new(status, format!("This body cannot be read: {error}."))
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The version of a thing a change is made of: `If-Match`, which every change needs.
#[derive(Debug, Clone)]
pub struct Matching(String);

impl<S: Send + Sync> FromRequestParts<S> for Matching {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let sent = parts.headers.get(header::IF_MATCH).and_then(|sent| sent.to_str().ok());
        sent.map(|sent| Self(sent.to_owned())).ok_or_else(|| {
            Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "Send If-Match with the ETag of what you read, so that nobody's change is lost.",
            )
        })
    }
}

impl Matching {
    /// That the thing is as it was read.
    ///
    /// # Errors
    /// Where it is gone or was changed since, and the database's.
    pub async fn holds(&self, work: &mut Work<'_>, thing: Thing, id: Uuid) -> Result<(), Problem> {
        let by = work.by.into();
        let item = thing.read(work.db(), by, id).await?.ok_or_else(Problem::not_found)?;
        let tag = etag::of(item.as_bytes());
        let is_it = |sent: &str| sent.trim() == "*" || sent.trim() == tag;
        if self.0.split(',').any(is_it) { Ok(()) } else { Err(Problem::changed_since()) }
    }
}

/// Does what is asked, once, and answers.
///
/// # Errors
/// What would be right.
pub async fn answer<D: Deed>(mut writer: Writer, of: D::Of, asked: Asked<D>) -> Result<Response, Problem> {
    let mut work = writer.begin().await?;
    let Asked { deed, once } = asked;
    if let Some(once) = &once
        && let Some(before) = once.claim(&mut work).await?
    {
        return Ok(respond(before));
    }
    let wrote = deed.carry_out(of, &mut work).await?;
    let answer = wrote.answer(&mut work).await?;
    if let Some(once) = &once {
        once.keep(&mut work, &answer).await?;
    }
    work.commit().await?;
    Ok(respond(answer))
}

/// Does what is asked for someone who sends no headers.
///
/// # Errors
/// What would be right.
pub async fn carry_out<D: Deed>(mut writer: Writer, of: D::Of, deed: D) -> Result<Wrote, Problem> {
    let mut work = writer.begin().await?;
    let wrote = deed.carry_out(of, &mut work).await?;
    work.commit().await?;
    Ok(wrote)
}

fn respond(answer: Answer) -> Response {
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (status.unwrap_or(StatusCode::OK), kind, answer.body).into_response();
    for (name, value) in [(header::ETAG, answer.etag), (header::LOCATION, answer.location)] {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
