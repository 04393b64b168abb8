//! The address of a mailbox.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::problem::{Problem, optional, outside_trimmed, within};
use crate::text::text_column;

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

text_column!(EmailAddress);
