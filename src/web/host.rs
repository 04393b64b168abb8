//! By which name Inroad is asked for: only its own is answered. A page of someone else's name that is made to point here would
//! otherwise count as ours.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use url::{Host, Url};

use crate::config::{Config, is_loopback_name};
use crate::error;

/// The names Inroad goes by: the configured address; without one, every name of this machine that nobody else can give it.
#[derive(Debug, Clone)]
pub struct OwnHost {
    url: Option<Url>,
    listen: SocketAddr,
}

impl OwnHost {
    /// Of an installation.
    pub fn of(config: &Config) -> Self {
        Self { url: config.url.clone(), listen: config.listen }
    }

    fn is_own(&self, asked: &Url) -> bool {
        match &self.url {
            // A proxy may leave the port out; another port is another address.
            Some(own) => {
                own.host() == asked.host() && asked.port().is_none_or(|port| Some(port) == own.port_or_known_default())
            }
            None => match asked.host() {
                Some(Host::Domain(name)) => is_loopback_name(name),
                Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
                None => false,
            },
        }
    }
}

/// The address a request was sent to, by its one `Host` and, where it stands in full, its request line.
pub fn asked(uri: &Uri, headers: &HeaderMap) -> Option<Url> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok().filter(|_| hosts.next().is_none())?;
    if uri.authority().is_some_and(|line| !line.as_str().eq_ignore_ascii_case(host)) {
        return None;
    }
    if host.contains(['/', '\\', '?', '#', '@']) || host.chars().any(char::is_whitespace) {
        return None;
    }
    Url::parse(&format!("http://{host}/")).ok()
}

/// The address people reach this installation by, without a slash at its end: as configured, else as this request did, whose
/// host was looked at before it came here; where there is no request, where it listens.
pub fn base(config: &Config, headers: &HeaderMap) -> String {
    let asked = || asked(&Uri::default(), headers).map(|asked| asked.to_string());
    let address = config.url.as_ref().map(Url::to_string).or_else(asked);
    address.map_or_else(|| format!("http://{}", config.listen), |address| address.trim_end_matches('/').to_owned())
}

/// The layer. Whether the program lives and is ready is answered by any name, and files that anybody may read are, too.
pub async fn check(State(own): State<Arc<OwnHost>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if matches!(path, "/healthz" | "/readyz") || path.starts_with("/static/") {
        return next.run(request).await;
    }
    match asked(request.uri(), request.headers()) {
        Some(asked) if own.is_own(&asked) => next.run(request).await,
        Some(asked) => elsewhere(&own, &asked, &request),
        None => error::page(
            StatusCode::BAD_REQUEST,
            "That could not be understood",
            "A request names the host it is for, once. This one did not.",
        ),
    }
}

/// Says where Inroad is.
fn elsewhere(own: &OwnHost, asked: &Url, request: &Request) -> Response {
    let name = asked.host_str().unwrap_or_default();
    let (text, to) = match &own.url {
        Some(url) => {
            let proxy = match asked.host() {
                Some(Host::Domain(name)) if !is_loopback_name(name) => "",
                _ => " If a proxy stands in front of it, the proxy must pass the Host header on.",
            };
            let mut to = url.clone();
            if matches!(*request.method(), Method::GET | Method::HEAD) {
                to.set_path(request.uri().path());
                to.set_query(request.uri().query());
            }
            (format!("This Inroad is at {}, not at {name}.{proxy}", plain(url)), Some(to))
        }
        None => {
            let to = own.listen.ip().is_loopback().then(|| {
                let port = asked.port().unwrap_or(own.listen.port());
                Url::parse(&format!("http://{}/", SocketAddr::new(own.listen.ip(), port))).ok()
            });
            let text = format!(
                "This Inroad does not know that it is called {name}. The person who runs it can start it with INROAD_URL set to \
                 the address \
                 you opened. Until then, open it by its number, such as 127.0.0.1 on the machine it runs on."
            );
            (text, to.flatten())
        }
    };
    let onward = to.map(|to| (to.to_string(), format!("Open {}", plain(&to))));
    let onward: Vec<_> = onward.iter().map(|(to, label)| (to.as_str(), label.as_str())).collect();
    error::page_leading(StatusCode::MISDIRECTED_REQUEST, "Inroad is at another address", &text, &onward)
}

/// An address as people write it: scheme, host and port.
pub fn plain(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str) -> OwnHost {
        OwnHost { url: Url::parse(url).ok(), listen: "127.0.0.1:3000".parse().unwrap() }
    }

    fn sent(hosts: &[&str], line: &str) -> Option<Url> {
        let headers = hosts.iter().map(|host| (header::HOST, host.parse().unwrap())).collect();
        asked(&line.parse().unwrap(), &headers)
    }

    #[test]
    fn the_configured_address_is_ours_and_no_other() {
        for (url, host, ours) in [
            ("https://inroad.example", "inroad.example", true),
            ("https://inroad.example", "INROAD.example", true),
            ("https://inroad.example", "inroad.example:443", true),
            ("https://inroad.example", "inroad.example:8443", false),
            ("https://inroad.example", "inroad.example.evil.example", false),
            ("https://inroad.example", "evil.example", false),
            ("https://inroad.example", "127.0.0.1:3000", false),
            ("https://inroad.example:8443", "inroad.example:8443", true),
            ("https://inroad.example:8443", "inroad.example", true),
            ("https://b\u{fc}cher.example", "xn--bcher-kva.example", true),
            ("http://[::1]:3000", "[::1]:3000", true),
            ("http://127.0.0.1:3000", "localhost:3000", false),
        ] {
            assert_eq!(own(url).is_own(&sent(&[host], "/").unwrap()), ours, "{url} asked as {host}");
        }
    }

    #[test]
    fn without_one_the_names_of_this_machine_and_numbers_are_ours() {
        for (host, ours) in [
            ("localhost:3000", true),
            ("inroad.localhost", true),
            ("127.0.0.1:3000", true),
            ("192.0.2.7", true),
            ("[2001:db8::7]:3000", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("evil-localhost", false),
            ("nas:3000", false),
        ] {
            assert_eq!(own("").is_own(&sent(&[host], "/").unwrap()), ours, "{host}");
        }
    }

    #[test]
    fn one_host_is_named_and_it_is_a_host() {
        for hosts in [
            &[][..],
            &["a.example", "a.example"],
            &["a.example/x"],
            &["me@a.example"],
            &["a b"],
            &[""],
            &["a.example:x"],
        ] {
            assert_eq!(sent(hosts, "/"), None, "{hosts:?}");
        }
        assert_eq!(sent(&["a.example"], "http://b.example/"), None);
        assert!(sent(&["a.example"], "http://A.example/").is_some());
    }
}
