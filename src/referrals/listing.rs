//! Which referrals the list shows, and in which order.

use crate::kinds::kinds;

kinds! {
    /// Where a referral stands: its status, or what came of it.
    pub enum Filter {
        All = "all", "All";
        ToAsk = "to_ask", "To ask";
        Asked = "asked", "Asked";
        Agreed = "agreed", "Agreed";
        Made = "made", "Made";
        Outcome = "outcome", "Outcome";
        /// Declined or withdrawn.
        Ended = "ended", "Declined or withdrawn";
    }
}

kinds! {
    /// In which order the list is.
    pub enum Sort {
        Due = "due", "What is due first";
        Name = "name", "Name";
        Status = "status", "Status";
    }
}
