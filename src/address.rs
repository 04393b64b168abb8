//! Addresses a person typed or a file held: of a web page, of a mailbox, of somebody's profile.
//!
//! A [`WebAddress`] is safe as a link: only `http` and `https`, never a user name in it. Nothing here asks the network.

use crate::text::text_column;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;
use url::{Host, Url};

/// Why something is not an address, in the words a page shows beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was written.
    #[error("Write an address here")]
    Empty,
    /// More characters than fit.
    #[error("At most {most} characters, this has {has}")]
    TooLong {
        /// The limit.
        most: usize,
        /// What the address has, written out.
        has: usize,
    },
    /// A space, a control character or a backslash inside.
    #[error("An address has no spaces, backslashes or control characters in it")]
    Spaced,
    /// Another scheme, such as `javascript:` or `ftp:`.
    #[error("Only addresses that begin with http:// or https:// can be kept")]
    Scheme,
    /// A user name or a password, which would hide where a link leads.
    #[error("An address of a page has no user name or @ before its host")]
    Credentials,
    /// No host that could be one.
    #[error("This is not the address of a page; one looks like acme.com or https://acme.com/about")]
    NotWeb,
    /// Not one mailbox.
    #[error("This is not an e-mail address; one looks like ada@example.org")]
    NotEmail,
    /// Several mailboxes.
    #[error("One e-mail address only")]
    SeveralEmails,
    /// A page of LinkedIn that belongs to no person.
    #[error("This is a LinkedIn page, but not a person's; theirs looks like linkedin.com/in/their-name")]
    NotAPerson,
}

/// The address of a page: `http` or `https`, in the form browsers use, at most 2,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebAddress(String);

impl WebAddress {
    /// The longest address kept, in characters.
    pub const MAX: usize = 2000;

    /// Reads what was typed; `acme.com` is taken for `https://acme.com`.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = outside_trimmed(typed)?;
        within(typed, Self::MAX)?;
        if typed.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(Problem::Spaced);
        }
        let url = match scheme(typed) {
            Some("http" | "https") => Url::parse(typed),
            Some(_) => return Err(Problem::Scheme),
            None if typed.starts_with('/') => return Err(Problem::NotWeb),
            None => Url::parse(&format!("https://{typed}")),
        }
        .map_err(|_| Problem::NotWeb)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Problem::Credentials);
        }
        if !has_plausible_host(&url, scheme(typed).is_some()) {
            return Err(Problem::NotWeb);
        }
        let address = without_bare_slash(&url);
        within(address, Self::MAX)?;
        Ok(Self(address.to_owned()))
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`Problem`], but never [`Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Problem> {
        optional(Self::parse(typed))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without a leading `www.`, as a short label of the link.
    pub fn host(&self) -> &str {
        let after_scheme = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let host = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
}

/// What stands before the first colon, where that is a scheme and not a host followed by a port; lower case where it is one of ours.
fn scheme(address: &str) -> Option<&str> {
    let (before, after) = address.split_once(':')?;
    if before.contains(['/', '?', '#', '@', '[']) {
        return None;
    }
    for ours in ["http", "https"] {
        if before.eq_ignore_ascii_case(ours) {
            // "http:acme.com" and "http:///acme.com" are read as addresses by browsers, but nobody means them.
            let host = after.strip_prefix("//");
            return Some(if host.is_some_and(|host| !host.starts_with('/')) { ours } else { "" });
        }
    }
    let port = after.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    if is_port { None } else { Some(before) }
}

/// Without a scheme only a name with a dot and letters at its end is one: `3.5` and `Inc.` are no hosts.
fn has_plausible_host(url: &Url, scheme_written: bool) -> bool {
    match url.host() {
        None => false,
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => scheme_written,
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            let mut labels = name.split('.');
            let all_filled = labels.clone().all(|label| !label.is_empty());
            let last = labels.next_back().unwrap_or_default();
            let has_ending = labels.next().is_some() && last.len() > 1 && last.starts_with(|c: char| c.is_alphabetic());
            all_filled && (scheme_written || has_ending)
        }
    }
}

/// `https://acme.com/` is shown and compared as `https://acme.com`.
fn without_bare_slash(url: &Url) -> &str {
    let whole = url.as_str();
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        whole.strip_suffix('/').unwrap_or(whole)
    } else {
        whole
    }
}

