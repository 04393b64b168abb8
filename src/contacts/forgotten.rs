//! People the user asked to forget. Who they were is not kept: only marks they are known by when they are met again.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::contact::NewContact;
use crate::folding::folded;
use crate::ids::ForgottenId;
use crate::playbook::name::without_titles;

/// Bytes of a mark, and of the key it is made with.
const BYTES: usize = 32;

/// What someone is known by, wherever they are met.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits<'a> {
    /// Their name, as it is written there.
    pub name: &'a str,
    /// The key of their profile.
    pub profile: Option<&'a str>,
    /// Their e-mail address.
    pub email: Option<&'a str>,
    /// The key of their employer's name.
    pub employer: Option<&'a str>,
}

/// The marks of one person, without who they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Of their profile, if one was known.
    pub profile: Option<Vec<u8>>,
    /// Of their e-mail address, if one was known.
    pub email: Option<Vec<u8>>,
    /// Of their name together with their employer.
    pub at_work: Vec<u8>,
    /// Of their name alone.
    pub name: Vec<u8>,
}

impl Mark {
    /// The marks of someone, made with an account's key.
    pub fn of(salt: &[u8], person: &Traits<'_>) -> Self {
        Self::called(salt, person, &bare(person.name))
    }

    /// The marks of someone of that name, folded already.
    fn called(salt: &[u8], person: &Traits<'_>, name: &str) -> Self {
        Self {
            profile: person.profile.map(|key| hash(salt, "profile", key)),
            email: person.email.map(|email| hash(salt, "email", email)),
            at_work: hash(salt, "at work", &format!("{name}\n{}", person.employer.unwrap_or_default())),
            name: hash(salt, "name", name),
        }
    }

    /// Whether whoever left these marks is, as far as one can tell, who has those. A name is enough where nothing else is said,
    /// or nothing else was known that is theirs alone.
    fn is_of(&self, other: &Self, other_is_a_name: bool) -> bool {
        let is_same = |mine: &Option<Vec<u8>>, theirs: &Option<Vec<u8>>| mine.is_some() && mine == theirs;
        is_same(&self.profile, &other.profile)
            || is_same(&self.email, &other.email)
            || (self.at_work == other.at_work && (self.profile.is_none() || other.profile.is_none()))
            || ((other_is_a_name || (self.profile.is_none() && self.email.is_none())) && self.name == other.name)
    }
}

/// A name as it is compared, without what people put around it: titles, degrees, what stands in brackets, and signs.
fn bare(name: &str) -> String {
    let whole = folded(&without_titles(name));
    if whole.is_empty() { folded(name) } else { whole }
}

