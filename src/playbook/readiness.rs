//! When one is ready for a talk: enough is done, not everything.

/// Sources to look at, of the seven.
pub const SOURCES: usize = 3;
/// Questions to have ready.
pub const QUESTIONS: usize = 4;

/// What is done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Sources that are checked, or have something found in them.
    pub sources: usize,
    /// Questions picked.
    pub questions: usize,
    /// The words to open with are kept.
    pub opener: bool,
}

/// One thing that belongs to being ready.
#[derive(Debug, PartialEq, Eq)]
pub struct Point {
    /// What it is, and how far it is.
    pub words: String,
    /// Whether it is enough.
    pub done: bool,
}

impl Done {
    /// What enough means, each with how far it is.
    pub fn points(self) -> [Point; 3] {
        let kept = if self.opener { "Your opener is saved" } else { "Your opener, in your own words, saved once" };
        [
            Point {
                words: format!("{QUESTIONS} questions: {} picked", self.questions),
                done: self.questions >= QUESTIONS,
            },
            Point {
                words: format!("{SOURCES} of the 7 sources: {} looked at", self.sources),
                done: self.sources >= SOURCES,
            },
            Point { words: kept.into(), done: self.opener },
        ]
    }

    /// Whether that is enough for a good talk.
    pub fn is_enough(self) -> bool {
        self.points().iter().all(|point| point.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_is_less_than_all() {
        let enough = Done { sources: 3, questions: 4, opener: true };
        assert!(enough.is_enough());
        for less in [Done { sources: 2, ..enough }, Done { questions: 3, ..enough }, Done { opener: false, ..enough }] {
            assert!(!less.is_enough());
            assert_eq!(less.points().iter().filter(|point| !point.done).count(), 1);
        }
        assert_eq!(enough.points()[1].words, "3 of the 7 sources: 3 looked at");
    }
}
