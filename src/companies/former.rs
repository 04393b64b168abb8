//! Companies the user works at, or worked at before: who is there may know them.

use super::name::{NameKey, spoken};
use crate::accounts::preferences::Preferences;

/// The employer of the user's own that is this company, as the settings name it.
pub fn worked_at<'p>(preferences: &'p Preferences, company: &str) -> Option<&'p str> {
    let key = NameKey::of(company);
    preferences.former_employers.iter().map(String::as_str).find(|employer| NameKey::of(employer) == key)
}

/// The employer the user shares with someone who works at `company` and worked where the user did: that company, one that their
/// notes name, or else the only one the user had. Of several nobody knows which, and what is written to a stranger names none.
pub fn shared_with<'p>(preferences: &'p Preferences, company: Option<&str>, notes: Option<&str>) -> Option<&'p str> {
    known_of(preferences, company.as_slice(), notes.unwrap_or_default()).or_else(|| preferences.only_former_employer())
}

/// The employer of the user's own where someone was, too: one of those they are known to have had, or one that their notes name.
pub fn known_of<'p>(preferences: &'p Preferences, theirs: &[&str], notes: &str) -> Option<&'p str> {
    let own = || preferences.former_employers.iter().map(String::as_str);
    let keys: Vec<NameKey> = theirs.iter().map(|name| NameKey::of(name)).collect();
    own()
        .find(|employer| keys.contains(&NameKey::of(employer)))
        .or_else(|| own().find(|employer| names(notes, employer)))
}

/// Whether a text names a company, in whole words and with its capital: 'Target' is not named by 'your target role'.
fn names(text: &str, company: &str) -> bool {
    let (company, key) = (spoken(company), NameKey::of(company));
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric());
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_end_matches("'s").trim_end_matches("’s")).collect();
    let long = company.split_whitespace().count().max(1);
    words.windows(long).any(|some| first(some[0]) == first(company) && NameKey::of(&some.join(" ")) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_known_however_it_is_spelled() {
        let preferences = Preferences { former_employers: vec!["Acme, Inc.".into()], ..Preferences::default() };
        assert_eq!(worked_at(&preferences, "ACME"), Some("Acme, Inc."));
        assert_eq!(worked_at(&preferences, "Acme Labs"), None);
        assert_eq!(worked_at(&Preferences::default(), ""), None);
        let several = Preferences { former_employers: vec!["Globex".into(), "Acme".into()], ..Preferences::default() };
        assert_eq!(shared_with(&several, Some("Acme Inc."), None), Some("Acme"));
        assert_eq!(shared_with(&several, Some("Initech"), None), None);
        assert_eq!(shared_with(&several, Some("Initech"), Some("Sat beside me at Globex.")), Some("Globex"));
        assert_eq!(shared_with(&preferences, Some("Initech"), None), Some("Acme, Inc."));
    }

    #[test]
    fn an_employer_is_shared_where_it_is_known_of_both() {
        let employers = ["Globex", "Acme, Inc.", "Target", "Fern & Field"].map(String::from).to_vec();
        let me = Preferences { former_employers: employers, ..Preferences::default() };
        for (theirs, notes, shared) in [
            (&["ACME", "Initech"][..], "", Some("Acme, Inc.")),
            (&["Acme Labs"], "", None),
            (&[], "", None),
            (&[], "Was at Acme, before 2019", Some("Acme, Inc.")),
            (&[], "Acme’s first analyst", Some("Acme, Inc.")),
            (&[], "Knows someone at Acmeville", None),
            (&[], "Asked about my target role", None),
            (&[], "Ran the shops of Target.", Some("Target")),
            (&[], "Fern & Field, then Initech", Some("Fern & Field")),
            (&["Acme"], "Left Globex in May", Some("Acme, Inc.")),
        ] {
            assert_eq!(known_of(&me, theirs, notes), shared, "{theirs:?} {notes}");
        }
        assert_eq!(known_of(&Preferences::default(), &["Acme"], "Acme"), None);
    }
}
