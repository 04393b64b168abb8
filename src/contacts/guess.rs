//! A person's name, guessed from what a profile's address says. Shown for correction, never kept unseen.

use crate::address::ProfileAddress;
use crate::text::upper_first;

/// Longer words of a slug are ids rather than names.
const LONGEST_WORD: usize = 30;

/// The name in a LinkedIn address: `/in/katherine-johnson-1a2b3c` is Katherine Johnson. Nothing where no name can be seen in it.
pub fn name_from_profile(profile: &ProfileAddress) -> Option<String> {
    let slug = profile.key().strip_prefix("/in/").or_else(|| profile.key().strip_prefix("/pub/")?.split('/').next())?;
    let words: Vec<&str> = slug.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let names: Vec<String> = words
        .iter()
        .take_while(|word| word.chars().all(|c| !c.is_ascii_digit()) && word.chars().count() <= LONGEST_WORD)
        .map(|word| upper_first(word))
        .collect();
    // One word alone may be anything: a nickname, or a name run together.
    (names.len() >= 2).then(|| names.join(" "))
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
            ("https://www.linkedin.com/pub/grace-hopper/12/345/6b7", Some("Grace Hopper")),
            ("https://www.linkedin.com/in/gracehopper", None),
            ("https://www.linkedin.com/in/7f3a9c2e1", None),
            ("https://people.example/katherine-johnson", None),
        ] {
            assert_eq!(guessed(address).as_deref(), name, "{address}");
        }
    }
}
