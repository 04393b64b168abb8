//! Cohorts: seekers and coaches that an administrator put together.
//!
//! Being in one shows nobody's search to anyone. A seeker is offered the coaches, and lets in whom they like; administrators see
//! what all seekers did together (`progress::cohort`).

pub mod name;
pub mod pasted;
pub mod queries;
pub mod role;
