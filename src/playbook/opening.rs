//! How far an opening is.

use crate::kinds::kinds;

kinds! {
    /// The status of an opening. People correct mistakes, so any may follow any.
    pub enum Status {
        /// Known, nothing sent.
        Watching = "watching", "Watching";
        Applied = "applied", "Applied";
        Screening = "screening", "Screening";
        Interviewing = "interviewing", "Interviewing";
        /// They offered the job.
        Offer = "offer", "Offer";
        /// The user took it.
        Accepted = "accepted", "Accepted";
        /// The company said no.
        Rejected = "rejected", "Rejected";
        /// The user said no.
        Withdrawn = "withdrawn", "Withdrawn";
        /// Filled or taken down.
        Closed = "closed", "Closed";
    }
}

impl Status {
    /// Whether something can still come of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Watching | Self::Applied | Self::Screening | Self::Interviewing | Self::Offer)
    }
}
