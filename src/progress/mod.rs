//! Progress: is it working?
//!
//! One statement reads the ledger of a search, everything that happened in it; pure code counts. Each figure is counted by the day
//! on which something first happened, so that neither the order of events nor a repeated one can count anything twice.

pub mod answers;
pub mod chart;
pub mod cohort;
pub mod experience;
pub mod funnel;
pub mod ledger;
pub mod page;
pub mod period;
pub mod picture;
pub mod queries;
pub mod range;
pub mod table;
pub mod verdict;
pub mod weeks;

#[cfg(test)]
mod tests;
