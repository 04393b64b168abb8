//! Which lines look like the same, by the words they share. A proposal, never more: words can agree where meanings do not.

use std::collections::BTreeSet;

use super::warmth::{Closeness, Warmth};

/// Words that say nothing of what a line is about.
const EMPTY: &[&str] = &[
    "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by", "can",
    "do", "does", "every", "first", "for", "from", "get", "has", "have", "he", "her", "here", "him", "his", "how",
    "if", "in", "into", "is", "it", "its", "just", "know", "knowing", "many", "more", "most", "much", "must", "my",
    "need", "needs", "no", "not", "of", "on", "one", "only", "or", "our", "out", "over", "people", "say", "she", "so",
    "some", "somebody", "than", "that", "the", "their", "them", "then", "there", "they", "this", "to", "too", "two",
    "up", "very", "was", "we", "what", "when", "which", "who", "will", "with", "work", "you", "your",
];

/// What a line is about: its words in small letters and without a plural's ending, but for those that say nothing. One
/// capital alone counts, since R and C are skills.
pub fn words(text: &str) -> BTreeSet<String> {
    let is_told = |word: &&str| match word.chars().count() {
        0 => false,
        1 => word.chars().all(|c| c.is_numeric() || (c.is_uppercase() && !matches!(c, 'A' | 'I'))),
        _ => true,
    };
    text.split(|c: char| !c.is_alphanumeric())
        .filter(is_told)
        .map(str::to_lowercase)
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .map(singular)
        .collect()
}

fn singular(word: String) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word,
    }
}

/// How alike two lines are, in hundredths of all their words; none where they share too little to be proposed: one word
/// will do for a line of one word, else two, and half of the shorter line.
pub fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<usize> {
    let shared = a.intersection(b).count();
    let shorter = a.len().min(b.len());
    let is_alike = shared >= 1 && (shorter == 1 || (shared >= 2 && 2 * shared >= shorter));
    is_alike.then(|| 100 * shared / (a.len() + b.len() - shared))
}

/// What makes a person worth asking, apart from where they work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearness {
    /// To the role.
    pub closeness: Closeness,
    /// To the user.
    pub warmth: Warmth,
    /// Whether their profile is alive.
    pub live_profile: bool,
    /// Whether the two are connected.
    pub connected: bool,
}

impl Nearness {
    /// The person's part of the points.
    pub fn points(self) -> u16 {
        let closeness = match self.closeness {
            Closeness::SameRole => 8,
            Closeness::Adjacent => 6,
            Closeness::HiringManager => 5,
            Closeness::Recruiter => 2,
            Closeness::NotNear | Closeness::Other => 0,
        };
        let warmth = match self.warmth {
            Warmth::KnowsMe => 8,
            Warmth::CanBeIntroduced => 6,
            Warmth::SameSchool => 5,
            Warmth::SameEmployer => 4,
            Warmth::Stranger => 0,
        };
        closeness + warmth + 6 * u16::from(self.connected) + 2 * u16::from(self.live_profile)
    }

    /// Whether they know the user, or share something: an advocate in the sense of the LAMP list.
    pub fn is_advocate(self) -> bool {
        self.connected || matches!(self.warmth, Warmth::KnowsMe | Warmth::SameSchool | Warmth::SameEmployer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        likeness(&words(a), &words(b)).is_some()
    }

    #[test]
    fn lines_that_share_what_they_are_about_are_proposed() {
        assert!(alike("SQL", "SQL first. The dashboard tool changes every two years, SQL does not."));
        assert!(alike("SQL joins, medians and percentiles", "Joins and medians in SQL"));
        assert!(alike("R. They teach it in the first half year.", "R"));
        assert!(alike("Hiring freeze until April", "There is a hiring freeze"));
        assert!(!alike("They hire in spring", "They hire nobody before the grant round"));
        assert!(!alike("It is what they need", "What they need is this"), "words that say nothing");
        assert!(!alike("", "") && !alike("SQL", "Python"));
    }

    #[test]
    fn words_are_told_apart_in_any_writing() {
        assert_eq!(words("Größe, größe: GRÖSSE?").into_iter().collect::<Vec<_>>(), ["grösse", "größe"]);
        assert_eq!(words("الخبرة مطلوبة").len(), 2);
        assert_eq!(words("Tests, test status I A C").into_iter().collect::<Vec<_>>(), ["c", "status", "test"]);
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_at_most_all(a in "[a-e ]{0,20}", b in "[a-e ]{0,20}") {
            let (a, b) = (words(&a), words(&b));
            prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
            prop_assert!(likeness(&a, &b).is_none_or(|hundredths| hundredths <= 100));
            prop_assert_eq!(likeness(&a, &a), if a.is_empty() { None } else { likeness(&a, &a) });
        }
    }
}
