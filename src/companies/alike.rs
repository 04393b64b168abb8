//! Which companies may be one, as far as their names, websites and pages on LinkedIn tell. Pure.

use std::collections::{BTreeMap, HashMap};

use super::name::NameKey;
use crate::address::{WebAddress, is_own_site};
use spelling::{differ_in_one_letter, domain, in_one_spelling, with_a_letter_less, without_ending};

mod spelling;

/// Why two companies may be one, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same page on LinkedIn.
    LinkedinPage,
    /// The same website of their own.
    Website,
    /// The same letters in another spelling: 'Deep Mind', 'DeepMind'.
    Letters,
    /// The same name with other letters: 'Müller', 'Mueller'.
    Spelling,
    /// One is the other's website: 'Booking', 'Booking.com'.
    Ending,
    /// Websites below one domain: 'foo.com', 'careers.foo.com'.
    Domain,
    /// One letter differs: 'Microsoft', 'Micrsoft'.
    Letter,
    /// One name begins with the other: 'Acme', 'Acme Robotics'.
    Beginning,
    /// One name ends with the other: 'Bosch', 'Robert Bosch'.
    End,
}

impl Reason {
    /// As the page says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::LinkedinPage => "Same page on LinkedIn",
            Self::Website => "Same website",
            Self::Letters => "Names that differ only in spaces or hyphens",
            Self::Spelling => "The same name in another spelling",
            Self::Ending => "Names that differ only in an ending such as .com",
            Self::Domain => "Websites of the same domain",
            Self::Letter => "Names that differ in one letter",
            Self::Beginning => "One name begins with the other",
            Self::End => "One name ends with the other",
        }
    }
}

/// What is compared of a company.
#[derive(Debug, Clone)]
pub struct Signs<'a> {
    /// Its name as it is written.
    pub written: &'a str,
    /// The key of its name.
    pub name: &'a NameKey,
    /// Its website.
    pub website: Option<&'a str>,
    /// Its page on LinkedIn.
    pub linkedin: Option<&'a str>,
}

/// A first or last word that many names share says nothing.
const MOST_SO: usize = 4;

/// Pairs of companies that may be one, by their places: the strongest reason for each, the lower place first.
pub fn pairs(companies: &[Signs<'_>]) -> BTreeMap<(usize, usize), Reason> {
    let mut found: BTreeMap<(usize, usize), Reason> = BTreeMap::new();
    let mut note = |one: usize, other: usize, reason: Reason| {
        let pair = (one.min(other), one.max(other));
        found.entry(pair).and_modify(|known| *known = reason.min(*known)).or_insert(reason);
    };
    let mut same = |reason: Reason, sign: &dyn Fn(&Signs<'_>) -> Option<String>| {
        let mut by_sign: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, company) in companies.iter().enumerate() {
            if let Some(sign) = sign(company) {
                by_sign.entry(sign).or_default().push(at);
            }
        }
        for those in by_sign.values() {
            each_pair(those, |one, other| note(one, other, reason));
        }
    };
    same(Reason::LinkedinPage, &|company| company.linkedin.map(str::to_lowercase));
    same(Reason::Website, &|company| own_host(company.website?));
    same(Reason::Domain, &|company| Some(domain(&own_host(company.website?)?)));
    same(Reason::Letters, &|company| Some(company.name.as_str().replace(' ', "")));
    let spelled: Vec<String> = companies.iter().map(|company| in_one_spelling(company.name.as_str())).collect();
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in spelled.iter().enumerate() {
        by_name.entry(name).or_default().push(at);
    }
    let of = |name: &str| by_name.get(name).map(Vec::as_slice).unwrap_or_default();
    for those in by_name.values() {
        each_pair(those, |one, other| note(one, other, Reason::Spelling));
    }
    let mut begin_so: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut end_so: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut a_letter_less: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, company) in companies.iter().enumerate() {
        if let Some(shorter) = without_ending(company.written) {
            let others = of(&in_one_spelling(shorter.as_str())).iter().filter(|other| **other != at);
            others.for_each(|other| note(at, *other, Reason::Ending));
        }
        let name = spelled[at].as_str();
        for (end, _) in name.match_indices(' ') {
            begin_so.entry(&name[..end]).or_default().push(at);
            end_so.entry(&name[end + 1..]).or_default().push(at);
        }
        for letters in with_a_letter_less(company.name.as_str()) {
            a_letter_less.entry(letters).or_default().push(at);
        }
    }
    for (longer, reason) in [(begin_so, Reason::Beginning), (end_so, Reason::End)] {
        for (shorter, those) in longer.into_iter().filter(|(_, those)| those.len() <= MOST_SO) {
            of(shorter).iter().for_each(|one| those.iter().for_each(|other| note(*one, *other, reason)));
        }
    }
    for those in a_letter_less.into_values().filter(|those| those.len() > 1) {
        each_pair(&those, |one, other| {
            if differ_in_one_letter(companies[one].name.as_str(), companies[other].name.as_str()) {
                note(one, other, Reason::Letter);
            }
        });
    }
    found
}

