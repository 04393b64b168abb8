//! Offers: side by side, measured by what matters to the user, and decided.
//!
//! An offer belongs to an opening and shares its page's address; the decision moves the opening, so that whoever referred the
//! user hears of it.

pub mod compare;
pub mod criteria;
pub mod decisions;
pub mod form;
pub mod offer;
pub mod queries;
