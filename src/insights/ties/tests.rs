use proptest::prelude::*;
use uuid::Uuid;

use crate::insights::ties::*;

fn line(nr: u8) -> InsightId {
    InsightId(Uuid::from_u128(u128::from(nr) + 1))
}

fn link(nr: u8, a: u8, b: u8, tie: Tie) -> Link {
    let (one, other) = pair(line(a), line(b));
    Link { id: InsightLinkId(Uuid::from_u128(u128::from(nr))), one, other, tie }
}

fn said(by: u8, company: u8, weight: Option<Weight>) -> Said {
    let by = (by > 0).then(|| ContactId(Uuid::from_u128(by.into())));
    Said { by, company: Some(CompanyId(Uuid::from_u128(company.into()))), weight }
}

#[test]
fn the_oldest_line_leads_and_ties_to_one_are_ties_to_all() {
    let links = [link(1, 2, 1, Tie::Same), link(2, 3, 2, Tie::Same), link(3, 3, 9, Tie::Contrary)];
    let groups = Groups::new(&links);
    assert_eq!(groups.lead(line(3)), line(1));
    assert_eq!(groups.links(Tie::Contrary, line(1), line(9)), [links[2].id]);
    assert!(groups.links(Tie::Apart, line(1), line(9)).is_empty());
    assert_eq!(groups.lead(line(7)), line(7));
}

#[test]
fn a_contradiction_inside_a_group_counts_for_nothing() {
    let links = [link(1, 1, 2, Tie::Contrary), link(2, 1, 2, Tie::Same)];
    assert!(Groups::new(&links).links(Tie::Contrary, line(1), line(2)).is_empty());
    assert_eq!(Groups::new(&links[..1]).links(Tie::Contrary, line(2), line(1)), [links[0].id]);
}

#[test]
fn the_one_in_the_middle_is_taken_out_and_the_others_stay_together() {
    let links = [link(1, 1, 5, Tie::Same), link(2, 5, 7, Tie::Same), link(3, 5, 8, Tie::Same)];
    let out = take_out(&links, line(5));
    assert_eq!(out.gone.len(), 3);
    assert_eq!(out.held, [(line(1), line(7)), (line(1), line(8))]);
    assert_eq!(out.from, Some(line(1)));
    assert_eq!(take_out(&links, line(9)), TakenOut::default());
}

#[test]
fn a_person_counts_once_and_the_users_own_research_is_no_person() {
    let (essential, nice) = (Some(Weight::Essential), Some(Weight::NiceToHave));
    let all = [said(1, 1, nice), said(1, 1, essential), said(2, 2, nice), said(0, 3, essential)];
    assert_eq!(count(&all), Count { people: 2, companies: 3, essential: 1, nice: 1 });
    assert_eq!(weight(&all), essential);
    assert_eq!(weight(&[said(1, 1, nice), said(2, 1, nice), said(3, 1, essential)]), nice);
    assert_eq!(weight(&[said(0, 1, nice), said(1, 1, None)]), nice);
    assert_eq!(weight(&[]), None);
}

/// Lines and the pairs that were pressed, any way round and as often as one likes.
fn pressed() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0..12_u8, 0..12_u8), 0..30).prop_map(|all| all.into_iter().filter(|(a, b)| a != b).collect())
}

/// The links that presses leave: each press adds the pairs that are needed, and no other.
fn links(pressed: &[(u8, u8)]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (a, b) in pressed {
        for (one, other) in Groups::new(&links).joins(&[line(*a), line(*b)]) {
            let id = InsightLinkId(Uuid::from_u128(links.len() as u128 + 1));
            links.push(Link { id, one, other, tie: Tie::Same });
        }
    }
    links
}