fn hash(salt: &[u8], kind: &str, value: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(salt).unwrap_or_else(|_| unreachable!("any length is a key"));
    mac.update(kind.as_bytes());
    mac.update(b"\0");
    mac.update(value.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// A row of marks as it is kept.
#[derive(Debug, Clone)]
pub struct Forgotten {
    /// Which row.
    pub id: ForgottenId,
    /// The key the marks are made with.
    pub salt: Vec<u8>,
    /// The marks.
    pub mark: Mark,
}

/// Everyone the user asked to forget, to be asked of many people.
#[derive(Debug, Default)]
pub struct Marks {
    rows: Vec<Forgotten>,
    /// The keys in use: one, unless archives were put together by hand.
    salts: Vec<Vec<u8>>,
    by_hash: HashMap<Vec<u8>, Vec<usize>>,
}

impl Marks {
    /// Of the rows that are kept.
    pub fn of(rows: Vec<Forgotten>) -> Self {
        let mut marks = Self::default();
        for (at, row) in rows.iter().enumerate() {
            if !marks.salts.contains(&row.salt) {
                marks.salts.push(row.salt.clone());
            }
            let Mark { profile, email, at_work, name } = row.mark.clone();
            for hash in [profile, email, Some(at_work), Some(name)].into_iter().flatten() {
                marks.by_hash.entry(hash).or_default().push(at);
            }
        }
        Self { rows, ..marks }
    }

    /// Whether nobody was forgotten.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The key new marks are made with; a fresh one where there are none.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn salt(&self) -> anyhow::Result<Vec<u8>> {
        if let Some(salt) = self.salts.first() {
            return Ok(salt.clone());
        }
        let mut salt = vec![0; BYTES];
        getrandom::fill(&mut salt).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
        Ok(salt)
    }

    /// The rows left by this person.
    pub fn left_by(&self, person: &Traits<'_>) -> Vec<ForgottenId> {
        let is_a_name = person.profile.is_none() && person.email.is_none() && person.employer.is_none();
        let mut found = Vec::new();
        for salt in &self.salts {
            // Marks of before names were taken out of their titles are of the name as it was written.
            let names = [bare(person.name), folded(person.name)];
            let count = if names[0] == names[1] { 1 } else { 2 };
            for name in &names[..count] {
                let mark = Mark::called(salt, person, name);
                let hashes = [mark.profile.as_ref(), mark.email.as_ref(), Some(&mark.at_work), Some(&mark.name)];
                let candidates = hashes.into_iter().flatten().filter_map(|hash| self.by_hash.get(hash)).flatten();
                found.extend(
                    candidates
                        .filter_map(|at| self.rows.get(*at))
                        .filter(|row| row.mark.is_of(&mark, is_a_name))
                        .map(|row| row.id),
                );
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The first of the rows left by this person.
    pub fn mark_of(&self, person: &Traits<'_>) -> Option<ForgottenId> {
        if self.is_empty() { None } else { self.left_by(person).first().copied() }
    }

    /// Whether the user asked to forget this person.
    pub fn know(&self, person: &Traits<'_>) -> bool {
        self.mark_of(person).is_some()
    }
}

impl NewContact {
    /// The marks whoever this is left.
    pub fn marks_among(&self, marks: &Marks) -> Vec<ForgottenId> {
        let employer = self.employer.as_ref().map(|employer| employer.key());
        marks.left_by(&Traits {
            name: self.name.as_str(),
            profile: self.profile.as_ref().map(|profile| profile.key()),
            email: self.email.as_ref().map(|email| email.as_str()),
            employer: employer.as_ref().map(|key| key.as_str()),
        })
    }

    /// Whether the user asked to forget whoever this is.
    pub fn is_forgotten(&self, marks: &Marks) -> bool {
        !marks.is_empty() && !self.marks_among(marks).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks(people: &[Traits<'_>]) -> Marks {
        let row = |person| Forgotten { id: ForgottenId::new(), salt: vec![7; 32], mark: Mark::of(&[7; 32], person) };
        Marks::of(people.iter().map(row).collect())
    }

    const ADA: Traits<'static> = Traits {
        name: "Ada Lovelace",
        profile: Some("linkedin.com/in/ada"),
        email: Some("ada@example.org"),
        employer: Some("analytical engines"),
    };

    #[test]
    fn someone_is_known_again_by_whatever_is_theirs_alone() {
        let marks = marks(&[ADA]);
        let nobody = Traits { name: "Someone", ..Traits::default() };
        assert!(marks.know(&ADA));
        assert!(marks.know(&Traits { profile: ADA.profile, ..nobody }), "another name, the same profile");
        assert!(marks.know(&Traits { email: ADA.email, ..nobody }));
        assert!(marks.know(&Traits { name: "ADA LOVELACE", employer: ADA.employer, ..nobody }), "as files spell it");
        assert!(marks.know(&Traits { name: "Ada Lovelace", ..nobody }), "nothing but the name is said");
        assert!(!marks.know(&nobody));
        assert!(!marks.know(&Traits { employer: Some("elsewhere"), name: "Ada Lovelace", ..nobody }));
        let namesake = Traits { profile: Some("linkedin.com/in/another-ada"), email: None, ..ADA };
        assert!(!marks.know(&namesake), "two profiles are two people");
    }

    #[test]
    fn what_is_put_around_a_name_changes_nobody() {
        let bob = |name| Traits { name, employer: Some("acme"), ..Traits::default() };
        let ways = [
            "Bob Stone",
            "Bob Stone, PhD",
            "Dr. Bob Stone",
            "Bob Stone (he/him)",
            "Bob Stone 🚀",
            "Prof. Dr. Bob Stone MBA",
        ];
        for kept in ways {
            let before = Forgotten {
                id: ForgottenId::new(),
                salt: vec![7; 32],
                mark: Mark::called(&[7; 32], &bob(kept), &folded(kept)),
            };
            assert!(Marks::of(vec![before]).know(&bob(kept)), "marks of before: {kept}");
            for met in ways {
                assert!(marks(&[bob(kept)]).know(&bob(met)), "{kept}, {met}");
            }
            assert!(!marks(&[bob(kept)]).know(&bob("Bob Stones")), "{kept}");
        }
        assert!(!marks(&[bob("Dr.")]).know(&bob("Prof.")), "what is nothing but a title stays as it is");
    }

    #[test]
    fn where_nothing_but_a_name_was_known_the_name_counts() {
        let marks = marks(&[Traits { name: "Ada Lovelace", ..Traits::default() }]);
        assert!(marks.know(&Traits { email: None, ..ADA }));
        assert!(marks.know(&ADA));
        assert!(!marks.know(&Traits { name: "Ada King", ..ADA }));
    }

    #[test]
    fn nobody_is_known_where_nobody_was_forgotten() {
        assert!(!Marks::default().know(&ADA));
        assert_ne!(Marks::default().salt().unwrap(), Marks::default().salt().unwrap());
        assert_eq!(marks(&[ADA]).salt().unwrap(), vec![7; 32]);
    }

    proptest! {
        #[test]
        fn a_mark_says_nothing_of_who_it_is_of(name in "[a-z]{8,40}", email in "[a-z]{8,20}@example.org") {
            let mark = Mark::of(&[9; 32], &Traits { name: &name, email: Some(&email), ..Traits::default() });
            for hash in [mark.email.as_ref().unwrap(), &mark.at_work, &mark.name] {
                prop_assert_eq!(hash.len(), BYTES);
                prop_assert!(!String::from_utf8_lossy(hash).contains(&name));
            }
            let with_another_key = Mark::of(&[8; 32], &Traits { name: &name, ..Traits::default() });
            prop_assert_ne!(mark.name, with_another_key.name);
        }
    }
}
