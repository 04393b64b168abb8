//! Which companies may be one, as far as their names, websites and pages on LinkedIn tell. Pure.

use std::collections::{BTreeMap, HashMap};

use super::name::NameKey;
use crate::address::{WebAddress, is_own_site};

/// Why two companies may be one, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same page on LinkedIn.
    LinkedinPage,
    /// The same website of their own.
    Website,
    /// The same letters in another spelling: 'Deep Mind', 'DeepMind'.
    Letters,
    /// One name begins with the other: 'Acme', 'Acme Robotics'.
    Beginning,
}

impl Reason {
    /// As the page says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::LinkedinPage => "Same page on LinkedIn",
            Self::Website => "Same website",
            Self::Letters => "Names that differ only in spaces",
            Self::Beginning => "One name begins with the other",
        }
    }
}

/// What is compared of a company.
#[derive(Debug, Clone)]
pub struct Signs<'a> {
    /// Its name.
    pub name: &'a NameKey,
    /// Its website.
    pub website: Option<&'a str>,
    /// Its page on LinkedIn.
    pub linkedin: Option<&'a str>,
}

/// A first word that many names share says nothing.
const MOST_THAT_BEGIN_SO: usize = 4;

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
            for (nth, one) in those.iter().enumerate() {
                those[nth + 1..].iter().for_each(|other| note(*one, *other, reason));
            }
        }
    };
    same(Reason::LinkedinPage, &|company| company.linkedin.map(str::to_lowercase));
    same(Reason::Website, &|company| own_host(company.website?));
    same(Reason::Letters, &|company| Some(company.name.as_str().replace(' ', "")));
    let by_name: HashMap<&str, usize> = companies.iter().enumerate().map(|(at, it)| (it.name.as_str(), at)).collect();
    let mut longer: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, company) in companies.iter().enumerate() {
        let name = company.name.as_str();
        for (end, _) in name.match_indices(' ') {
            longer.entry(by_name.get(&name[..end]).copied().unwrap_or(usize::MAX)).or_default().push(at);
        }
    }
    longer.remove(&usize::MAX);
    for (shorter, those) in longer.into_iter().filter(|(_, those)| those.len() <= MOST_THAT_BEGIN_SO) {
        those.into_iter().for_each(|other| note(shorter, other, Reason::Beginning));
    }
    found
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
            .map(|((_, website, linkedin), name)| Signs { name, website: *website, linkedin: *linkedin })
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