/// The address of one mailbox, lower-cased, at most 254 characters (RFC 5321, erratum 1690).
///
/// The check is that of a careful reader, not of RFC 5322: quoted local parts, comments and lists are refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest address kept, in characters.
    pub const MAX: usize = 254;

    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = outside_trimmed(typed)?;
        if typed.contains([',', ';']) || (typed.matches('@').count() > 1 && typed.contains(char::is_whitespace)) {
            return Err(Problem::SeveralEmails);
        }
        let address = typed.to_lowercase();
        within(&address, Self::MAX)?;
        let (local, domain) = address.split_once('@').ok_or(Problem::NotEmail)?;
        if is_local_part(local) && is_mail_domain(domain) { Ok(Self(address)) } else { Err(Problem::NotEmail) }
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`Problem`], but never [`Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Problem> {
        optional(Self::parse(typed))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local_part(local: &str) -> bool {
    let dots_are_inside = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    let kept = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    !local.is_empty() && local.len() <= 64 && dots_are_inside && local.chars().all(kept)
}

fn is_mail_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.contains('.') && domain.split('.').all(is_label) && !domain.ends_with(|c: char| c.is_ascii_digit())
}

/// The address of somebody's profile, and the key by which two spellings of it are one person.
///
/// A LinkedIn profile is written `https://www.linkedin.com/in/<slug>` whatever country's or telephone's host, language,
/// query or sub-page it came with. Profiles elsewhere are kept as the [`WebAddress`] they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileAddress {
    address: WebAddress,
    key: String,
}

/// What stays as it is in a written slug (RFC 3986, unreserved).
const IN_SLUG: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// First segments of LinkedIn's addresses that are somebody's or something's, but no person's.
const NOT_PEOPLE: [&str; 9] =
    ["company", "school", "showcase", "groups", "jobs", "feed", "posts", "search", "mynetwork"];

impl ProfileAddress {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let address = WebAddress::parse(typed)?;
        let url = Url::parse(address.as_str()).map_err(|_| Problem::NotWeb)?;
        if !url.host_str().is_some_and(is_linkedin) {
            let key = address.as_str().to_owned();
            return Ok(Self { address, key });
        }
        let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
        if let Some(slug) = slug(&segments) {
            let written = utf8_percent_encode(&slug, IN_SLUG);
            let address = format!("https://www.linkedin.com/in/{written}");
            within(&address, WebAddress::MAX)?;
            return Ok(Self { address: WebAddress(address), key: format!("/in/{slug}") });
        }
        let first = segments.first().map_or("", |first| *first);
        if first.is_empty() || NOT_PEOPLE.iter().any(|other| first.eq_ignore_ascii_case(other)) {
            return Err(Problem::NotAPerson);
        }
        let key = address.as_str().to_owned();
        Ok(Self { address, key })
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`Problem`], but never [`Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Problem> {
        optional(Self::parse(typed))
    }

    /// The address to open.
    pub fn as_str(&self) -> &str {
        self.address.as_str()
    }

    /// The address as that of any page.
    pub fn as_web(&self) -> &WebAddress {
        &self.address
    }

    /// What two addresses of one profile share: `/in/<slug>` in lower case and without percent signs for LinkedIn, else the address.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is a profile on LinkedIn.
    pub fn is_linkedin(&self) -> bool {
        self.key.starts_with("/in/")
    }
}

fn is_linkedin(host: &str) -> bool {
    host == "linkedin.com" || host.ends_with(".linkedin.com")
}

/// The segment after `in`, which stands first, or after `mwlite` and `profile` in addresses made for telephones.
fn slug(segments: &[&str]) -> Option<String> {
    let at = segments.iter().position(|segment| segment.eq_ignore_ascii_case("in"))?;
    let only_mobile = |before: &&str| ["mwlite", "profile", "m"].contains(&before.to_ascii_lowercase().as_str());
    if !segments[..at].iter().all(only_mobile) {
        return None;
    }
    let raw = segments.get(at + 1)?;
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    let slug: String = decoded.to_lowercase().nfc().collect();
    let is_slug = !slug.is_empty() && !slug.contains(|c: char| c.is_control() || c.is_whitespace() || c == '/');
    is_slug.then_some(slug)
}

/// Without the spaces and line breaks that copying leaves at the ends; a control character there is no accident and stays.
fn outside_trimmed(typed: &str) -> Result<&str, Problem> {
    let trimmed = typed.trim_matches(|c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{A0}' | '\u{FEFF}'));
    if trimmed.is_empty() { Err(Problem::Empty) } else { Ok(trimmed) }
}

fn within(address: &str, most: usize) -> Result<(), Problem> {
    let has = address.chars().count();
    if has > most { Err(Problem::TooLong { most, has }) } else { Ok(()) }
}

fn optional<T>(parsed: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Empty) => Ok(None),
        Err(problem) => Err(problem),
    }
}

text_column!(WebAddress);
text_column!(EmailAddress);
text_column!(ProfileAddress);

#[cfg(test)]
mod tests;
