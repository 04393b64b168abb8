use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Tuesday: the week before is over everywhere.
const NOW: &str = "2026-11-24T09:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn at(days: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_hours(24 * days)
}

fn member(n: usize) -> UserId {
    UserId(uuid::Uuid::from_u128(n as u128 + 1))
}

fn stay(n: usize, joined: i64, left: Option<i64>) -> Stay {
    Stay { member: member(n), joined_at: at(joined), left_at: left.map(at) }
}

fn did(n: usize, back: i64, of: [i64; 5]) -> Did {
    Did { member: member(n), first: not_over(now()).saturating_sub(back.weeks()), of }
}

#[test]
fn a_week_is_over_a_day_after_its_sunday() {
    for (now, first) in [
        ("2026-11-22T23:59:59Z", "2026-11-16"),
        ("2026-11-23T23:59:59Z", "2026-11-16"),
        ("2026-11-24T00:00:00Z", "2026-11-23"),
    ] {
        assert_eq!(not_over(now.parse().unwrap()), first.parse::<Date>().unwrap(), "{now}");
    }
}

#[test]
fn five_people_make_a_number_with_its_middle_half() {
    let stays: Vec<Stay> = (0..6).map(|n| stay(n, -60, None)).collect();
    let rows: Vec<Did> = (0..6).map(|n| did(n, 1, [n as i64, 1, 0, i64::from(n < 4), 0])).collect();
    let weeks = weeks(&stays, &rows, None, now());
    assert_eq!(
        weeks.iter().map(|week| week.first.to_string()).collect::<Vec<_>>(),
        ["2026-11-16", "2026-11-09", "2026-11-02", "2026-10-26"]
    );
    let shown = weeks[0].shown.as_ref().unwrap();
    assert_eq!((shown.people, shown.active), (6, Some(6)));
    let companies = Spread { total: 15, low: 1, median: 3, high: 4 };
    let asked = Spread { total: 6, low: 1, median: 1, high: 1 };
    assert_eq!(shown.spreads, [Some(companies), Some(asked), None, None, None]);
    assert_eq!(weeks[1].shown.as_ref().unwrap().active, None);
}

#[test]
fn four_people_make_none() {
    let stays: Vec<Stay> = (0..4).map(|n| stay(n, -60, None)).collect();
    let rows: Vec<Did> = (0..4).map(|n| did(n, 1, [9; 5])).collect();
    assert!(weeks(&stays, &rows, None, now()).iter().all(|week| week.shown.is_none()));
}

#[test]
fn weeks_before_an_account_was_deleted_are_not_shown() {
    let stays: Vec<Stay> = (0..6).map(|n| stay(n, -60, None)).collect();
    let shown = |since: i64| weeks(&stays, &[], Some(at(since)), now()).len();
    assert_eq!((shown(-60), shown(-9), shown(-8), shown(0)), (4, 1, 0, 0));
}

fn stays() -> impl Strategy<Value = Vec<Stay>> {
    vec((0..12usize, -50..0i64, proptest::option::of(0..50i64)), 0..16).prop_map(|all| {
        all.into_iter().map(|(n, joined, left)| stay(n, joined, left.map(|left| joined + left))).collect()
    })
}

fn rows() -> impl Strategy<Value = Vec<Did>> {
    vec((0..12usize, 0..6i64, [0..3i64, 0..3i64, 0..3i64, 0..3i64, 0..3i64]), 0..60)
        .prop_map(|all| all.into_iter().map(|(n, back, of)| did(n, back, of)).collect())
}

proptest! {
    /// Each number that is shown is made of five people or more who had a part in it and were there all week.
    #[test]
    fn nothing_is_made_of_fewer_than_five(stays in stays(), rows in rows()) {
        for week in weeks(&stays, &rows, None, now()) {
            let people = all_week(&stays, week.first);
            prop_assert_eq!(week.shown.is_some(), people.len() >= FEWEST);
            let Some(shown) = week.shown else { continue };
            let part = |at: usize| {
                let had = |one: &&Did| one.first == week.first && people.contains(&one.member) && one.of[at] > 0;
                rows.iter().filter(had).map(|one| one.member).collect::<BTreeSet<_>>().len()
            };
            for (at, spread) in shown.spreads.iter().enumerate() {
                prop_assert_eq!(spread.is_some(), part(at) >= FEWEST);
            }
            prop_assert!(shown.active.is_none_or(|active| active >= FEWEST));
        }
    }

    /// Whoever joins from now on, or leaves, changes nothing that was shown: there is no before and after to compare.
    #[test]
    fn who_joins_or_leaves_now_changes_nothing(stays in stays(), rows in rows(), who in 0..12usize, leaves: bool) {
        let before = weeks(&stays, &rows, None, now());
        let mut changed = stays;
        if leaves {
            for stay in changed.iter_mut().filter(|stay| stay.member == member(who) && stay.left_at.is_none()) {
                stay.left_at = Some(now());
            }
        } else {
            changed.push(stay(who, 0, None));
        }
        prop_assert_eq!(weeks(&changed, &rows, None, now()), before);
    }

    /// A stay that goes on after it ended in the week that is not over yet: nothing that was shown changes either.
    #[test]
    fn what_is_undone_in_time_changes_nothing(stays in stays(), rows in rows(), who in 0..16usize) {
        let before = weeks(&stays, &rows, None, now());
        let mut changed = stays;
        if let Some(stay) = changed.get_mut(who) && stay.left_at.is_some_and(|left| left >= uncounted_since(now())) {
            stay.left_at = None;
        }
        prop_assert_eq!(weeks(&changed, &rows, None, now()), before);
    }

    /// What someone does who was not there all week is in no number.
    #[test]
    fn who_was_not_there_all_week_is_in_none(stays in stays(), rows in rows(), more in 1..100i64) {
        let before = weeks(&stays, &rows, None, now());
        let is_in = |one: &Did| all_week(&stays, one.first).contains(&one.member);
        let changed: Vec<Did> = rows.iter().cloned().map(|mut one| {
            if !is_in(&one) {
                one.of = one.of.map(|count| count + more);
            }
            one
        }).collect();
        prop_assert_eq!(weeks(&stays, &changed, None, now()), before);
    }
}
