//! Which contacts the lists show, and in which order.

use crate::companies::name::NameKey;
use crate::folding::words::{INDEXED, escaped, words};
use crate::kinds::kinds;

kinds! {
    /// Which contacts are shown.
    pub enum Filter {
        Everyone = "everyone", "Everyone";
        /// Due today, or late.
        Due = "due", "Due now";
        Identified = "identified", "Identified";
        Requested = "requested", "Requested";
        Connected = "connected", "Connected";
        Asked = "asked", "Asked";
        Scheduled = "scheduled", "Scheduled";
        /// Talked with, thanked or not yet.
        InTouch = "in_touch", "In touch";
        /// Moved on, or declined.
        Resting = "resting", "Resting";
    }
}

kinds! {
    /// In which order.
    pub enum Sort {
        Due = "due", "Due date";
        Name = "name", "Name";
        Company = "company", "Company";
        Touch = "touch", "Last in contact";
    }
}

kinds! {
    /// Who of them is shown.
    pub enum Show {
        Everyone = "everyone", "Everyone";
        Due = "due", "Due now";
        Dates = "dates", "With dates of theirs";
        Reasons = "reasons", "With a reason kept";
    }
}

/// What everyone who fits all words of a search has in the index of words, as a pattern of `like`.
pub struct IndexKey(String);

impl IndexKey {
    /// The longest part of a word, without what is not kept of an employer's name, if it is long enough to be looked up.
    pub fn of(typed: &str) -> Option<Self> {
        let words = words(typed);
        let parts = words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
        let longest = parts.filter(|part| is_kept(part)).max_by_key(|part| part.chars().count())?;
        (longest.chars().count() >= INDEXED).then(|| Self(format!("%{}%", escaped(longest))))
    }

    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a word of an employer's name is kept, wherever it stands in it.
fn is_kept(word: &str) -> bool {
    let names = [format!("{word} x y"), format!("x y {word}")];
    names.iter().all(|name| NameKey::of(name).as_str().contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_looked_up_by_what_every_spelling_of_a_search_has() {
        let key = |typed: &str| IndexKey::of(typed).map(|key| key.0);
        assert_eq!(key("acme-systems inc").as_deref(), Some("%systems%"));
        assert_eq!(key("incorporated c++ bob").as_deref(), Some("%bob%"));
        assert_eq!(["the", "h", "AT&T", "...", "小明"].map(key), [const { None }; 5]);
    }
}
