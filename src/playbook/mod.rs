//! The playbook: which event leads to which stage, what to do next, and when.
//!
//! Pure code. No I/O, no clock, no SQL may enter: history, settings and today come in, a stage and a next step go out.

pub mod business_days;
pub mod cadence;
pub mod event;
pub mod message;
pub mod opening;
pub mod question_plan;
pub mod readiness;
pub mod referral;
mod replay;
pub mod stage;
pub mod standing;
pub mod step;
pub mod talk;
pub mod topic;
pub mod warmth;

#[cfg(test)]
mod tests;
