//! Shares of small numbers, told honestly.

/// The least count of which a rate is told; below it only the count is.
pub const FEWEST: usize = 5;

/// A share of a count with the range in which it truly lies, 19 times out of 20. All in 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// What was seen.
    pub seen: f64,
    /// The lower end of the 95 % range.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// How many of `of` it was, with its 95 % range after Wilson (*Probable inference*, JASA 22, 1927), which stays within 0 and 1 and
/// holds for small counts. `None` under [`FEWEST`].
pub fn share(count: usize, of: usize) -> Option<Share> {
    if of < FEWEST || count > of {
        return None;
    }
    // The 97.5th percentile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let (n, seen) = (of as f64, count as f64 / of as f64);
    let middle = seen + Z * Z / (2.0 * n);
    let half = Z * (seen * (1.0 - seen) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // Where none or all were seen, the end of the range is just that; floating point misses it by a hair.
    Some(Share {
        seen,
        low: ((middle - half) / scale).clamp(0.0, seen),
        high: ((middle + half) / scale).clamp(seen, 1.0),
    })
}

impl Share {
    /// '71 %'.
    pub fn percent(&self) -> String {
        format!("{:.0} %", self.seen * 100.0)
    }

    /// '45 to 88 %'.
    pub fn range(&self) -> String {
        format!("{:.0} to {:.0} %", self.low * 100.0, self.high * 100.0)
    }

    /// Whether it is higher than another beyond what chance explains: the ranges do not meet.
    pub fn is_clearly_above(&self, other: &Self) -> bool {
        self.low > other.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_range_is_wilsons() {
        // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 15 of 148.
        for (count, of, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)] {
            let share = share(count, of).unwrap();
            assert!((share.low - low).abs() < 0.000_1 && (share.high - high).abs() < 0.000_1, "{share:?}");
        }
    }

    #[test]
    fn few_have_no_rate() {
        assert_eq!(share(4, 4), None);
        assert!(share(5, 5).is_some());
        assert_eq!(share(6, 5), None);
    }

    #[test]
    fn none_and_all_are_the_ends_of_their_range() {
        for of in FEWEST..5000 {
            assert_eq!((share(0, of).unwrap().low, share(of, of).unwrap().high), (0.0, 1.0), "{of}");
        }
    }

    proptest! {
        #[test]
        fn a_share_lies_within_its_range(of in FEWEST..5000, part in 0.0f64..=1.0) {
            let count = (of as f64 * part) as usize;
            let share = share(count, of).unwrap();
            prop_assert!(0.0 <= share.low && share.low <= share.seen && share.seen <= share.high && share.high <= 1.0);
        }
    }
}
