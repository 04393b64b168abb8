//! Links that lead where a coach would be refused. The pages are the seeker's own, and link as they do for the seeker; here,
//! for all of them and by the route table, such a link leads nowhere: the name of something stays to be read, anything else is
//! not shown.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use memchr::{memchr, memmem};

use super::made_for::rewritten;
use crate::access::Scope;

/// How much of a search the page is drawn for: left on the request by whoever knows, for the layer.
#[derive(Clone, Default)]
pub struct DrawnWithin(Arc<OnceLock<Scope>>);

impl DrawnWithin {
    /// A coach of that scope sees it.
    pub fn set(&self, scope: Scope) {
        let _ = self.0.set(scope);
    }
}

/// Whether a path is refused to a coach of a scope.
#[derive(Clone, Copy)]
pub struct Refuses(pub fn(&str, Scope) -> bool);

/// The layer that takes such links out of the pages of coaches.
pub async fn lead_nowhere(State(Refuses(refuses)): State<Refuses>, mut request: Request, next: Next) -> Response {
    let drawn = DrawnWithin::default();
    request.extensions_mut().insert(drawn.clone());
    let response = next.run(request).await;
    // Behind an error there is one way, and it is open.
    let is_theirs = matches!(response.status().as_u16(), 200 | 409 | 422);
    let Some(&scope) = drawn.0.get().filter(|_| is_theirs) else { return response };
    rewritten(response, |html| without(html, |path| refuses(path, scope))).await
}

/// The page without the links to refused paths. Templates write an attribute in one way, and what people typed is escaped.
fn without(html: &[u8], refused: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut left = Vec::with_capacity(html.len() + html.len() / 16);
    let mut copied = 0;
    for at in memmem::find_iter(html, "<a") {
        let end = memchr(b'>', &html[at..]).map_or(html.len(), |end| at + end);
        let Some(href) = href_of(&html[at..end]).filter(|href| refused(href.path)) else { continue };
        let inside = &html[end..memmem::find(&html[end..], b"</a").map_or(html.len(), |close| end + close)];
        let is_name = memmem::find(&html[at..end], b" class=\"").is_none()
            && [&html[at..end], inside].iter().any(|part| is_typed(part));
        if is_name {
            left.extend_from_slice(&html[copied..at + href.start - 1]);
            copied = at + href.end;
        } else {
            left.extend_from_slice(&html[copied..at + href.start]);
            left.extend_from_slice(b"hidden ");
            copied = at + href.start;
        }
    }
    left.extend_from_slice(&html[copied..]);
    left
}

/// Whether words somebody typed are in it: those have a direction of their own.
fn is_typed(html: &[u8]) -> bool {
    memmem::find(html, b"dir=\"auto\"").is_some() || memmem::find(html, b"<bdi").is_some()
}

/// Where a link leads to.
struct Href<'a> {
    /// Without the query.
    path: &'a str,
    /// Where the attribute stands in the tag, behind white space.
    start: usize,
    end: usize,
}

/// Where the link of an opening tag leads to, if that is a path here.
fn href_of(tag: &[u8]) -> Option<Href<'_>> {
    const HREF: &[u8] = b"href=\"/";
    if !tag.get(2)?.is_ascii_whitespace() {
        return None;
    }
    let name = memmem::find_iter(tag, HREF).find(|at| tag[at - 1].is_ascii_whitespace())?;
    let value = name + HREF.len() - 1;
    let end = value + memchr(b'"', &tag[value..])?;
    let path = tag[value..end].split(|byte| matches!(byte, b'?' | b'#')).next()?;
    Some(Href { path: std::str::from_utf8(path).ok()?, start: name, end: end + 1 })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_refused_link_is_not_shown_and_a_name_leads_nowhere() {
        let without = |html: &str| {
            let left = super::without(html.as_bytes(), |path| path.starts_with("/secret"));
            String::from_utf8(left).unwrap()
        };
        for (html, left) in [
            (r#"<a href="/secret">Go</a>"#, r#"<a hidden href="/secret">Go</a>"#),
            (r#"<a class="btn" href="/secret/1?a=b">Go</a>"#, r#"<a class="btn" hidden href="/secret/1?a=b">Go</a>"#),
            (r#"<a href="/secret/1" dir="auto">A title</a>"#, r#"<a dir="auto">A title</a>"#),
            (r#"<a href="/secret#x"><bdi>Ada</bdi></a>"#, "<a><bdi>Ada</bdi></a>"),
            (
                "<a class=\"btn\"\n  href=\"/secret\">To <bdi>Ada</bdi></a>",
                "<a class=\"btn\"\n  hidden href=\"/secret\">To <bdi>Ada</bdi></a>",
            ),
        ] {
            assert_eq!(without(html), left);
            assert_eq!(without(&html.repeat(2)), left.repeat(2));
        }
        for kept in [
            r#"<a href="/open?next=/secret">Go</a>"#,
            r##"<a href="#secret">Go</a>"##,
            r#"<a data-href="/secret" href="/open">Go</a>"#,
            r#"<abbr href="/secret">Go</abbr>"#,
            "&lt;a href=&quot;/secret&quot;>",
            "<a",
        ] {
            assert_eq!(without(kept), kept);
        }
    }
}
