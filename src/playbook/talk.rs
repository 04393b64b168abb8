//! How a talk is held, and where it stands.

use crate::kinds::kinds;

kinds! {
    /// How two people talk.
    pub enum Medium {
        Video = "video", "Video";
        Phone = "phone", "Phone";
        InPerson = "in_person", "In person";
        /// Questions and answers by message; there is no hour to keep.
        InWriting = "in_writing", "In writing";
    }
}

kinds! {
    /// Where a talk stands.
    pub enum Status {
        Scheduled = "scheduled", "Scheduled";
        Held = "held", "Held";
        Cancelled = "cancelled", "Cancelled";
        /// One of the two did not come.
        NoShow = "no_show", "Did not take place";
    }
}
