//! Cookies: names, flags and signatures, in this one place.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, CookieJar, Key, SameSite, time::Duration};

/// The cookies there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The token of a session. It needs no signature: only its hash is known here.
    Session,
    /// What a browser is known by that someone logged in on. It needs none either.
    Device,
    /// A login whose second step is still to come. It needs none either.
    HalfLogin,
    /// What a browser is known by that is not asked for the second step. It needs none either.
    Remembered,
    /// An answer that is waited for. It needs none either.
    Ceremony,
    /// One sentence for the next page.
    Flash,
    /// A list gone through.
    Run,
    /// How lists were looked at last.
    Lists,
}

impl Kind {
    /// `__Host-` binds a cookie to this very host, where https lets it.
    fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-inroad",
            (Self::Session, false) => "inroad",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::HalfLogin, true) => "__Host-half",
            (Self::HalfLogin, false) => "half",
            (Self::Remembered, true) => "__Host-remembered",
            (Self::Remembered, false) => "remembered",
            (Self::Ceremony, true) => "__Host-ceremony",
            (Self::Ceremony, false) => "ceremony",
            (Self::Flash, true) => "__Host-flash",
            (Self::Flash, false) => "flash",
            (Self::Run, true) => "__Host-run",
            (Self::Run, false) => "run",
            (Self::Lists, true) => "__Host-lists",
            (Self::Lists, false) => "lists",
        }
    }

    fn is_signed(self) -> bool {
        !matches!(self, Self::Session | Self::Device | Self::HalfLogin | Self::Remembered | Self::Ceremony)
    }
}

/// Reads and writes cookies as this installation does.
#[derive(Clone)]
pub struct Cookies {
    https: bool,
    key: Key,
}

impl Cookies {
    /// For an installation that is reached by https, or not, and signs with `secret`.
    pub fn new(https: bool, secret: &[u8; 64]) -> Self {
        Self { https, key: key(secret, "cookies") }
    }

    /// The value of a cookie, if the browser sent one and its signature is ours.
    pub fn read(&self, headers: &HeaderMap, kind: Kind) -> Option<String> {
        let name = kind.name(self.https);
        let sent = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let found = sent
            .flat_map(|line| Cookie::split_parse_encoded(line.to_owned()))
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name)?;
        let value = if kind.is_signed() { CookieJar::new().signed(&self.key).verify(found)? } else { found };
        Some(value.value().to_owned()).filter(|value| !value.is_empty())
    }

    /// The header that has the browser keep a value for so many seconds.
    pub fn set(&self, kind: Kind, value: impl Into<String>, seconds: i64) -> HeaderValue {
        let cookie = self.flags(kind, value.into(), seconds);
        let mut jar = CookieJar::new();
        if kind.is_signed() {
            jar.signed_mut(&self.key).add(cookie);
        } else {
            jar.add(cookie);
        }
        written(jar.get(kind.name(self.https)))
    }

    /// The header that has the browser forget it.
    pub fn end(&self, kind: Kind) -> HeaderValue {
        written(Some(&self.flags(kind, String::new(), 0)))
    }

    fn flags(&self, kind: Kind, value: String, seconds: i64) -> Cookie<'static> {
        Cookie::build((kind.name(self.https), value))
            .path("/")
            .max_age(Duration::seconds(seconds))
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.https)
            .build()
    }
}

/// What is signed for one purpose is worth nothing for another.
pub(super) fn key(secret: &[u8; 64], purpose: &str) -> Key {
    Key::derive_from(&[secret.as_slice(), purpose.as_bytes()].concat())
}

fn written(cookie: Option<&Cookie<'_>>) -> HeaderValue {
    let text = cookie.map(|cookie| cookie.encoded().to_string()).unwrap_or_default();
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent_back(set: &HeaderValue) -> HeaderMap {
        let pair = set.to_str().unwrap().split(';').next().unwrap();
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&format!("a=b; {pair}; c=d")).unwrap())])
    }

    #[test]
    fn what_was_set_is_read_back_whatever_it_says() {
        for https in [true, false] {
            let ours = Cookies::new(https, &[7; 64]);
            for kind in [Kind::Session, Kind::Device, Kind::Flash, Kind::Run, Kind::Lists] {
                let set = ours.set(kind, "Grace; Hopper = \u{1f600} \"x\"\r\n, %41", 60);
                assert_eq!(
                    ours.read(&sent_back(&set), kind).as_deref(),
                    Some("Grace; Hopper = \u{1f600} \"x\"\r\n, %41")
                );
                assert_eq!(ours.read(&sent_back(&ours.end(kind)), kind), None);
            }
        }
    }

    #[test]
    fn by_https_every_cookie_is_bound_to_the_host() {
        for kind in [Kind::Session, Kind::Device, Kind::Flash, Kind::Run, Kind::Lists] {
            let set = Cookies::new(true, &[7; 64]).set(kind, "x", 60);
            let set = set.to_str().unwrap();
            assert!(set.starts_with("__Host-"), "{set}");
            for flag in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=60"] {
                assert!(set.contains(&format!("; {flag}")), "{flag} in {set}");
            }
            assert!(!set.contains("Domain"), "{set}");
            let plain = Cookies::new(false, &[7; 64]).set(kind, "x", 60);
            assert!(!plain.to_str().unwrap().contains("Secure"));
        }
    }

    #[test]
    fn what_somebody_else_wrote_or_changed_counts_for_nothing() {
        let ours = Cookies::new(false, &[7; 64]);
        for kind in [Kind::Flash, Kind::Run, Kind::Lists] {
            let theirs = Cookies::new(false, &[8; 64]).set(kind, "text=Planted", 60);
            assert_eq!(ours.read(&sent_back(&theirs), kind), None);
            let plain = HeaderValue::from_str(&format!("{}=text%3DPlanted", kind.name(false))).unwrap();
            assert_eq!(ours.read(&sent_back(&plain), kind), None);
            let changed = ours.set(kind, "text=Saved", 60).to_str().unwrap().replace("Saved", "Gone!");
            assert_eq!(ours.read(&sent_back(&HeaderValue::from_str(&changed).unwrap()), kind), None);
        }
    }
}
