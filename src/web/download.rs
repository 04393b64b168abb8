//! Files that are saved: named after what they hold.

use axum::http::{HeaderName, HeaderValue, header};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::links::encode;

/// Letters a name keeps: with its ending it stays below what file systems take, in any script.
const LONGEST: usize = 60;

/// The headers of a file of that kind and `Content-Disposition`: a browser that opens it runs nothing in it. That it is taken
/// for nothing else, and kept by no cache, every answer says.
pub fn headers_of(kind: HeaderValue, name: HeaderValue) -> [(HeaderName, HeaderValue); 3] {
    [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ]
}

/// The value of `Content-Disposition` (RFC 6266) for a file about something, `about` in any script: as every program reads it,
/// and beside it with all its letters.
pub fn attachment(about: &str, ending: &str) -> HeaderValue {
    let whole = hyphened(about.nfc());
    let plain = hyphened(
        about.nfkd().filter(|letter| !is_combining_mark(*letter)).map(
            |letter| {
                if letter.is_ascii() { letter } else { ' ' }
            },
        ),
    );
    let value = format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{}.{ending}", encode(&whole));
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// The same for a file that is saved under its own name, of letters every system takes.
pub fn attachment_named(name: &str) -> HeaderValue {
    let plain: String = name
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| if matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\' | '%') { letter } else { '_' })
        .collect();
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encode(name));
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// Lower-case letters and digits, everything between them one hyphen: a name every system takes once it has an ending and is
/// no device of old.
pub fn hyphened(letters: impl Iterator<Item = char>) -> String {
    let mut name = String::new();
    for letter in letters.flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "file".into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_what_it_holds() {
        for (about, plain, whole) in [
            (
                "talk-with Katherine Johnson 2026-12-01",
                "talk-with-katherine-johnson-2026-12-01",
                "talk-with-katherine-johnson-2026-12-01",
            ),
            (
                "talk-with Zoë Müller 2026-12-01",
                "talk-with-zoe-muller-2026-12-01",
                "talk-with-zo%C3%AB-m%C3%BCller-2026-12-01",
            ),
            ("dossier 株式会社", "dossier", "dossier-%E6%A0%AA%E5%BC%8F%E4%BC%9A%E7%A4%BE"),
            ("dossier a\r\nb\"; x=\"../../etc", "dossier-a-b-x-etc", "dossier-a-b-x-etc"),
            ("!", "file", "file"),
        ] {
            let expected = format!("attachment; filename=\"{plain}.ics\"; filename*=UTF-8''{whole}.ics");
            assert_eq!(attachment(about, "ics").to_str().unwrap(), expected);
        }
        assert!(attachment(&"é".repeat(500), "md").len() < 700);
    }

    #[test]
    fn a_file_of_somebodys_keeps_its_name() {
        for (name, header) in [
            ("Ada_Byron (2).pdf", "filename=\"Ada_Byron (2).pdf\"; filename*=UTF-8''Ada_Byron%20%282%29.pdf"),
            ("Zoë 履.odt", "filename=\"Zoe _.odt\"; filename*=UTF-8''Zo%C3%AB%20%E5%B1%A5.odt"),
            ("a\"\\\r\nb%41.txt", "filename=\"a____b_41.txt\"; filename*=UTF-8''a%22%5C%0D%0Ab%2541.txt"),
        ] {
            assert_eq!(attachment_named(name).to_str().unwrap(), format!("attachment; {header}"));
        }
    }
}
