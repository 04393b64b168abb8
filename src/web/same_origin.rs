//! The guard against other sites' forms: an unsafe method is answered only when our own page sent it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use url::Url;

use super::host::plain;
use super::problem::is_of_programs;

/// What the guard compares with: the configured address, or nothing, when the request's own `Host` is taken.
#[derive(Debug, Clone)]
pub struct OwnOrigin(pub Option<Url>);

/// What the layer knows: our own address, and the paths besides those of programs to which a program may send a form that no page of
/// ours showed.
///
/// What is done there is proven by a token or by the address alone, so that no cookie counts; and a browser always says where a form
/// comes from, so that other sites' forms are refused there, too.
#[derive(Debug, Clone)]
pub struct Guard {
    pub own: OwnOrigin,
    pub programs: &'static [&'static str],
}

impl Guard {
    fn lets_in(&self, method: &Method, path: &str, headers: &HeaderMap) -> bool {
        let is_of_programs = is_of_programs(path) || self.programs.contains(&path);
        is_own(method, headers, &self.own) || (is_of_programs && !is_browsers(headers))
    }
}

/// Whether a request may have come from our own page.
///
/// `Sec-Fetch-Site` decides where it is sent; otherwise `Origin` must equal our own address; with neither, no.
pub fn is_own(method: &Method, headers: &HeaderMap, own: &OwnOrigin) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|v| v.to_str().ok()) else { return false };
    let Ok(origin) = Url::parse(origin) else { return false };
    match &own.0 {
        Some(own) => origin.origin() == own.origin(),
        None => {
            let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
            let own = host.and_then(|host| Url::parse(&format!("http://{host}")).ok());
            own.is_some_and(|own| own.origin() == origin.origin())
        }
    }
}

/// Whether it says from which page it comes, as browsers do.
fn is_browsers(headers: &HeaderMap) -> bool {
    headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN)
}

/// The layer.
pub async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let own = &guard.own;
    let unsafe_one = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if unsafe_one && let Some(url) = own.0.as_ref().filter(|url| is_without_https(request.headers(), url)) {
        let address = plain(url);
        let text = format!(
            "You opened Inroad without https, where your browser does not keep you logged in. Open {address} and log in there."
        );
        return leading(StatusCode::MISDIRECTED_REQUEST, "Open it by https", &text, &address);
    }
    if guard.lets_in(request.method(), request.uri().path(), request.headers()) {
        return next.run(request).await;
    }
    let (status, title) = (StatusCode::FORBIDDEN, "That came from somewhere else");
    match &own.0 {
        Some(url) => {
            let address = plain(url);
            let text =
                format!("Inroad only takes forms that its own pages sent. Open it at {address} and try again there.");
            leading(status, title, &text, &address)
        }
        None => crate::error::page(
            status,
            title,
            "Inroad only takes forms that its own pages sent. Open the page here and try again. If this comes again, the person \
             who runs Inroad has to set INROAD_URL to the address you opened.",
        ),
    }
}

fn leading(status: StatusCode, title: &str, text: &str, address: &str) -> Response {
    crate::error::page_leading(status, title, text, &[(&format!("{address}/"), &format!("Open {address}"))])
}

/// Whether a form comes from our own host, reached by http although the address is https: its cookies are not kept.
fn is_without_https(headers: &HeaderMap, own: &Url) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|value| Url::parse(value.to_str().ok()?).ok());
    own.scheme() == "https" && origin.is_some_and(|origin| origin.scheme() == "http" && origin.host() == own.host())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().filter_map(|(k, v)| Some((k.parse::<header::HeaderName>().ok()?, v.parse().ok()?))).collect()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let own = OwnOrigin(Url::parse("https://inroad.example").ok());
        for (sent, allowed) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://inroad.example")], false),
            (&[("origin", "https://inroad.example")], true),
            (&[("origin", "http://inroad.example")], false),
            (&[("origin", "https://inroad.example.evil.example")], false),
            (&[("origin", "https://inroad.example:8443")], false),
            (&[("origin", "null")], false),
            (&[], false),
        ] {
            assert_eq!(is_own(&Method::POST, &headers(sent), &own), allowed, "{sent:?}");
            assert!(is_own(&Method::GET, &headers(sent), &own), "{sent:?}");
        }
    }

    #[test]
    fn a_program_that_is_no_browser_may_send_what_its_address_proves_and_nothing_else() {
        let guard = Guard { own: OwnOrigin(Url::parse("https://inroad.example").ok()), programs: &["/ends"] };
        for (path, sent, allowed) in [
            ("/ends", &[][..], true),
            ("/ends", &[("origin", "https://evil.example")], false),
            ("/ends", &[("origin", "null")], false),
            ("/ends", &[("sec-fetch-site", "cross-site")], false),
            ("/ends", &[("sec-fetch-site", "same-origin")], true),
            ("/ends/more", &[], false),
            ("/settings", &[], false),
        ] {
            assert_eq!(guard.lets_in(&Method::POST, path, &headers(sent)), allowed, "{path} {sent:?}");
        }
    }

    #[test]
    fn without_a_configured_address_the_host_sent_to_is_ours() {
        let own = OwnOrigin(None);
        let at_home = [("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")];
        assert!(is_own(&Method::POST, &headers(&at_home), &own));
        let elsewhere = [("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3001")];
        assert!(!is_own(&Method::POST, &headers(&elsewhere), &own));
    }
}
