//! Which contacts the lists show, and in which order.

use crate::kinds::kinds;

kinds! {
    /// Which contacts are shown.
    pub enum Filter {
        Everyone = "everyone", "Everyone";
        /// Due today, or late.
        Due = "due", "Due now";
        Identified = "identified", "Identified";
        Requested = "requested", "Requested";
        Connected = "connected", "Connected";
        Asked = "asked", "Asked";
        Scheduled = "scheduled", "Scheduled";
        /// Talked with, thanked or not yet.
        InTouch = "in_touch", "In touch";
        /// Moved on, or declined.
        Resting = "resting", "Resting";
    }
}

kinds! {
    /// In which order.
    pub enum Sort {
        Due = "due", "Due date";
        Name = "name", "Name";
        Company = "company", "Company";
        Touch = "touch", "Last in contact";
    }
}

kinds! {
    /// Who of them is shown.
    pub enum Show {
        Everyone = "everyone", "Everyone";
        Due = "due", "Due now";
        Dates = "dates", "With dates of theirs";
        Reasons = "reasons", "With a reason kept";
    }
}
