//! Where the user stands with one contact.

use crate::kinds::kinds;

kinds! {
    /// The stages of a contact, in order; the last two are resting places that can be reopened.
    pub enum Stage {
        /// Known by name; nothing was sent.
        Identified = "identified", "Identified";
        /// A connection request, or a plea for an introduction, is on its way.
        Requested = "requested", "Requested";
        /// The two are in contact.
        Connected = "connected", "Connected";
        /// A talk was asked for.
        Asked = "asked", "Asked";
        /// A talk has a date.
        Scheduled = "scheduled", "Scheduled";
        /// They talked; thanks are due.
        Spoke = "spoke", "Spoke";
        /// Thanked, and kept warm.
        InTouch = "in_touch", "In touch";
        /// Let go, with the door open.
        MovedOn = "moved_on", "Moved on";
        /// They said no.
        Declined = "declined", "Declined";
    }
}

impl Stage {
    /// Whether the contact rests: let go, or declined. There is no next step until it is reopened or they write.
    pub const fn is_resting(self) -> bool {
        matches!(self, Self::MovedOn | Self::Declined)
    }
}
