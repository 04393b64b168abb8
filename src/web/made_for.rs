//! Whose form it is. Every form of a signed-in page says for which account it was drawn, so that what one person typed is
//! never saved for another who signed in on the same browser meanwhile. The mark is put into the pages here, for all of
//! them, and taken out of what is sent before a handler sees it.

use std::sync::{Arc, OnceLock};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use cookie::{Cookie, CookieJar, Key};
use memchr::{memchr, memmem};
use percent_encoding::percent_decode;

use super::cookies;
use crate::ids::UserId;

/// The field that carries the mark.
pub const FIELD: &str = "form_of";
/// Letters of the signature before the account's id.
const SIGNATURE: usize = 44;
/// Bytes a page may have to be changed.
const MOST: usize = 64 << 20;

/// Makes and reads marks.
#[derive(Clone)]
pub struct Marks {
    key: Key,
}

impl Marks {
    /// Of an installation that signs with `secret`.
    pub fn new(secret: &[u8; 64]) -> Self {
        Self { key: cookies::key(secret, "forms") }
    }

    /// The mark of an account's forms.
    pub fn of(&self, account: UserId) -> String {
        let mut jar = CookieJar::new();
        jar.signed_mut(&self.key).add(Cookie::new(FIELD, account.to_string()));
        jar.get(FIELD).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
    }

    /// The account of a mark we made: whoever sends it had a page of that account.
    pub fn account(&self, mark: &str) -> Option<UserId> {
        CookieJar::new().signed(&self.key).verify(Cookie::new(FIELD, mark.to_owned()))?.value().parse().ok()
    }
}

/// The mark a form was sent with, on the request.
#[derive(Debug, Clone)]
pub struct MadeFor(pub String);

impl MadeFor {
    /// Whether it names that account.
    pub fn is(&self, account: UserId) -> bool {
        self.0.get(SIGNATURE..).and_then(|id| id.parse().ok()) == Some(account)
    }
}

/// Whose page is drawn: left on the request by whoever knows, for the layer.
#[derive(Clone, Default)]
pub struct DrawnFor(Arc<OnceLock<UserId>>);

impl DrawnFor {
    /// The page is that account's.
    pub fn set(&self, account: UserId) {
        let _ = self.0.set(account);
    }
}

/// The body without the field, and what stood in it, as often as it did.
pub(super) fn taken_out(body: Bytes) -> (Bytes, Vec<String>) {
    let start = format!("{FIELD}=");
    let mark = |pair: &[u8]| {
        let value = pair.strip_prefix(start.as_bytes())?;
        Some(percent_decode(value).decode_utf8_lossy().into_owned())
    };
    let marks: Vec<String> = body.split(|byte| *byte == b'&').filter_map(mark).collect();
    if marks.is_empty() {
        return (body, marks);
    }
    let others: Vec<&[u8]> = body.split(|byte| *byte == b'&').filter(|pair| mark(pair).is_none()).collect();
    (others.join(&b'&').into(), marks)
}

/// The layer that puts the mark into each form of a page, but for the one that ends whatever session there is.
pub async fn mark(State(marks): State<Marks>, mut request: Request, next: Next) -> Response {
    let drawn = DrawnFor::default();
    request.extensions_mut().insert(drawn.clone());
    let response = next.run(request).await;
    let Some(account) = drawn.0.get() else { return response };
    rewritten(response, |html| with_mark(html, &marks.of(*account))).await
}

/// An answer as it is, or, where it is a page, with what is made of it.
pub(super) async fn rewritten(response: Response, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Response {
    if !response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MOST).await else { return Response::from_parts(parts, Body::empty()) };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(change(&bytes)))
}

/// The page with the field right behind the opening tag of each form that is posted. Templates write such a tag in one
/// way, and what people typed is escaped.
fn with_mark(html: &[u8], mark: &str) -> Vec<u8> {
    let field = format!("<input type=\"hidden\" name=\"{FIELD}\" value=\"{mark}\">");
    let mut marked = Vec::with_capacity(html.len() + html.len() / 4);
    let mut copied = 0;
    for at in memmem::find_iter(html, "<form ") {
        let end = memchr(b'>', &html[at..]).map_or(html.len(), |end| at + end + 1);
        let says = |words: &str| memmem::find(&html[at..end], words.as_bytes()).is_some();
        if says("method=\"post\"") && !says("action=\"/logout\"") {
            marked.extend_from_slice(&html[copied..end]);
            marked.extend_from_slice(field.as_bytes());
            copied = end;
        }
    }
    marked.extend_from_slice(&html[copied..]);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_names_its_account_and_nobody_else_can_make_one() {
        let (marks, alice, bob) = (Marks::new(&[7; 64]), UserId::new(), UserId::new());
        let mark = marks.of(alice);
        assert_eq!(marks.account(&mark), Some(alice));
        assert!(MadeFor(mark.clone()).is(alice) && !MadeFor(mark.clone()).is(bob));
        let forged = mark.replace(&alice.to_string(), &bob.to_string());
        assert_eq!(marks.account(&forged), None);
        assert_eq!(marks.account(&Marks::new(&[8; 64]).of(alice)), None);
        for nonsense in ["", "x", &alice.to_string(), "\u{e9}".repeat(60).as_str()] {
            assert_eq!(marks.account(nonsense), None);
            assert!(!MadeFor(nonsense.into()).is(alice));
        }
    }

    #[test]
    fn the_mark_is_taken_out_wherever_it_stands() {
        for (sent, left, marks) in [
            ("a=1&form_of=x%2B%3D&b=2", "a=1&b=2", vec!["x+="]),
            ("form_of=x", "", vec!["x"]),
            ("form_of=x&a=form_of%3Dy", "a=form_of%3Dy", vec!["x"]),
            ("a=1", "a=1", vec![]),
            ("form_of=x&a=1&form_of=y", "a=1", vec!["x", "y"]),
        ] {
            let (body, found) = taken_out(Bytes::from(sent));
            assert_eq!((body.as_ref(), found), (left.as_bytes(), marks.into_iter().map(String::from).collect()));
        }
    }

    #[test]
    fn only_forms_that_are_posted_are_marked() {
        let field = "<input type=\"hidden\" name=\"form_of\" value=\"m\">";
        let posted = "<form class=\"x\" method=\"post\" action=\"/a\">";
        let with_mark = |html: &str| String::from_utf8(super::with_mark(html.as_bytes(), "m")).unwrap();
        assert_eq!(with_mark(&format!("<p>{posted}</form>")), format!("<p>{posted}{field}</form>"));
        assert_eq!(with_mark(&posted.repeat(2)), format!("{posted}{field}").repeat(2));
        for other in [
            "<form method=\"get\" action=\"/a\"></form>",
            "<form method=\"post\" action=\"/logout\"></form>",
            "&lt;form method=&quot;post&quot;>",
        ] {
            assert_eq!(with_mark(other), other);
        }
    }
}
