//! Which talks the list shows.

use crate::kinds::kinds;

kinds! {
    /// Which talks are shown.
    pub enum Filter {
        Coming = "coming", "Coming";
        Held = "held", "Held";
        All = "all", "All";
    }
}
