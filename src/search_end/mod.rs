//! The end of the search: what ended it, thanks to everyone who helped, quiet, and the network that stays.
//!
//! Nothing is lost by ending it: which steps rest is decided when they are shown, and only the rhythm of writing is planned anew.

pub mod page;
pub mod queries;
pub mod thanks;
