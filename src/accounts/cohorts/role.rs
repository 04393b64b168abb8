//! What someone is in a cohort.

use crate::kinds::kinds;

kinds! {
    /// What someone is in a cohort.
    pub enum Role {
        /// They search, and are counted.
        Seeker = "seeker", "Seeker";
        /// They are offered to the seekers, who let them look or not.
        Coach = "coach", "Coach";
    }
}
