//! The websites of pasted companies.

use super::cells::plain;
use crate::address::WebAddress;
use crate::companies::name::{CompanyName, is_legal_form};

/// One word with a scheme or a host in it, right or wrong, that is no legal form ('Co.Ltd').
pub fn is_written_like_address(part: &str) -> bool {
    if part.contains("://") {
        return true;
    }
    // 'javascript:…' is written like one, 'NYSE:SAP' is not.
    let has_scheme = part.split_once(':').is_some_and(|(before, behind)| {
        !behind.is_empty() && before.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '-')
    });
    !part.contains(char::is_whitespace)
        && !is_legal_form(part)
        && !part.contains('@')
        && (has_scheme
            || part.to_ascii_lowercase().starts_with("www.")
            || (!part.contains(':') || part.contains('.')) && WebAddress::parse(part).is_ok())
}

/// Whether what is written like an address can hardly be the name of another company: it says so, or shares letters with
/// the name before it.
pub fn is_theirs(name: &str, address: &str) -> bool {
    let host = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let label: String = host.split(['.', '/']).next().unwrap_or_default().to_lowercase();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    CompanyName::parse(plain(name)).is_ok_and(|name| {
        let key = letters(name.key().as_str());
        let start: String = letters(&label).chars().take(3).collect();
        key.contains(&start) || address.contains("://") || address.contains('/') || label.starts_with("www")
    })
}

/// `[Stripe](https://stripe.com)`: its text, its address, and what stands behind it.
pub fn markdown_link(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.trim_start_matches('*').strip_prefix('[')?.split_once("](")?;
    let (address, behind) = rest.split_once(')')?;
    (!name.trim().is_empty()).then_some((name, address.trim(), behind))
}

/// Two links or more on one line.
pub fn markdown_links(line: &str) -> Option<Vec<(&str, &str)>> {
    let (mut rest, mut links) = (line, Vec::new());
    while let Some(at) = rest.find('[') {
        let Some((name, address, behind)) = markdown_link(&rest[at..]) else { break };
        links.push((name, address));
        rest = behind;
    }
    (links.len() > 1).then_some(links)
}

/// Where an address with a scheme, or one that begins with www, stands in the line.
pub fn address_in(line: &str) -> Option<usize> {
    let schemed = line.find("://").map(|at| {
        line[..at]
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |before| before + line[before..].chars().next().map_or(1, char::len_utf8))
    });
    let www = line
        .to_ascii_lowercase()
        .find("www.")
        .filter(|at| line[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()));
    [schemed, www].into_iter().flatten().min()
}

/// `Stripe (stripe.com)`, `Stripe: stripe.com`, `Stripe - stripe.com`: the name and the host behind it.
pub fn host_behind(line: &str) -> Option<(&str, &str)> {
    let (name, host) = match line.strip_suffix([')', ']', '>']) {
        Some(inside) => inside.rsplit_once(['(', '[', '<'])?,
        None => [": ", " - ", " – ", " — "].iter().find_map(|mark| line.rsplit_once(mark))?,
    };
    let host = host.trim();
    (!name.trim().is_empty() && host.contains('.') && is_written_like_address(host)).then_some((name.trim(), host))
}
