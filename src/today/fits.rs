//! What fits into the minutes there are. Pure.

/// Which lines fit into `available` minutes, each line's minutes given in the order of worth.
///
/// Goes through them in order and takes what still fits; never more minutes than there are, save that the first is always
/// taken: with ten minutes, too, one begins with what matters most.
pub fn fits(minutes: &[u32], available: u32) -> Vec<bool> {
    let mut left = available;
    minutes
        .iter()
        .enumerate()
        .map(|(at, &needs)| {
            let taken = at == 0 || needs <= left;
            if taken {
                left = left.saturating_sub(needs);
            }
            taken
        })
        .collect()
}

/// Which lines still fit once some of the time was used: as [`fits`], but nothing where nothing fits.
pub fn still_fits(minutes: &[u32], left: u32) -> Vec<bool> {
    match minutes.iter().position(|&needs| needs <= left) {
        None => vec![false; minutes.len()],
        Some(first) => {
            let mut taken = vec![false; first];
            taken.extend(fits(&minutes[first..], left));
            taken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(minutes: &[u32], taken: &[bool]) -> u32 {
        minutes.iter().zip(taken).filter(|(_, taken)| **taken).map(|(minutes, _)| minutes).sum()
    }

    #[test]
    fn what_still_fits_is_taken_and_what_does_not_is_passed_over() {
        assert_eq!(fits(&[5, 20, 4, 10, 1], 20), [true, false, true, true, true]);
        assert_eq!(fits(&[20, 3], 10), [true, false]);
        assert_eq!(fits(&[], 10), [false; 0]);
        assert_eq!(still_fits(&[20, 3], 10), [false, true]);
        assert_eq!(still_fits(&[20, 3], 0), [false, false]);
    }

    proptest! {
        #[test]
        fn the_first_always_and_never_more_than_there_is(
            minutes in prop::collection::vec(1_u32..40, 1..60), available in 1_u32..200
        ) {
            let taken = fits(&minutes, available);
            prop_assert!(taken[0]);
            prop_assert_eq!(taken.len(), minutes.len());
            let total = sum(&minutes, &taken);
            prop_assert!(total <= available || (minutes[0] > available && total == minutes[0]));
            // Greedy by order: what was passed over did not fit beside what came before it.
            for at in 1..minutes.len() {
                let before = sum(&minutes[..at], &taken[..at]);
                prop_assert_eq!(taken[at], before + minutes[at] <= available);
            }
        }

        #[test]
        fn doing_one_leaves_the_rest_as_it_was(
            minutes in prop::collection::vec(1_u32..40, 2..40), available in 40_u32..200, pick in any::<prop::sample::Index>()
        ) {
            let taken = fits(&minutes, available);
            let chosen: Vec<usize> = (0..minutes.len()).filter(|at| taken[*at]).collect();
            let done = chosen[pick.index(chosen.len())];
            let (mut rest, mut expected) = (minutes.clone(), taken.clone());
            let used = rest.remove(done);
            expected.remove(done);
            prop_assert_eq!(still_fits(&rest, available - used), expected);
        }
    }
}
