//! Which companies the list shows, and in which order.

use crate::kinds::kinds;

kinds! {
    /// Which companies are shown.
    pub enum Filter {
        Active = "active", "Active";
        Nobody = "nobody", "No one yet";
        Posting = "posting", "Posting now";
        Paused = "paused", "Paused";
        RuledOut = "ruled_out", "Ruled out";
        All = "all", "All";
    }
}

kinds! {
    /// In which order.
    pub enum Sort {
        Rank = "rank", "Motivation, posting, advocates";
        Name = "name", "Name";
        Added = "added", "Newest first";
    }
}
