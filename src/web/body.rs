//! Bodies of forms are read, within their limit and time, before a database connection is taken for them.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::made_for::{self, MadeFor};
use crate::error::Error;

/// Bytes a form may have that anybody can send, and that any form may have without asking for room.
pub const SMALL: usize = 64 * 1024;
/// Seconds a form's body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);
/// Room for all forms beyond [`SMALL`] that are being read or answered, in pieces of that size: 64 MiB.
#[derive(Clone)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1024)))
    }
}

/// The bytes of a form whose fields take so many characters together. In UTF-8 a character has up to four bytes, and a
/// form writes each as three; names, ids, versions and choices come on top.
pub const fn bytes_of(characters: usize) -> usize {
    characters * 4 * 3 + SMALL
}

/// The body as sent, for a page that must give it back: the session may have ended while it was typed.
#[derive(Clone)]
pub struct Typed(pub Bytes);

/// Where the body is left for an answer that could not take it.
#[derive(Clone, Default)]
pub struct Left(pub Arc<OnceLock<Bytes>>);

/// Why a body was not read.
enum Refused {
    TooLarge,
    NoRoom,
    Broken,
}

/// Reads a form of at most `limit` bytes, as long as there is room for it. Multipart bodies pass by: their handler streams them under its own limit.
pub async fn read(limit: usize, all: Room, request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).map_or_else(Vec::new, |kind| kind.as_bytes().to_vec());
    if kind.starts_with(b"multipart/form-data") || request.method().is_safe() {
        return next.run(request).await;
    }
    let is_form = kind.starts_with(b"application/x-www-form-urlencoded");
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Error::TooLarge.into_response();
    }
    let (mut parts, body) = request.into_parts();
    let mut own = Vec::new();
    let bytes = match tokio::time::timeout(PATIENCE, collect(body, limit, &all, &mut own)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(Refused::TooLarge)) => return Error::TooLarge.into_response(),
        Ok(Err(Refused::NoRoom)) => return Error::Busy.into_response(),
        Ok(Err(Refused::Broken)) => return Error::Invalid("The form did not arrive whole.".into()).into_response(),
        Err(_) => return Error::Invalid("The form did not arrive within 30 seconds.".into()).into_response(),
    };
    if let Some(Left(left)) = parts.extensions.get() {
        let _ = left.set(bytes.clone());
    }
    let (bytes, mut made_for) = if is_form { made_for::taken_out(bytes) } else { (bytes, Vec::new()) };
    if let Some(mark) = made_for.pop() {
        parts.extensions.insert(MadeFor(mark));
    }
    if !made_for.is_empty() {
        return Error::Invalid("This form has a field twice. Load the page again.".into()).into_response();
    }
    parts.extensions.insert(Typed(bytes.clone()));
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    drop(own);
    response
}

/// A form there is no room for is read to its end all the same: a browser listens only then.
async fn collect(
    mut body: Body,
    limit: usize,
    all: &Room,
    own: &mut Vec<OwnedSemaphorePermit>,
) -> Result<Bytes, Refused> {
    let (mut bytes, mut length, mut fits) = (Vec::new(), 0, true);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Refused::Broken)?.into_data() else { continue };
        length += data.len();
        if length > limit {
            return Err(Refused::TooLarge);
        }
        while fits && length > (own.len() + 1) * SMALL {
            match all.0.clone().try_acquire_owned() {
                Ok(piece) => own.push(piece),
                Err(_) => fits = false,
            }
        }
        if fits {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
            own.clear();
        }
    }
    if fits { Ok(bytes.into()) } else { Err(Refused::NoRoom) }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use axum::http::StatusCode;
    use axum::routing::post;
    use axum::{Router, middleware};
    use hyper::body::Frame;
    use tower::ServiceExt;

    use super::*;

    /// A body of which one piece arrives, and then nothing.
    struct Unfinished(Option<Bytes>);

    impl hyper::body::Body for Unfinished {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            self.0.take().map_or(Poll::Pending, |data| Poll::Ready(Some(Ok(Frame::data(data)))))
        }
    }

    fn form(body: Body) -> Request {
        let kind = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        Request::post("/").header(kind.0, kind.1).body(body).unwrap()
    }

    #[tokio::test]
    async fn large_forms_share_one_room_and_small_ones_never_wait_for_it() {
        let room = Room(Arc::new(Semaphore::new(4)));
        let all = room.clone();
        let reading = move |request, next| read(8 * SMALL, all.clone(), request, next);
        let app = Router::new().route("/", post(async || ())).layer(middleware::from_fn(reading));
        let send = async |body: Body| app.clone().oneshot(form(body)).await.unwrap().status();

        let part = Bytes::from(vec![b'a'; 4 * SMALL]);
        let half = tokio::spawn(app.clone().oneshot(form(Body::new(Unfinished(Some(part))))));
        while room.0.available_permits() > 1 {
            tokio::task::yield_now().await;
        }
        assert_eq!(send(Body::from(vec![b'a'; 2 * SMALL])).await, StatusCode::OK, "one piece is left");
        assert_eq!(send(Body::from(vec![b'a'; 3 * SMALL])).await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(send(Body::from(vec![b'a'; SMALL])).await, StatusCode::OK, "asks for no room");
        half.abort();
        assert!(half.await.unwrap_err().is_cancelled());
        assert_eq!(send(Body::from(vec![b'a'; 5 * SMALL])).await, StatusCode::OK, "who leaves gives it back");
        assert_eq!(room.0.available_permits(), 4);
    }
}
