//! Which introductions the list shows.

use crate::kinds::kinds;

kinds! {
    /// Which introductions are shown.
    pub enum Filter {
        /// Possible, or asked for.
        Open = "open", "Open";
        Asked = "asked", "Waiting";
        Made = "made", "Made";
        Declined = "declined", "Declined";
        All = "all", "All";
    }
}