/// Each two of those, once.
pub fn each_pair(those: &[usize], mut pair: impl FnMut(usize, usize)) {
    for (nth, one) in those.iter().enumerate() {
        those[nth + 1..].iter().for_each(|other| pair(*one, *other));
    }
}

/// The host of a website that is the company's own.
fn own_host(website: &str) -> Option<String> {
    let address = WebAddress::parse(website).ok().filter(|_| is_own_site(website))?;
    Some(address.host().to_lowercase()).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reasons(of: &[(&str, Option<&str>, Option<&str>)]) -> Vec<((usize, usize), Reason)> {
        let names: Vec<NameKey> = of.iter().map(|(name, ..)| NameKey::of(name)).collect();
        let signs: Vec<Signs<'_>> = of
            .iter()
            .zip(&names)
            .map(|((written, website, linkedin), name)| Signs { written, name, website: *website, linkedin: *linkedin })
            .collect();
        pairs(&signs).into_iter().collect()
    }

    #[test]
    fn each_reason_finds_its_pair_and_the_strongest_is_said() {
        let found = reasons(&[
            ("Acme", Some("https://www.acme.example/en"), None),
            ("Acme Robotics", Some("http://acme.example"), None),
            ("Deep Mind", None, None),
            ("DeepMind Ltd", None, None),
            ("Orbit", None, Some("orbit-works")),
            ("Completely Other", None, Some("Orbit-Works")),
            ("Orbit Labs", None, None),
        ]);
        let expected = [
            ((0, 1), Reason::Website),
            ((2, 3), Reason::Letters),
            ((4, 5), Reason::LinkedinPage),
            ((4, 6), Reason::Beginning),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn other_ways_to_write_a_name_or_a_website_are_found() {
        for (one, other, reason) in [
            ("Müller GmbH", "Mueller GmbH & Co. KG", Reason::Spelling),
            ("Zürich Versicherung", "Zuerich Versicherung", Reason::Spelling),
            ("Zürich", "Zuerich Versicherung", Reason::Beginning),
            ("Booking", "Booking.com", Reason::Ending),
            ("Amazon", "Amazon.com, Inc.", Reason::Ending),
            ("Bosch", "Robert Bosch", Reason::End),
            ("Microsoft", "Micrsoft", Reason::Letter),
            ("SpaceX", "Space-X", Reason::Letters),
        ] {
            assert_eq!(reasons(&[(one, None, None), (other, None, None)]), [((0, 1), reason)], "{one}, {other}");
            assert_eq!(reasons(&[(other, None, None), (one, None, None)]), [((0, 1), reason)], "{other}, {one}");
        }
        let below =
            [("Acme", Some("https://careers.foo.co.uk"), None), ("Orbit", Some("https://www.foo.co.uk/about"), None)];
        assert_eq!(reasons(&below), [((0, 1), Reason::Domain)]);
        let apart = [("Acme", Some("https://acme.github.io"), None), ("Orbit", Some("https://orbit.github.io"), None)];
        assert_eq!(reasons(&apart), []);
    }

    #[test]
    fn what_says_nothing_joins_nobody() {
        let many =
            ["Bank", "Bank One", "Bank Two", "Bank Three", "Bank Four", "Bank Five"].map(|name| (name, None, None));
        assert_eq!(reasons(&many), []);
        assert_eq!(reasons(&[("Ace", None, None), ("Acetone", None, None), ("The Ace", None, None)]).len(), 1);
        let of_networks = Some("https://www.linkedin.com/company/acme");
        assert_eq!(reasons(&[("Acme", of_networks, None), ("Beta", of_networks, None)]), []);
    }

    proptest! {
        #[test]
        fn no_company_is_paired_with_itself_and_order_does_not_matter(
            names in proptest::collection::vec("[a-c ]{1,6}", 0..12)
        ) {
            let there: Vec<(&str, Option<&str>, Option<&str>)> = names.iter().map(|name| (name.as_str(), None, None)).collect();
            let found = reasons(&there);
            prop_assert!(found.iter().all(|((one, other), _)| one < other && *other < there.len()));
            let turned: Vec<_> = there.iter().rev().copied().collect();
            prop_assert_eq!(reasons(&turned).len(), found.len());
        }
    }
}
