//! A program as it introduces itself: its name, and the addresses it may be answered at.

use url::{Host, Url};

use crate::text::Line;

/// Addresses one program may have.
const MOST: usize = 10;
/// Characters of one.
const LONGEST: usize = 2000;

/// Where a program is answered: https, or this very machine of the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Reads one.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok().filter(|_| text.len() <= LONGEST && text.is_ascii())?;
        let is_plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        let is_sound = url.scheme() == "https" && url.host().is_some() || is_of_this_machine(&url);
        (is_plain && is_sound).then(|| Self(text.to_owned()))
    }

    /// As it was written: it is compared letter by letter.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is one of those a program introduced itself with. A program on the person's own machine listens on another
    /// port each time (RFC 8252, 7.3).
    pub fn is_one_of(&self, known: &[String]) -> bool {
        known
            .iter()
            .any(|known| *known == self.0 || without_port(known).is_some_and(|it| without_port(&self.0) == Some(it)))
    }

    /// The host it leads to, as people know it.
    pub fn host(&self) -> String {
        let url = Url::parse(&self.0).ok();
        match url {
            Some(url) if is_of_this_machine(&url) => "a program on your own machine".into(),
            Some(url) => url.host_str().unwrap_or_default().to_owned(),
            None => String::new(),
        }
    }

    /// With these parameters in its query.
    pub fn with(&self, parameters: &[(&str, &str)]) -> String {
        match Url::parse(&self.0) {
            Ok(mut url) => {
                url.query_pairs_mut().extend_pairs(parameters);
                url.into()
            }
            Err(_) => self.0.clone(),
        }
    }
}

fn is_of_this_machine(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && is_loopback
}

/// An address of this machine without its port.
fn without_port(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok().filter(is_of_this_machine)?;
    url.set_port(None).ok()?;
    Some(url)
}

/// A program that can be let in.
#[derive(Debug)]
pub struct NewClient {
    /// What it calls itself.
    pub name: Line<100>,
    /// Where it may be answered.
    pub redirect_uris: Vec<RedirectUri>,
}

/// Why one cannot, by its name in RFC 7591, and in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("'client_name' is a name of at most 100 characters on one line")]
    Name,
    #[error(
        "'redirect_uris' are one to ten addresses of https, or of http on 127.0.0.1, [::1] or localhost, without a fragment"
    )]
    RedirectUris,
}

impl Unfit {
    /// As the registration is answered.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "invalid_client_metadata",
            Self::RedirectUris => "invalid_redirect_uri",
        }
    }
}

impl NewClient {
    /// Reads how a program introduces itself. One without a name goes by where it is answered.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(name: &str, redirect_uris: &[String]) -> Result<Self, Unfit> {
        let redirect_uris: Option<Vec<RedirectUri>> = redirect_uris.iter().map(|uri| RedirectUri::parse(uri)).collect();
        let redirect_uris = redirect_uris.filter(|uris| (1..=MOST).contains(&uris.len())).ok_or(Unfit::RedirectUris)?;
        let name = if name.trim().is_empty() { redirect_uris[0].host() } else { name.to_owned() };
        Ok(Self { name: Line::parse(&name).map_err(|_| Unfit::Name)?, redirect_uris })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_goes_to_https_or_to_this_machine() {
        for sound in [
            "https://app.example/callback",
            "https://app.example:8443/a?b=c",
            "http://127.0.0.1/callback",
            "http://127.0.0.1:33418/",
            "http://[::1]:1234/x",
            "http://localhost:8080/x",
        ] {
            assert_eq!(RedirectUri::parse(sound).map(|uri| uri.0), Some(sound.to_owned()));
        }
        for unsound in [
            "",
            "x",
            "/callback",
            "http://app.example/callback",
            "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example/",
            "https://app.example/#fragment",
            "https://ada@app.example/",
            "https://ada:secret@app.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "app://callback",
            "https://exämple.example/",
        ] {
            assert_eq!(RedirectUri::parse(unsound), None, "{unsound}");
        }
        assert_eq!(RedirectUri::parse(&format!("https://a.example/{}", "x".repeat(LONGEST))), None);
    }

    #[test]
    fn one_is_known_letter_by_letter_but_for_the_port_on_this_machine() {
        let known = ["https://app.example/callback".to_owned(), "http://127.0.0.1:1/cb".to_owned()];
        let is_known = |text: &str| RedirectUri::parse(text).unwrap().is_one_of(&known);
        for same in [
            "https://app.example/callback",
            "http://127.0.0.1:1/cb",
            "http://127.0.0.1:54321/cb",
            "http://127.0.0.1/cb",
        ] {
            assert!(is_known(same), "{same}");
        }
        for other in [
            "https://app.example/callback/",
            "https://app.example/Callback",
            "https://app.example/callback?x",
            "https://app.example:444/callback",
            "https://app.example.evil.example/callback",
            "http://localhost:1/cb",
            "http://127.0.0.1:1/cb2",
            "http://127.0.0.2:1/cb",
        ] {
            assert!(!is_known(other), "{other}");
        }
    }

    #[test]
    fn parameters_are_added_to_those_there_are() {
        let uri = RedirectUri::parse("https://app.example/a?b=c").unwrap();
        assert_eq!(uri.with(&[("code", "x y"), ("state", "&=")]), "https://app.example/a?b=c&code=x+y&state=%26%3D");
    }

    #[test]
    fn a_program_has_a_name_and_an_address() {
        let of = |name: &str, uris: &[&str]| {
            NewClient::parse(name, &uris.iter().map(|&uri| uri.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of("Assistant", &["https://a.example/"]).unwrap().name.as_str(), "Assistant");
        assert_eq!(of(" ", &["https://a.example/"]).unwrap().name.as_str(), "a.example");
        assert_eq!(of("A", &[]).unwrap_err(), Unfit::RedirectUris);
        assert_eq!(of("A", &["https://a.example/"; 11]).unwrap_err(), Unfit::RedirectUris);
        assert_eq!(of("A", &["https://a.example/", "http://a.example/"]).unwrap_err(), Unfit::RedirectUris);
        assert_eq!(of(&"x".repeat(101), &["https://a.example/"]).unwrap_err(), Unfit::Name);
    }
}
