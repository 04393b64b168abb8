//! The address of a page.

use url::{Host, Url};

use super::problem::{Problem, optional, outside_trimmed, within};
use crate::text::text_column;

/// The address of a page: `http` or `https`, in the form browsers use, at most 2,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebAddress(pub(super) String);

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

text_column!(WebAddress);
