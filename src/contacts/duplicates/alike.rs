//! Who may be one person, as far as names, employers, addresses and numbers tell. Pure.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::name::Forms;
use crate::companies::alike::each_pair;

/// Why two may be one, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    NameAndEmail,
    Email,
    Phone,
    NameAndEmployer,
    /// At one employer, as all that follow but the name alone.
    Titles,
    Order,
    Spelling,
    Short,
    Name,
    Alike,
}

impl Reason {
    /// As the page says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NameAndEmail => "Same name and e-mail address",
            Self::Email => "Same e-mail address",
            Self::Phone => "Same phone number",
            Self::NameAndEmployer => "Same name and employer",
            Self::Titles => "Names that differ only in additions such as Dr. or Jr., same employer",
            Self::Order => "The same names in another order, same employer",
            Self::Spelling => "The same name in another spelling, same employer",
            Self::Short => "A short form of the same name, same employer",
            Self::Name => "Same name",
            Self::Alike => "Similar name, same employer",
        }
    }
}

/// What is compared of someone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signs<'a> {
    /// The name as it is folded.
    pub name: &'a str,
    /// The key of the employer's name.
    pub employer: Option<&'a str>,
    /// The company they are at.
    pub company: Option<uuid::Uuid>,
    /// The key of the profile.
    pub profile: Option<&'a str>,
    /// The mailbox.
    pub email: Option<&'a str>,
    /// The phone number, as it was typed.
    pub phone: Option<&'a str>,
}

/// What more of them share says nothing, or takes too long.
const MOST_OF_ONE: usize = 40;
/// A number of more is that of a house.
const MOST_OF_ONE_NUMBER: usize = 3;
/// Digits that tell a number whatever stands before them, and how few are a number at all.
const DIGITS: usize = 9;
const FEWEST_DIGITS: usize = 7;

/// Pairs of those who may be one, by their places: the strongest reason for each, the lower place first.
pub fn pairs(people: &[Signs<'_>]) -> BTreeMap<(usize, usize), Reason> {
    let mut found = BTreeMap::new();
    let all: Vec<usize> = (0..people.len()).collect();
    for those in together(&all, |at| people[at].email) {
        each_pair(&those, |one, other| {
            let is_named_so = people[one].name == people[other].name;
            note(&mut found, one, other, if is_named_so { Reason::NameAndEmail } else { Reason::Email });
        });
    }
    let is_two = |one: usize, other: usize| are_two(people[one].profile, people[other].profile);
    for those in together(&all, |at| number(people[at].phone?)).iter().filter(|it| it.len() <= MOST_OF_ONE_NUMBER) {
        each_pair(those, |one, other| {
            if !is_two(one, other) {
                note(&mut found, one, other, Reason::Phone);
            }
        });
    }
    for those in together(&all, |at| Some(people[at].name)) {
        each_pair(&those, |one, other| {
            if !is_two(one, other) {
                let is_there = is_same(people[one].employer, people[other].employer)
                    || is_same(people[one].company, people[other].company);
                note(&mut found, one, other, if is_there { Reason::NameAndEmployer } else { Reason::Name });
            }
        });
    }
    let colleagues = together_all(&all, |at| people[at].employer);
    for there in colleagues.into_iter().chain(together_all(&all, |at| people[at].company)) {
        let forms: HashMap<usize, Forms> = there.iter().map(|at| (*at, Forms::of(people[*at].name))).collect();
        let of = |at: usize| forms.get(&at);
        let mut candidates = together(&there, |at| Some(of(at)?.long.join(" ")));
        candidates.extend(together(&there, |at| of(at)?.bare.first().cloned()));
        candidates.extend(together(&there, |at| of(at)?.bare.last().cloned()));
        for those in candidates {
            each_pair(&those, |one, other| {
                let (Some(mine), Some(theirs)) = (of(one), of(other)) else { return };
                if people[one].name != people[other].name
                    && !is_two(one, other)
                    && let Some(reason) = compared(mine, theirs)
                {
                    note(&mut found, one, other, reason);
                }
            });
        }
    }
    found
}

/// Why two names that are written differently may be one.
fn compared(one: &Forms, other: &Forms) -> Option<Reason> {
    if one.is_of_another_generation(other) {
        return None;
    }
    let in_order = |forms: &Forms| {
        let mut words = forms.words.clone();
        words.sort();
        words
    };
    if one.words == other.words {
        return Some(Reason::Spelling);
    }
    if in_order(one) != in_order(other) && one.bare == other.bare {
        // 'Mr. Ford' and 'Mrs. Ford' are two people.
        return (one.bare.len() > 1).then_some(Reason::Titles);
    }
    if one.sorted == other.sorted {
        return Some(Reason::Order);
    }
    if one.spelled == other.spelled {
        return Some(Reason::Spelling);
    }
    if one.long == other.long && one.long.len() > 1 {
        return Some(Reason::Short);
    }
    one.is_alike(other).then_some(Reason::Alike)
}

/// Two profiles of one site are two people.
fn are_two(one: Option<&str>, other: Option<&str>) -> bool {
    is_same(one.map(site), other.map(site))
}

/// The site of a profile's key. LinkedIn's own pages of one person have keys of several kinds.
fn site(key: &str) -> &str {
    let key = key.trim_start_matches("https://").trim_start_matches('/');
    key.split('/').next().unwrap_or(key)
}

/// The digits that tell a phone number.
fn number(typed: &str) -> Option<String> {
    let digits: Vec<char> = typed.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= FEWEST_DIGITS).then(|| digits[digits.len().saturating_sub(DIGITS)..].iter().collect())
}

