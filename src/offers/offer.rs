//! The words of an offer, and how offers are weighed against each other.

use jiff::civil::Date;
use serde::Deserialize;

use crate::ids::CriterionId;
use crate::kinds::kinds;
use crate::text::{Line, Text};

kinds! {
    /// What was decided.
    pub enum Decision {
        Accepted = "accepted", "Accepted";
        Declined = "declined", "Declined";
    }
}

/// What most people weigh; offered to begin with, in one press.
pub const USUAL: [(&str, i16); 6] =
    [("The work itself", 5), ("The people", 4), ("Learning", 4), ("Pay", 3), ("Place and hours", 3), ("Security", 2)];

/// How an offer does by the criteria that were marked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// The mean of the marks, each as often as its weight says: 1 to 5.
    pub mean: f64,
    /// How many criteria with a weight were marked.
    pub marked: usize,
    /// How many have a weight.
    pub of: usize,
}

/// The total of `(weight, mark)` pairs; none while nothing that has a weight is marked.
pub fn total(marks: impl IntoIterator<Item = (i16, Option<i16>)>) -> Option<Total> {
    let (mut sum, mut weights, mut marked, mut of) = (0, 0, 0, 0);
    for (weight, mark) in marks.into_iter().filter(|(weight, _)| *weight > 0) {
        of += 1;
        if let Some(mark) = mark {
            marked += 1;
            sum += i32::from(weight) * i32::from(mark);
            weights += i32::from(weight);
        }
    }
    (marked > 0).then(|| Total { mean: f64::from(sum) / f64::from(weights), marked, of })
}

/// Which offer is ahead: the one whose mean is higher than every other's by at least a quarter, if all are marked alike.
pub fn ahead(totals: &[Option<Total>]) -> Option<usize> {
    let mut known: Vec<(usize, Total)> = Vec::new();
    for (at, total) in totals.iter().enumerate() {
        known.push((at, (*total)?));
    }
    known.sort_by(|(_, a), (_, b)| b.mean.total_cmp(&a.mean));
    let [(best, first), (_, second), ..] = known.as_slice() else { return None };
    let all_marked = known.iter().all(|(_, total)| total.marked == total.of);
    (all_marked && first.mean - second.mean >= 0.25).then_some(*best)
}

/// An offer as it is meant.
pub struct Written {
    pub made_on: Date,
    pub answer_by: Option<Date>,
    pub salary: Option<Line<200>>,
    pub notes: Option<Text<20_000>>,
    pub marks: Vec<Mark>,
}

/// How an offer does by one of them.
#[derive(Debug, Clone, Deserialize)]
pub struct Mark {
    pub criterion: CriterionId,
    pub text: Option<String>,
    pub mark: Option<i16>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mark_counts_as_often_as_its_weight() {
        let total = total([(5, Some(5)), (1, Some(2)), (0, Some(1)), (3, None)]).unwrap();
        assert_eq!((total.mean, total.marked, total.of), (4.5, 2, 3));
        assert_eq!(super::total([(3, None), (0, Some(5))]), None);
    }

    #[test]
    fn nothing_is_ahead_before_all_are_marked_alike() {
        let total = |mean, marked| Some(Total { mean, marked, of: 3 });
        assert_eq!(ahead(&[total(4.0, 3), total(3.0, 3)]), Some(0));
        assert_eq!(ahead(&[total(3.9, 3), total(4.0, 3)]), None, "too close to call");
        assert_eq!(ahead(&[total(4.0, 2), total(3.0, 3)]), None);
        assert_eq!(ahead(&[total(4.0, 3), None]), None);
        assert_eq!(ahead(&[total(4.0, 3)]), None, "one alone is not ahead of anything");
    }

    proptest! {
        #[test]
        fn a_total_lies_between_the_marks(marks in prop::collection::vec((0i16..=5, prop::option::of(1i16..=5)), 0..12)) {
            if let Some(total) = total(marks.clone()) {
                let counted: Vec<f64> = marks.iter().filter(|(weight, _)| *weight > 0).filter_map(|(_, mark)| mark.map(f64::from)).collect();
                let (least, most) = counted.iter().fold((5.0f64, 1.0f64), |(a, b), mark| (a.min(*mark), b.max(*mark)));
                prop_assert!(least <= total.mean && total.mean <= most);
                prop_assert!(total.marked <= total.of && total.marked == counted.len());
            }
        }
    }
}
