//! What a company calls an opening, read out of the address of its posting.

use url::Url;

/// Names under which careers pages carry the number in the query of an address.
const KEYS: &[&str] =
    &["gh_jid", "jobid", "job_id", "jid", "jobreq", "reqid", "req_id", "requisitionid", "currentjobid"];

/// The number of a role: as it was written down, or else as its link shows it.
pub fn of(written: Option<&str>, link: Option<&str>) -> Option<String> {
    written.map(str::to_owned).or_else(|| link.and_then(in_link))
}

/// The number of the role where the address shows it: a part of its query named so, or the last part of its path that ends in
/// three digits or more, such as `R-2140` or `data-analyst_JR1042`.
///
/// A guess, and never more than a help: the user may write down another.
pub fn in_link(link: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let named = url.query_pairs().find(|(key, _)| KEYS.contains(&key.to_lowercase().as_str()));
    if let Some((_, number)) = named.filter(|(_, value)| is_number(value)) {
        return Some(number.into_owned());
    }
    url.path_segments()?.rev().filter(|part| !part.is_empty()).find_map(in_part)
}

/// Short enough for a number, in plain characters, and with a digit.
fn is_number(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && text.chars().any(|c| c.is_ascii_digit())
}

/// The digits a part of a path ends in, with the letters that go before them: `JR1042` of `data-analyst_JR1042`.
fn in_part(part: &str) -> Option<String> {
    let stem = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &part[stem.len()..];
    if !(3..=20).contains(&digits.len()) {
        return None;
    }
    // Letters directly before the digits, or with one hyphen between: R-2140, JR1042, REQ-77.
    let bare = stem.strip_suffix('-').unwrap_or(stem);
    let letters = &bare[bare.trim_end_matches(|c: char| c.is_ascii_uppercase()).len()..];
    let hyphen = if bare.len() < stem.len() { "-" } else { "" };
    let before = bare.as_bytes().get(bare.len().wrapping_sub(letters.len() + 1));
    let stands_alone = before.is_none_or(|byte| matches!(byte, b'-' | b'_' | b'.'));
    Some(match (1..=4).contains(&letters.len()) && stands_alone {
        true => format!("{letters}{hyphen}{digits}"),
        false => digits.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn careers_pages_show_the_number_in_their_own_ways() {
        let read = |link: &str| in_link(link).unwrap_or_default();
        assert_eq!(read("https://boards.greenhouse.io/acme/jobs/4012345"), "4012345");
        assert_eq!(read("https://acme.example/careers?gh_jid=4012345&utm=x"), "4012345");
        assert_eq!(read("https://www.linkedin.com/jobs/view/data-analyst-at-acme-3812345678/"), "3812345678");
        assert_eq!(read("https://acme.wd3.myworkdayjobs.com/en-US/jobs/job/Berlin/Data-Analyst_JR1042"), "JR1042");
        assert_eq!(read("https://acme.example/jobs/R-2140"), "R-2140");
        assert_eq!(read("https://analytical-engines.example/214"), "214");
        assert_eq!(read("https://acme.example/jobs/4012345/apply"), "4012345");
    }

    #[test]
    fn an_address_without_one_has_none() {
        for link in
            ["https://acme.example/jobs/data-analyst", "https://acme.example", "https://acme.example/v2", "R-214"]
        {
            assert_eq!(in_link(link), None, "{link}");
        }
    }

    proptest! {
        #[test]
        fn any_address_is_read(path in "[-_.A-Za-z0-9/%äß]{0,60}", query in "[a-z_]{0,8}=[^&]{0,12}") {
            if let Some(number) = in_link(&format!("https://acme.example/{path}?{query}")) {
                prop_assert!((1..=40).contains(&number.len()) && number.chars().any(|c| c.is_ascii_digit()));
            }
        }
    }
}
