//! Dossiers: what all talks taught of one company, and of the role across companies.
//!
//! Reads across rooms; a line is written by `interviews`, which owns it. Who says the same is decided by the user alone:
//! likeness of words is only ever proposed.

pub mod across;
pub mod edit;
pub mod lines;
pub mod markdown;
pub mod page;
pub mod presses;
pub mod queries;
pub mod ties;
pub mod whole;
