//! Addresses inside what people paste: in brackets, behind a label, in a sentence, behind a page that leads on to them.

use url::Url;

use super::mailbox::EmailAddress;
use super::sites::is_linkedin;

/// Marks that end a sentence or a bracket around an address, and are no part of it.
pub(super) const AFTER: [char; 20] =
    ['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '’', '”', '»', '*', '|', '(', '<', '…'];

/// The first address of a page in a text: with `http://` or `https://` before it, or one of a known site of profiles without.
pub fn first_link(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let is_start =
        |at: usize| lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"/.:-_@=%".contains(c));
    let with_scheme = ["https://", "http://"].iter().filter_map(|scheme| lower.find(scheme)).min();
    // 'de.linkedin.com/in/ada' begins with the word it stands in.
    let of_site = |site: &str| {
        let at = lower.find(site)?;
        let from = lower[..at]
            .rfind(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .map_or(0, |before| before + lower[before..].chars().next().map_or(1, char::len_utf8));
        is_start(from).then_some(from)
    };
    let start = with_scheme
        .or_else(|| ["linkedin.com/", "xing.com/profile/", "github.com/"].iter().find_map(|site| of_site(site)))?;
    let link = text[start..].split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).next()?;
    // The text of a link in Markdown may be its address.
    let link = link.split_once("](").map_or(link, |(text, _)| text);
    // 'https://a.example,https://b.example'
    let link = link.get(8..).and_then(|rest| rest.find(",http")).map_or(link, |at| &link[..at + 8]);
    let link = link.trim_end_matches(AFTER);
    (!link.is_empty()).then_some(link)
}

/// The first word of a text that is written like the address of a mailbox.
pub fn first_mailbox(text: &str) -> Option<&str> {
    mailboxes(text).next()
}

/// The words of a text that are written like the address of a mailbox, in order.
pub fn mailboxes(text: &str) -> impl Iterator<Item = &str> {
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '"' | '|'));
    words
        .map(|word| word.trim_end_matches(AFTER))
        .map(
            |word| {
                if word.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) { &word[7..] } else { word }
            },
        )
        .filter(|word| EmailAddress::parse(word).is_ok())
}

/// The one address people mean when they paste it with something around it: `<https://…>`, `LinkedIn: https://…`,
/// `https://… (work)`, `[Ada](https://…)`, `in/ada`. What has nothing around it stays as it is.
pub(super) fn address_in(typed: &str) -> String {
    let typed = typed.trim();
    let mut bare = typed.trim_start_matches(['<', '(', '[', '"', '*']).trim_end_matches(AFTER);
    while let Some(shorter) = bare.strip_suffix("%20") {
        bare = shorter.trim_end_matches(AFTER);
    }
    let lower = bare.to_ascii_lowercase();
    if ["in/", "/in/", "pub/", "/pub/"].iter().any(|start| lower.starts_with(start)) {
        return format!("https://www.linkedin.com/{}", bare.trim_start_matches('/'));
    }
    let begins = lower.starts_with("http://") || lower.starts_with("https://");
    let is_whole = !bare.contains(char::is_whitespace) && (begins || !bare.contains("://"));
    if is_whole && !bare.contains(['<', '>']) && !bare.contains("](") {
        return bare.to_owned();
    }
    // Only where it begins a word of its own: 'view-source:https://…' is no address with a label.
    let starts_a_word = |link: &str| {
        let at = typed.find(link).unwrap_or_default();
        typed[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "<([{\"'|*".contains(c))
    };
    first_link(typed).filter(|link| starts_a_word(link)).map_or_else(|| typed.to_owned(), str::to_owned)
}

/// The address a page leads on to, which is written in its own address. Asks no network.
pub(super) fn led_to(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let of = |site: &str| host == site || host.ends_with(&format!(".{site}"));
    let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let names: &[&str] = if of("urldefense.com") || of("urldefense.proofpoint.com") {
        return defended(url);
    } else if of("safelinks.protection.outlook.com") || of("facebook.com") || of("messenger.com") || of("instagram.com")
    {
        &["url", "u"]
    } else if host.starts_with("google.") || host.starts_with("www.google.") {
        if url.path() != "/url" {
            return None;
        }
        &["q", "url"]
    } else if of("duckduckgo.com") {
        &["uddg"]
    } else if of("linkedin.com") {
        &["sessionRedirect", "session_redirect", "url", "redirect"]
    } else {
        // Counters of clicks are many, and each names its parameter as it likes.
        return url.query_pairs().map(|(_, value)| value).find(|value| names_a_person(value)).map(Into::into);
    };
    let to = names.iter().find_map(|name| value(name))?;
    // LinkedIn names its own pages without the host.
    Some(if of("linkedin.com") && to.starts_with('/') { format!("https://www.linkedin.com{to}") } else { to })
}

/// The address that a mail server has wrapped: `/v3/__https://…__;`, or `u=https-3A__…` with its own signs for `%` and `/`.
fn defended(url: &Url) -> Option<String> {
    if let Some((_, rest)) = url.path().split_once("/v3/__") {
        let wrapped = rest.rsplit_once("__").map_or(rest, |(wrapped, _)| wrapped);
        // A parser of addresses may have taken two slashes for one.
        let (scheme, after) = wrapped.split_once(":/")?;
        return Some(format!("{scheme}://{}", after.trim_start_matches('/')));
    }
    let wrapped = url.query_pairs().find(|(key, _)| key == "u").map(|(_, value)| value.into_owned())?;
    let wrapped = if url.path().starts_with("/v2/") { wrapped.replace('-', "%").replace('_', "/") } else { wrapped };
    percent_encoding::percent_decode_str(&wrapped).decode_utf8().ok().map(Into::into)
}

/// Whether a text is the address of a person's page on LinkedIn.
fn names_a_person(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        url.host_str().is_some_and(is_linkedin) && (url.path().contains("/in/") || url.path().contains("/pub/"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_link_is_taken_from_a_text() {
        for (text, link) in [
            ("See https://a.example/x?y=1, and http://b.example", Some("https://a.example/x?y=1")),
            ("(https://a.example/x).", Some("https://a.example/x")),
            ("jane@foo.example | linkedin.com/in/janedoe", Some("linkedin.com/in/janedoe")),
            ("LinkedIn: de.linkedin.com/in/janedoe.", Some("de.linkedin.com/in/janedoe")),
            ("notlinkedin.com/in/x", Some("notlinkedin.com/in/x")),
            ("nothing here", None),
        ] {
            assert_eq!(first_link(text), link, "{text:?}");
        }
    }

    #[test]
    fn the_first_mailbox_is_taken_from_a_text() {
        assert_eq!(first_mailbox("Jane Doe, <jane@foo.example>, x@y.example"), Some("jane@foo.example"));
        assert_eq!(first_mailbox("mail: mailto:jane@foo.example."), Some("jane@foo.example"));
        assert_eq!(first_mailbox("@jane, a@b"), None);
    }
}