/// The groups by another way: spreading from a line until nothing is new.
fn reached(pressed: &[(u8, u8)], from: u8) -> BTreeSet<u8> {
    let mut reached = BTreeSet::from([from]);
    loop {
        let before = reached.len();
        for (a, b) in pressed {
            if reached.contains(a) || reached.contains(b) {
                reached.extend([a, b]);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

proptest! {
    #[test]
    fn saying_the_same_is_symmetric_transitive_and_known_by_the_oldest(pressed in pressed()) {
        let links = links(&pressed);
        let groups = Groups::new(&links);
        for a in 0..12 {
            let expected = reached(&pressed, a);
            for b in 0..12 {
                prop_assert_eq!(groups.together(line(a), line(b)), expected.contains(&b));
                prop_assert_eq!(groups.together(line(a), line(b)), groups.together(line(b), line(a)));
            }
            prop_assert_eq!(groups.lead(line(a)), line(*expected.first().unwrap()));
        }
        let turned: Vec<Link> = links.iter().rev().copied().collect();
        for a in 0..12 {
            prop_assert_eq!(Groups::new(&turned).lead(line(a)), groups.lead(line(a)), "the order of presses is no matter");
        }
    }

    #[test]
    fn there_are_no_cycles_so_that_a_press_is_taken_back_exactly(pressed in pressed(), a in 0..12_u8, b in 0..12_u8) {
        let before = links(&pressed);
        let groups = Groups::new(&before);
        let all: BTreeSet<InsightId> = (0..12).map(line).collect();
        let leads: BTreeSet<InsightId> = all.iter().map(|line| groups.lead(*line)).collect();
        prop_assert_eq!(before.len(), all.len() - leads.len(), "a forest");
        let joins = groups.joins(&[line(a), line(b)]);
        prop_assert!(joins.len() <= 1);
        let mut after = before.clone();
        after.extend(joins.iter().map(|(one, other)| Link { id: InsightLinkId::new(), one: *one, other: *other, tie: Tie::Same }));
        prop_assert!(Groups::new(&after).together(line(a), line(b)));
        after.retain(|link| before.contains(link));
        for x in 0..12 {
            prop_assert_eq!(Groups::new(&after).lead(line(x)), groups.lead(line(x)));
        }
    }

    #[test]
    fn whoever_is_taken_out_stands_alone_and_comes_back_exactly(pressed in pressed(), x in 0..12_u8) {
        let before = links(&pressed);
        let groups = Groups::new(&before);
        let out = take_out(&before, line(x));
        let made = |(one, other): &Pair| Link { id: InsightLinkId::new(), one: *one, other: *other, tie: Tie::Same };
        let mut after: Vec<Link> = before.iter().filter(|link| !out.gone.contains(&link.id)).copied().collect();
        after.extend(out.held.iter().map(made));
        let apart = Groups::new(&after);
        for a in (0..12).filter(|a| *a != x) {
            prop_assert!(!apart.together(line(a), line(x)));
            for b in (0..12).filter(|b| *b != x) {
                prop_assert_eq!(apart.together(line(a), line(b)), groups.together(line(a), line(b)));
            }
        }
        after.extend(out.from.map(|from| made(&pair(from, line(x)))));
        for a in 0..12 {
            prop_assert_eq!(Groups::new(&after).lead(line(a)), groups.lead(line(a)));
        }
    }

    #[test]
    fn no_count_is_above_the_people_there_are(voices in prop::collection::vec((0..5_u8, 0..4_u8, 0..3_u8), 0..40)) {
        let said: Vec<Said> = voices
            .iter()
            .map(|(by, company, weight)| said(*by, *company, [None, Some(Weight::Essential), Some(Weight::NiceToHave)][usize::from(*weight)]))
            .collect();
        let count = count(&said);
        let people: BTreeSet<u8> = voices.iter().map(|voice| voice.0).filter(|by| *by > 0).collect();
        prop_assert_eq!(count.people, people.len());
        prop_assert!(count.essential + count.nice <= count.people);
        prop_assert!(count.companies <= 4);
        let doubled: Vec<Said> = said.iter().chain(&said).copied().collect();
        prop_assert_eq!(crate::insights::ties::count(&doubled), count, "saying it again is no second voice");
    }
}
