//! Talks: informational interviews.

pub mod calendar;
pub mod starter_questions;
pub mod topics;
pub mod ways;
