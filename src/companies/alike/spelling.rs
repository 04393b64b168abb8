//! How the name or the website of one company may be written otherwise. Pure.

use crate::companies::name::NameKey;

/// Endings of a name that is a website's.
const ENDINGS: [&str; 10] = [".com", ".co.uk", ".io", ".ai", ".org", ".net", ".de", ".eu", ".app", ".dev"];

/// Letters a word has at least, where one that differs tells nothing else apart.
const LONG: usize = 6;

/// Second labels of domains below a country's: 'foo.co.uk' is whole.
const SECOND: [&str; 10] = ["co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"];

/// Domains below which everybody has their own.
const SHARED: &[&str] = &[
    "github.io",
    "gitlab.io",
    "wordpress.com",
    "blogspot.com",
    "wixsite.com",
    "weebly.com",
    "squarespace.com",
    "webflow.io",
    "netlify.app",
    "vercel.app",
    "herokuapp.com",
    "myshopify.com",
    "notion.site",
    "jimdosite.com",
    "jimdofree.com",
    "business.site",
    "google.com",
    "pages.dev",
    "workers.dev",
    "web.app",
    "firebaseapp.com",
    "azurewebsites.net",
    "cloudfront.net",
    "amazonaws.com",
    "substack.com",
    "bamboohr.com",
    "recruitee.com",
    "teamtailor.com",
    "personio.de",
    "personio.com",
    "myworkdayjobs.com",
    "greenhouse.io",
    "lever.co",
    "ashbyhq.com",
    "workable.com",
    "smartrecruiters.com",
];

/// 'mueller' and 'müller' are folded to different letters, and are one here.
pub fn in_one_spelling(key: &str) -> String {
    key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// The key of a name without the ending of a website: 'booking' of 'Booking.com'. Nothing where it has none.
pub fn without_ending(name: &str) -> Option<NameKey> {
    let lower = name.to_lowercase();
    let at = ENDINGS.iter().find_map(|ending| {
        let at = lower.find(ending)?;
        let ends = !lower[at + ending.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '.');
        (at > 0 && ends).then(|| format!("{} {}", &lower[..at], &lower[at + ending.len()..]))
    });
    at.map(|without| NameKey::of(&without))
}

/// The words of a name with one letter less, as often as there is one to leave out, and whole: two of which one letter differs
/// share one of these. None for names with digits, or without a long word.
pub fn with_a_letter_less(key: &str) -> Vec<String> {
    if key.contains(char::is_numeric) {
        return Vec::new();
    }
    let mut less = Vec::new();
    for (at, word) in words(key) {
        for (nth, c) in word.char_indices().filter(|_| word.chars().count() >= LONG) {
            let from = at + nth;
            less.push(format!("{}{}", &key[..from], &key[from + c.len_utf8()..]));
        }
    }
    if !less.is_empty() {
        less.push(key.to_owned());
    }
    less
}

/// The words of a key, each with its place.
fn words(key: &str) -> impl Iterator<Item = (usize, &str)> {
    key.split(' ').scan(0, |next, word| {
        let at = *next;
        *next += word.len() + 1;
        Some((at, word))
    })
}

/// Whether two names differ in one letter of one long word: another one, one more, or two that changed places.
pub fn differ_in_one_letter(one: &str, other: &str) -> bool {
    let (mine, theirs): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let different: Vec<(&str, &str)> =
        mine.iter().copied().zip(theirs.iter().copied()).filter(|(mine, theirs)| mine != theirs).collect();
    let [(mine, theirs)] = different.as_slice() else { return false };
    let (a, b): (Vec<char>, Vec<char>) = (mine.chars().collect(), theirs.chars().collect());
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if one.split(' ').count() != other.split(' ').count() || longer.len() < LONG || longer.len() - shorter.len() > 1 {
        return false;
    }
    let same = shorter.iter().zip(&longer).take_while(|(one, other)| one == other).count();
    let behind = shorter.iter().rev().zip(longer.iter().rev()).take_while(|(one, other)| one == other).count();
    let changed = longer.len().saturating_sub(same + behind);
    let swapped = shorter.len() == longer.len()
        && changed == 2
        && shorter.get(same) == longer.get(same + 1)
        && shorter.get(same + 1) == longer.get(same);
    changed <= 1 || swapped
}

/// The domain that was registered, of a host: 'foo.co.uk' of 'careers.foo.co.uk'; the host itself where many share its domain.
pub fn domain(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let tail = |n: usize| labels[labels.len().saturating_sub(n)..].join(".");
    let is_below_country =
        matches!(labels.as_slice(), [.., second, country] if country.len() == 2 && SECOND.contains(second));
    let registered = tail(if is_below_country { 3 } else { 2 });
    let is_number = labels.iter().all(|label| label.chars().all(|c| c.is_ascii_digit()));
    if is_number || SHARED.contains(&registered.as_str()) { host.to_owned() } else { registered }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_website_falls_away() {
        for (name, key) in [("Booking.com", "booking"), ("Amazon.com, Inc.", "amazon"), ("Foo.co.uk Ltd", "foo")] {
            assert_eq!(without_ending(name), Some(NameKey::of(key)), "{name}");
        }
        for name in ["Telecom", "Acme Inc.", "Foo.community", ".com"] {
            assert_eq!(without_ending(name), None, "{name}");
        }
    }

    #[test]
    fn one_letter_of_a_long_word_may_differ() {
        for (one, other) in
            [("microsoft", "micrsoft"), ("microsoft", "micorsoft"), ("siemens energy", "siemans energy")]
        {
            assert!(differ_in_one_letter(one, other) && differ_in_one_letter(other, one), "{one}, {other}");
            let less = with_a_letter_less(other);
            assert!(with_a_letter_less(one).iter().any(|letters| less.contains(letters)), "{one}, {other}");
        }
        for (one, other) in [
            ("acme", "acne"),
            ("bank one", "bank two"),
            ("microsoft", "macrosaft"),
            ("company a", "company b"),
            ("orbit", "orbit labs"),
        ] {
            assert!(!differ_in_one_letter(one, other), "{one}, {other}");
        }
        assert!(with_a_letter_less("company 17").is_empty() && with_a_letter_less("acme").is_empty());
    }

    #[test]
    fn a_domain_is_what_was_registered() {
        for (host, registered) in [
            ("careers.foo.co.uk", "foo.co.uk"),
            ("foo.co.uk", "foo.co.uk"),
            ("jobs.foo.com", "foo.com"),
            ("foo.de", "foo.de"),
            ("foo.github.io", "foo.github.io"),
            ("foo.bamboohr.com", "foo.bamboohr.com"),
            ("10.0.0.1", "10.0.0.1"),
        ] {
            assert_eq!(domain(host), registered, "{host}");
        }
    }
}
