//! The trash (in the interface: the bin): what was deleted waits here for thirty days, can be brought back, and then goes for good.
//!
//! Deleting and restoring belong to each room; here all of it is shown together, and what is old is purged.

pub mod facts;
pub mod forget;
pub mod giving_back;
pub mod joins;
pub mod mentions;
pub mod page;
pub mod purge;
pub mod queries;

/// Days something stays in the bin.
pub const DAYS: i64 = 30;
