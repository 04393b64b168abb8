//! Which openings the list shows, and in which order.

use crate::kinds::kinds;

kinds! {
    /// Which openings are shown.
    pub enum Filter {
        /// Something can still come of it.
        Open = "open", "Open";
        Applied = "applied", "Applied";
        UnderWay = "under_way", "Under way";
        Over = "over", "Over";
        All = "all", "All";
    }
}

kinds! {
    /// In which order.
    pub enum Sort {
        Status = "status", "The furthest first";
        Next = "next", "What is due first";
        Seen = "seen", "Newest first";
        Title = "title", "Title";
        Company = "company", "Company";
    }
}
