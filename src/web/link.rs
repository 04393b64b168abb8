//! Where to go after signing in: only ever a path of our own.

use url::Url;

/// Where to return to: what a form says, if it says anything, else `otherwise`.
pub fn own_path_or(typed: &str, otherwise: impl Into<String>) -> String {
    if typed.is_empty() { otherwise.into() } else { own_path(typed) }
}

/// Bytes a path to go on to may have. It travels in headers and cookies, which have limits of their own.
pub const MOST: usize = 1024;

/// A path and query on this site, read from something a stranger may have written.
///
/// Parsed against a base, as a browser would; whatever leaves the base, or hides another host behind
/// slashes, backslashes or control characters, becomes `/`.
pub fn own_path(text: &str) -> String {
    own_within(text, MOST)
}

/// Bytes a path may have that travels in pages and forms alone.
const LONGEST: usize = 32 * 1024;

/// The same, of a path that may be too long for a header: what was shared may stand in it.
pub fn own_long_path(text: &str) -> String {
    own_within(text, LONGEST)
}

fn own_within(text: &str, most: usize) -> String {
    let home = || "/".to_owned();
    if text.len() > most
        || !text.starts_with('/')
        || text.chars().any(|c| c.is_control() || c == '\\' || c.is_whitespace())
    {
        return home();
    }
    let Ok(base) = Url::parse("http://inroad.invalid/") else { return home() };
    match base.join(text) {
        Ok(url) if url.origin() == base.origin() && url.username().is_empty() && url.password().is_none() => {
            let path = url.path();
            let lower = path.to_ascii_lowercase();
            if path.starts_with("//")
                || lower.starts_with("/%5c")
                || lower.starts_with("/%2f")
                || lower.starts_with("/%09")
            {
                return home();
            }
            let whole = url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
            if whole.len() > most { home() } else { whole }
        }
        _ => home(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_of_our_own_are_kept() {
        for path in ["/", "/companies", "/contacts?stage=asked&q=a%20b", "/companies/0192?x=https://a.example"] {
            assert_eq!(own_path(path), path);
        }
    }

    #[test]
    fn everything_else_leads_home() {
        for path in [
            "//evil.example",
            "///evil.example",
            "////evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/%5cevil.example",
            "/%5Cevil.example",
            "/%2fevil.example",
            "/%2F/evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r/evil.example",
            "https:evil.example",
            "https://evil.example",
            "http:/evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "",
            " /companies",
            "evil.example",
            "//evil.example/%2f..",
            "/ /evil.example",
            "/\u{0}/evil.example",
            "?next=/",
            "#x",
            "/.//evil.example",
            "/..//evil.example",
            "/%09/evil.example",
            "\u{2028}//evil.example",
            "//user@evil.example",
            ".",
            "..",
            "///\\;@evil.example",
            "http://inroad.invalid@evil.example",
            "//inroad.invalid:80@evil.example",
            "//[::1]",
            "//%65vil.example",
            "file:///etc/passwd",
            "ftp://evil.example",
            "mailto:a@evil.example",
            "tel:1",
            "/\u{85}/evil.example",
            "\u{feff}//evil.example",
            "/\u{a0}/evil.example",
            "//evil.example:3000",
            "//127.0.0.1",
            "blob:x",
            "about:blank",
            "vbscript:x",
            "//",
            "/\\/",
            "\\",
            "/\\",
        ] {
            assert_eq!(own_path(path), "/", "{path:?}");
        }
    }

    #[test]
    fn a_path_too_long_for_a_header_leads_home() {
        let longest = format!("/contacts?q={}", "a".repeat(MOST - "/contacts?q=".len()));
        assert_eq!(own_path(&longest), longest);
        assert_eq!(own_path(&format!("{longest}a")), "/");
        assert_eq!(own_long_path(&format!("{longest}a")), format!("{longest}a"), "in a page it may be longer");
        assert_eq!(own_long_path(&format!("/contacts?q={}", "a".repeat(LONGEST))), "/");
        assert_eq!(own_long_path(&format!("//evil.example/{}", "a".repeat(MOST))), "/");
        // Short as typed, long as it would be sent.
        assert_eq!(own_path(&format!("/contacts?q={}", "\u{1f600}".repeat(200))), "/");
    }

    proptest! {
        #[test]
        fn the_result_is_one_slash_and_no_host(text in any::<String>()) {
            let path = own_path(&text);
            prop_assert!(path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\"));
            prop_assert!(!path.chars().any(char::is_control));
        }

        #[test]
        fn slashes_in_any_mixture_name_no_host(text in "[/\\\\.%2fF5cC09a:@?#\t\n]{0,12}evil") {
            let base = Url::parse("https://inroad.example/").unwrap();
            prop_assert_eq!(base.join(&own_path(&text)).unwrap().origin(), base.origin());
        }
    }
}