fn is_same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && one == other
}

fn note(found: &mut BTreeMap<(usize, usize), Reason>, one: usize, other: usize, reason: Reason) {
    let pair = (one.min(other), one.max(other));
    found.entry(pair).and_modify(|known| *known = reason.min(*known)).or_insert(reason);
}

/// Those who share a sign, where more than one does; the first of them only.
fn together<K: Ord>(those: &[usize], sign: impl Fn(usize) -> Option<K>) -> Vec<Vec<usize>> {
    let mut groups = together_all(those, sign);
    groups.iter_mut().for_each(|group| group.truncate(MOST_OF_ONE));
    groups
}

/// The same, all of them.
fn together_all<K: Ord>(those: &[usize], sign: impl Fn(usize) -> Option<K>) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for at in those {
        if let Some(sign) = sign(*at) {
            groups.entry(sign).or_default().push(*at);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folding::folded;

    /// The reason for two of these names at one employer.
    fn at_work(one: &str, other: &str) -> Option<Reason> {
        let names = [folded(one), folded(other)];
        let [a, b] = names.each_ref().map(|name| Signs { name, employer: Some("acme"), ..Signs::default() });
        pairs(&[a, b]).into_values().next()
    }

    #[test]
    fn twins_of_the_commonest_kinds_are_found_each_with_its_reason() {
        for (one, other, reason) in [
            ("Hans Müller", "Hans Mueller", Reason::Spelling),
            ("Juergen Mueller", "Jürgen Müller", Reason::Spelling),
            ("Bjørn Dahl", "Bjoern Dahl", Reason::Spelling),
            ("Anna-Maria Weber", "Anna Maria Weber", Reason::Spelling),
            ("Bob Smith", "Robert Smith", Reason::Short),
            ("Mike Lee", "Michael Lee", Reason::Short),
            ("Kate Lee", "Katherine Lee", Reason::Short),
            ("Dr. Anna Weber", "Anna Weber", Reason::Titles),
            ("Anna Weber, PhD", "Anna Weber", Reason::Titles),
            ("Tom Ford Jr.", "Tom Ford", Reason::Titles),
            ("Lovelace, Grace", "Grace Lovelace", Reason::Order),
            ("Li Wei", "Wei Li", Reason::Order),
            ("Maria Garcia", "Maria Garcia Lopez", Reason::Alike),
            ("A. Lovelace", "Ada Lovelace", Reason::Alike),
            ("Ada Lovelace", "ADA  Lovelace", Reason::NameAndEmployer),
        ] {
            assert_eq!(at_work(one, other), Some(reason), "{one}, {other}");
            assert_eq!(at_work(other, one), Some(reason), "{other}, {one}");
        }
        for (one, other) in [
            ("Alan Lovelace", "Ada Lovelace"),
            ("Bob Smith", "Bill Smith"),
            ("Ada", "Alan"),
            ("Maria Garcia", "Maria Lopez"),
            ("Mr. Ford", "Mrs. Ford"),
            ("Tom Ford Jr.", "Tom Ford Sr."),
        ] {
            assert_eq!(at_work(one, other), None, "{one}, {other}");
        }
    }

    #[test]
    fn only_two_profiles_of_one_site_are_two_people() {
        let of = |profile| Signs { name: "ada lovelace", employer: Some("acme"), profile, ..Signs::default() };
        let reason = |one, other| pairs(&[of(Some(one)), of(other)]).into_values().next();
        assert_eq!(reason("/in/ada", Some("/in/ada-2")), None);
        assert_eq!(reason("https://github.com/ada", Some("https://github.com/lovelace")), None);
        assert_eq!(reason("/in/ada", Some("https://github.com/ada")), Some(Reason::NameAndEmployer));
        assert_eq!(reason("https://gitlab.com/ada", Some("https://github.com/ada")), Some(Reason::NameAndEmployer));
        assert_eq!(reason("/in/ada", Some("/sales/lead/x")), Some(Reason::NameAndEmployer));
        assert_eq!(reason("/in/ada", None), Some(Reason::NameAndEmployer));
    }

    #[test]
    fn a_number_is_one_however_it_is_written_unless_a_house_shares_it() {
        let of = |name, phone| Signs { name, phone: Some(phone), ..Signs::default() };
        let two = [of("ada", "+49 170 1234567"), of("grace", "0170/1234567"), of("joan", "110"), of("mary", "110")];
        assert_eq!(pairs(&two).into_iter().collect::<Vec<_>>(), [((0, 1), Reason::Phone)]);
        let house = ["ada", "grace", "joan", "mary"].map(|name| of(name, "+49 30 1234567"));
        assert!(pairs(&house).is_empty());
    }

    #[test]
    fn names_alike_elsewhere_are_two_people() {
        let of = |name, employer| Signs { name, employer: Some(employer), ..Signs::default() };
        assert!(pairs(&[of("bob smith", "acme"), of("robert smith", "globex")]).is_empty());
        let found = pairs(&[of("bob smith", "acme"), of("bob smith", "globex")]);
        assert_eq!(found.into_values().collect::<Vec<_>>(), [Reason::Name]);
    }
}
