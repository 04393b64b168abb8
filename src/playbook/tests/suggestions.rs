//! Who to ask next: what counts, and that the order is one.

use std::cmp::Ordering;

use proptest::{collection::vec, prelude::*, sample::select};

use super::approach::person;
use super::{event, march, standing};
use crate::playbook::{
    approach::{Coverage, Peer},
    event::Kind,
    suggestion::{Company, Shared, Suggestion},
    warmth::{Closeness, Warmth},
};

const ACME: Company<'_> = Company { name: "Acme", motivation: 0, posting: 0, coverage: Coverage::Found, advocates: 0 };

#[test]
fn the_reasons_are_said_in_words() {
    let ada = Peer {
        closeness: Closeness::SameRole,
        warmth: Warmth::SameSchool,
        live_profile: true,
        ..person(1, &standing(&[]))
    };
    let company = Some(Company { motivation: 5, posting: 3, advocates: 2, ..ACME });
    let shared = Shared { school: Some("London"), employer: None };
    assert_eq!(
        Suggestion { person: &ada, company }.reasons(shared),
        [
            "Does the work you want",
            "You both went to London",
            "You haven't asked anyone at Acme yet",
            "One of the companies you want most",
            "The role is open there right now",
            "You have ties to 2 others there",
            "Their profile is active",
        ]
    );
}

#[test]
fn who_ties_them_is_named_where_it_is_known() {
    let found = person(1, &standing(&[]));
    let says = |person: &Peer, shared| Suggestion { person, company: None }.reasons(shared);
    let known = Shared { school: Some("London"), employer: Some("Difference Works") };
    let of = |warmth| Peer { warmth, ..found.clone() };
    assert_eq!(says(&of(Warmth::SameEmployer), known), ["You both worked at Difference Works"]);
    assert_eq!(says(&of(Warmth::SameEmployer), Shared::default()), ["You share a former employer"]);
    let introduced = Peer { introducer: Some("Alan Turing".into()), ..of(Warmth::CanBeIntroduced) };
    assert_eq!(says(&introduced, known), ["Alan Turing can introduce you"]);
    assert!(says(&of(Warmth::Stranger), known).is_empty());
    let connected = person(2, &standing(&[event(Kind::AlreadyConnected, march(2))]));
    assert_eq!(says(&connected, known), ["You are connected already"]);
}

fn any_person() -> impl Strategy<Value = Peer> {
    (1..40_u128, select(Closeness::ALL), select(Warmth::ALL), any::<bool>(), any::<bool>()).prop_map(
        |(nr, closeness, warmth, live_profile, connected)| {
            let start = if connected { Kind::AlreadyConnected } else { Kind::Found };
            let standing = standing(&[event(start, march(2))]);
            Peer { closeness, warmth, live_profile, ..person(nr, &standing) }
        },
    )
}

fn any_company() -> impl Strategy<Value = Company<'static>> {
    let coverage =
        select(vec![Coverage::Nobody, Coverage::Found, Coverage::Contacted, Coverage::Talked, Coverage::Referral]);
    (0..=5_i16, 0..=3_i16, coverage, 0..9_usize).prop_map(|(motivation, posting, coverage, advocates)| Company {
        motivation,
        posting,
        coverage,
        advocates,
        ..ACME
    })
}

proptest! {
    /// Nobody ranks with someone else, and the order does not depend on how the list began.
    #[test]
    fn the_order_is_total(people in vec((any_person(), any_company()), 1..20)) {
        let suggestions: Vec<_> =
            people.iter().map(|(person, company)| Suggestion { person, company: Some(*company) }).collect();
        for a in &suggestions {
            for b in &suggestions {
                prop_assert_eq!(a.order(b), b.order(a).reverse());
                prop_assert!(a.order(b) != Ordering::Equal || a.person.id == b.person.id);
                for c in &suggestions {
                    prop_assert!(a.order(b).is_gt() || b.order(c).is_gt() || a.order(c).is_le());
                }
            }
        }
    }

    /// Warmer, closer, with a live profile, or connected, a person never comes later, all else equal.
    #[test]
    fn more_never_ranks_lower(someone in any_person(), other in any_person(), company in any_company()) {
        let place = |person: &Peer| {
            let suggestion = Suggestion { person, company: Some(company) };
            suggestion.order(&Suggestion { person: &other, company: Some(company) })
        };
        let now = place(&someone);
        for better in better_than(&someone) {
            prop_assert!(place(&better) <= now, "{better:?}");
            prop_assert!(!someone.ranks_before(&better) || someone.nearness().points() == better.nearness().points());
        }
    }

    /// A company wanted more, with a closer posting, more advocates or less asked, never comes later.
    #[test]
    fn a_better_company_never_ranks_lower(someone in any_person(), company in any_company()) {
        let points = |company| Suggestion { person: &someone, company: Some(company) }.points();
        let now = points(company);
        let wanted = Company { motivation: company.motivation + 1, ..company };
        let posting = Company { posting: company.posting + 1, ..company };
        let advocates = Company { advocates: company.advocates + 1, ..company };
        let fresh = Company { coverage: Coverage::Found, ..company };
        for better in [wanted, posting, advocates, fresh] {
            prop_assert!(points(better) >= now, "{better:?}");
        }
        let nowhere = Suggestion { person: &someone, company: None }.points();
        prop_assert!(points(company) >= nowhere);
    }

    /// A suggestion at a company always says why, and no reason is a bare number.
    #[test]
    fn there_is_always_a_reason(someone in any_person(), company in any_company()) {
        let reasons = Suggestion { person: &someone, company: Some(company) }.reasons(Shared::default());
        prop_assert!(!reasons.is_empty());
        prop_assert!(reasons.iter().all(|reason| reason.split(' ').count() > 3 || reason.starts_with("You ")), "{reasons:?}");
    }
}

/// The same person with one thing better.
fn better_than(person: &Peer) -> Vec<Peer> {
    let before = |all: usize| all.checked_sub(1);
    let mut better = vec![Peer { live_profile: true, ..person.clone() }];
    let closeness = Closeness::ALL.iter().position(|closeness| *closeness == person.closeness);
    if let Some(at) = closeness.and_then(before) {
        better.push(Peer { closeness: Closeness::ALL[at], ..person.clone() });
    }
    let warmth = Warmth::ALL.iter().position(|warmth| *warmth == person.warmth);
    if let Some(at) = warmth.and_then(before) {
        better.push(Peer { warmth: Warmth::ALL[at], ..person.clone() });
    }
    let connected = standing(&[event(Kind::AlreadyConnected, march(2))]);
    better.push(Peer { stage: connected.stage, step: connected.next.map(|next| next.step), ..person.clone() });
    better
}
