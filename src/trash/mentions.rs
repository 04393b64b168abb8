//! Whether a text speaks of someone: by their profile, their e-mail address, or their whole name.

use percent_encoding::percent_decode_str;

use crate::contacts::forgotten::Traits;
use crate::folding::folded;

/// Whether a text names someone. A name of one word is anybody's, and names nobody.
pub fn names(text: &str, person: &Traits<'_>) -> bool {
    let lower = text.to_lowercase();
    let sure = [person.profile, person.email].into_iter().flatten();
    sure.map(str::to_lowercase).any(|word| stands_in(&lower, &word))
        || (person.name.contains(' ') && words(text).contains(&words(person.name)))
}

/// The words of a text without marks between them, each with a space on both sides.
fn words(text: &str) -> String {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// The same of the fields of a form, as they are sent.
pub fn names_in_fields(fields: &str, person: &Traits<'_>) -> bool {
    names(&percent_decode_str(&fields.replace(['+', '&', '='], " ")).decode_utf8_lossy(), person)
}

/// The same text, with something else where these words stand and are no part of longer ones.
pub fn in_place_of(text: &str, words: &str, other: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for at in places(text, words) {
        replaced.push_str(&text[from..at]);
        replaced.push_str(other);
        from = at + words.len();
    }
    replaced.push_str(&text[from..]);
    replaced
}

fn stands_in(text: &str, word: &str) -> bool {
    places(text, word).next().is_some()
}

/// Where a word stands in a text and is no part of a longer one.
fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '%');
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = word.starts_with(goes_on) && text[..*at].ends_with(goes_on);
        !word.is_empty() && !before && !text[at + word.len()..].starts_with(goes_on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: Traits<'static> =
        Traits { name: "Ada Lovelace", profile: Some("/in/ada"), email: Some("ada@example.org"), employer: None };

    #[test]
    fn someone_is_named_by_what_is_theirs_alone() {
        for text in [
            "https://www.linkedin.com/in/ada?x=1",
            "https://www.linkedin.com/in/ADA/",
            "Met Ada Lovelace, at the fair",
            "ADA  LOVELACE",
            "write to ada@example.org.",
        ] {
            assert!(names(text, &ADA), "{text}");
        }
        for text in ["https://www.linkedin.com/in/ada-byron", "Ada", "Canada Lovelace", "canada@example.org", ""] {
            assert!(!names(text, &ADA), "{text}");
        }
        assert!(!names("Ada was there", &Traits { name: "Ada", ..Traits::default() }));
    }

    #[test]
    fn fields_are_read_as_they_are_sent() {
        assert!(names_in_fields("id=1&name=Ada+Lovelace&x=", &ADA));
        assert!(names_in_fields("email=ada%40example.org", &ADA));
        assert!(names_in_fields("profile=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fada", &ADA));
        assert!(!names_in_fields("name=Ada+Byron", &ADA));
    }
}
