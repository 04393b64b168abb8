//! Companies the user works at, or worked at before: who is there may know them.

use super::name::NameKey;
use crate::accounts::preferences::Preferences;

/// The employer of the user's own that is this company, as the settings name it.
pub fn worked_at<'p>(preferences: &'p Preferences, company: &str) -> Option<&'p str> {
    let key = NameKey::of(company);
    preferences.former_employers.iter().map(String::as_str).find(|employer| NameKey::of(employer) == key)
}

/// The employer the user shares with someone who works at `company` and worked where the user did: that company, or else the first.
pub fn shared_with<'p>(preferences: &'p Preferences, company: Option<&str>) -> Option<&'p str> {
    let there = company.and_then(|company| worked_at(preferences, company));
    there.or_else(|| preferences.former_employers.first().map(String::as_str))
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
        assert_eq!(shared_with(&several, Some("Acme Inc.")), Some("Acme"));
        assert_eq!(shared_with(&several, Some("Initech")), Some("Globex"));
    }
}
