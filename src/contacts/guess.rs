//! A person's name, guessed from what a profile's address or a page's title says. Shown for correction, never kept unseen.

use crate::address::ProfileAddress;
use crate::text::upper_first;

/// Longer words of a slug are ids rather than names.
const LONGEST_WORD: usize = 30;

/// The name in a LinkedIn address: `/in/katherine-johnson-1a2b3c` is Katherine Johnson. Nothing where no name can be seen in it.
pub fn name_from_profile(profile: &ProfileAddress) -> Option<String> {
    let slug = profile.key().strip_prefix("/in/")?;
    let words: Vec<&str> = slug.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let names: Vec<String> = words
        .iter()
        .take_while(|word| word.chars().all(|c| !c.is_ascii_digit()) && word.chars().count() <= LONGEST_WORD)
        .map(|word| upper_first(word))
        .collect();
    // One word alone may be anything: a nickname, or a name run together.
    (names.len() >= 2).then(|| names.join(" "))
}

/// The name at the head of a profile page's title: 'Katherine Johnson - Data analyst | LinkedIn'.
pub fn name_from_title(title: &str) -> Option<String> {
    let title = title.trim();
    // '(3) ' counts unread messages.
    let title = match title.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        Some((count, rest)) if count.chars().all(|c| c.is_ascii_digit() || c == '+') => rest,
        _ => title,
    };
    let head =
        [" | ", " - ", " – ", " — "].iter().filter_map(|mark| title.find(mark)).min().map_or(title, |at| &title[..at]);
    let head = head.trim();
    let is_name = !head.is_empty()
        && head.chars().count() <= 80
        && !head.eq_ignore_ascii_case("linkedin")
        && !head.contains("://");
    is_name.then(|| head.to_owned())
}

/// The first address in a text that was shared: phones put title and address into one.
pub fn first_link(text: &str) -> Option<&str> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let link = text[start..].split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).next()?;
    Some(link.trim_end_matches(['.', ',', ';', ')', ']', '!', '?', '\'', '’']))
}

/// Which address is meant among the three things a phone or a bookmark shares.
pub fn shared_link<'s>(url: &'s str, text: &'s str, title: &'s str) -> Option<&'s str> {
    first_link(url).or_else(|| first_link(text)).or_else(|| first_link(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(address: &str) -> Option<String> {
        name_from_profile(&ProfileAddress::parse(address).unwrap())
    }

    #[test]
    fn a_name_is_read_from_the_slug() {
        for (address, name) in [
            ("https://www.linkedin.com/in/katherine-johnson-1a2b", Some("Katherine Johnson")),
            ("linkedin.com/in/grace-brewster-hopper", Some("Grace Brewster Hopper")),
            ("https://de.linkedin.com/in/k%C3%A4the-m%C3%BCller-7b12345/", Some("Käthe Müller")),
            ("https://www.linkedin.com/in/ada.lovelace", Some("Ada Lovelace")),
            ("https://www.linkedin.com/in/gracehopper", None),
            ("https://www.linkedin.com/in/7f3a9c2e1", None),
            ("https://people.example/katherine-johnson", None),
        ] {
            assert_eq!(guessed(address).as_deref(), name, "{address}");
        }
    }

    #[test]
    fn a_name_is_read_from_a_title() {
        for (title, name) in [
            ("Katherine Johnson | LinkedIn", Some("Katherine Johnson")),
            ("(3) Katherine Johnson - Data analyst - Orbital Works | LinkedIn", Some("Katherine Johnson")),
            ("Jean-Luc Picard – Captain", Some("Jean-Luc Picard")),
            ("LinkedIn", None),
            ("https://www.linkedin.com/in/x", None),
            ("", None),
        ] {
            assert_eq!(name_from_title(title).as_deref(), name, "{title}");
        }
    }

    #[test]
    fn the_first_link_is_taken_from_a_text() {
        assert_eq!(first_link("See https://a.example/x?y=1, and http://b.example"), Some("https://a.example/x?y=1"));
        assert_eq!(first_link("(https://a.example/x)."), Some("https://a.example/x"));
        assert_eq!(first_link("nothing here"), None);
        assert_eq!(shared_link("", "Kate https://a.example", ""), Some("https://a.example"));
    }
}
