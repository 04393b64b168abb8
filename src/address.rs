//! Addresses a person typed or a file held: of a web page, of a mailbox, of somebody's profile.
//!
//! A [`WebAddress`] is safe as a link: only `http` and `https`, never a user name in it. Nothing here asks the network.

use crate::text::text_column;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use url::{Host, Url};

mod pasted;
mod profile;
mod sites;

pub use pasted::{first_link, first_mailbox};
pub use profile::ProfileAddress;

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
    /// A page that belongs to no person, and what it is.
    #[error("That's {0}; paste the person's profile, which looks like linkedin.com/in/their-name")]
    NotAPerson(&'static str),
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
            let all_filled = labels.clone().all(is_label);
            let last = labels.next_back().unwrap_or_default();
            let has_ending = labels.next().is_some() && last.len() > 1 && last.starts_with(|c: char| c.is_alphabetic());
            all_filled && (scheme_written || has_ending)
        }
    }
}

/// Letters and digits (those of other scripts are encoded by now), hyphens, and the low lines some names of hosts have. The
/// standard of addresses allows brackets and quotes too; in what people type they belong to the sentence around it.
fn is_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
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

    /// Reads what was typed or pasted: also `Ada <ada@example.org>`, `mailto:ada@example.org`, and a mark after it.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = bare_mailbox(outside_trimmed(typed)?);
        if typed.contains([',', ';']) || (typed.matches('@').count() > 1 && typed.contains(char::is_whitespace)) {
            return Err(Problem::SeveralEmails);
        }
        let address: String = typed.to_lowercase().nfc().collect();
        within(&address, Self::MAX)?;
        let (local, domain) = address.split_once('@').ok_or(Problem::NotEmail)?;
        let domain = mail_domain(domain).ok_or(Problem::NotEmail)?;
        if !is_local_part(local) {
            return Err(Problem::NotEmail);
        }
        let address = format!("{local}@{domain}");
        within(&address, Self::MAX)?;
        Ok(Self(address))
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

/// Marks of a sentence that an address may be copied with.
const MARKS: [char; 7] = ['.', ',', ';', ':', '!', '?', ')'];

/// What stands in the angle brackets of `Ada <ada@example.org>`, without `mailto:` and the marks that end a sentence.
fn bare_mailbox(typed: &str) -> &str {
    let typed = typed.trim_end_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let inside =
        typed.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).filter(|(_, after)| after.trim().is_empty());
    let address = inside.map_or(typed, |(address, _)| address).trim();
    let has_scheme = address.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let address = if has_scheme { address[7..].split('?').next().unwrap_or_default() } else { address };
    address.trim_end_matches(MARKS).trim_end_matches('>')
}

fn is_local_part(local: &str) -> bool {
    let dots_are_inside = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    // A mark alone on a letter without a composed form is part of it.
    let kept = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    !local.is_empty() && local.len() <= 64 && dots_are_inside && local.chars().all(kept)
}

/// A domain in the letters people write: `bücher.example`, also where it was written `xn--bcher-kva.example`.
fn mail_domain(domain: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii(domain).ok()?;
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_domain =
        ascii.contains('.') && ascii.split('.').all(is_label) && !ascii.ends_with(|c: char| c.is_ascii_digit());
    let (written, readable) = idna::domain_to_unicode(&ascii);
    (is_domain && readable.is_ok()).then_some(written)
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

#[cfg(test)]
mod tests;
