use super::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: usize) -> ContactId {
    ContactId(Uuid::from_u128(n as u128))
}

fn person(n: usize, introduced_by: Option<usize>) -> TreeNode {
    TreeNode {
        id: id(n),
        name: format!("Person {n}"),
        introduced_by: introduced_by.map(id),
        stage: Stage::Connected,
        talks: 0,
        referrals: 0,
        openings: 0,
    }
}

fn names(nodes: &[Node]) -> Vec<&str> {
    nodes.iter().map(|node| node.name.trim_start_matches("Person ")).collect()
}

#[test]
fn who_led_to_several_lies_in_the_middle_of_them() {
    // 0 led to 1 and 2, 1 led to 3 and 4.
    let people = [person(0, None), person(1, Some(0)), person(2, Some(0)), person(3, Some(1)), person(4, Some(1))];
    let nodes = grow(&people);
    assert_eq!(names(&nodes), ["0", "1", "3", "4", "2"]);
    let rows: Vec<usize> = nodes.iter().map(|node| node.y).collect();
    assert_eq!(rows, [ROW + ROW / 4, ROW / 2, 0, ROW, 2 * ROW]);
    assert_eq!(nodes.iter().map(|node| node.depth).collect::<Vec<_>>(), [0, 1, 2, 2, 1]);
    assert_eq!(size(&nodes), (2 * COLUMN + BOX.0, 2 * ROW + BOX.1));
    assert_eq!(nodes[0].branch.people, 4);
}

#[test]
fn the_branch_that_brought_most_comes_first() {
    let people = [
        person(0, None),
        person(1, Some(0)),
        person(2, Some(0)),
        person(3, None),
        TreeNode { referrals: 1, ..person(4, Some(3)) },
        TreeNode { talks: 2, ..person(5, Some(4)) },
        person(6, None),
    ];
    let nodes = grow(&people);
    assert_eq!(names(&nodes), ["3", "4", "5", "0", "1", "2"], "who stands alone is left out");
    let best = best(&nodes).unwrap();
    assert_eq!(best.name, "Person 3");
    assert_eq!(best.branch.parts(), ["2 people", "2 talks", "1 referral"]);
    assert!(super::best(&grow(&people[..3])).is_none(), "nothing came of it yet");
    assert!(grow(&[]).is_empty() && super::best(&[]).is_none());
}

#[test]
fn a_circle_is_cut_at_the_first() {
    let people = [person(0, Some(2)), person(1, Some(0)), person(2, Some(1)), person(3, Some(2)), person(4, Some(9))];
    let nodes = grow(&people);
    assert_eq!(names(&nodes), ["0", "1", "2", "3"]);
    assert_eq!(nodes[0].parent, None);
}

#[test]
fn nested_lists_say_the_same() {
    let nodes = grow(&[
        person(0, None),
        person(1, Some(0)),
        person(2, Some(1)),
        person(3, Some(0)),
        person(4, None),
        person(5, Some(4)),
    ]);
    let written: String = as_lists(&nodes)
        .into_iter()
        .map(|mark| match mark {
            Mark::ListOpens => "(".to_owned(),
            Mark::ItemOpens(i) => format!("<{}", names(&nodes)[i]),
            Mark::ItemCloses => ">".into(),
            Mark::ListCloses => ")".into(),
        })
        .collect();
    assert_eq!(written, "(<0(<1(<2>)><3>)><4(<5>)>)");
    assert!(as_lists(&[]).is_empty());
}

#[test]
fn a_long_name_is_cut_and_a_wide_one_sooner() {
    assert_eq!(fit("Ada Lovelace", 12), "Ada Lovelace");
    assert_eq!(fit("Ada Lovelace Byron", 12), "Ada Lovelac…");
    assert_eq!(fit("Ada Lovelace Byron", 5), "Ada…");
    assert_eq!(fit("山田太郎", 8), "山田太郎");
    assert_eq!(fit("山田太郎", 6), "山田…");
}

proptest! {
    #[test]
    fn nobody_is_lost_and_nobody_overlaps(introducers in vec(option::weighted(0.8, 0..60_usize), 0..60)) {
        let people: Vec<TreeNode> = introducers.iter().enumerate().map(|(n, by)| person(n, by.filter(|by| *by != n))).collect();
        let nodes = grow(&people);
        let led = |n: usize| introducers[n].is_some_and(|by| by != n && by < people.len());
        let leads = |n: usize| introducers.iter().enumerate().any(|(other, by)| other != n && *by == Some(n));
        let expected = (0..people.len()).filter(|n| led(*n) || leads(*n)).count();
        prop_assert_eq!(nodes.len(), expected);
        for (i, node) in nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                prop_assert!(parent < i && nodes[parent].depth + 1 == node.depth);
            }
            for other in &nodes[..i] {
                prop_assert!(other.depth != node.depth || other.y.abs_diff(node.y) >= ROW, "{} and {}", other.name, node.name);
            }
        }
        let marks = as_lists(&nodes);
        let items = marks.iter().filter(|mark| matches!(mark, Mark::ItemOpens(_))).count();
        prop_assert_eq!(items, nodes.len());
        let count = |which: Mark| marks.iter().filter(|mark| **mark == which).count();
        prop_assert_eq!(count(Mark::ListOpens), count(Mark::ListCloses));
        prop_assert_eq!(count(Mark::ItemCloses), nodes.len());
    }
}
