//! Cohorts: who is in them, and what their seekers did together.

pub mod change;
pub mod index;
pub mod lists;
pub mod members;
pub mod show;
