//! The playbook: which event leads to which stage, what to do next, and when.
//!
//! Pure code. No I/O, no clock, no SQL may enter: history, settings and today come in, a stage and a next step go out.

pub mod approach;
pub mod away;
pub mod business_days;
pub mod cadence;
pub mod ceiling;
pub mod due;
pub mod ending;
pub mod event;
pub mod introduction;
pub mod likeness;
pub mod message;
pub mod name;
pub mod occasion;
pub mod opening;
pub mod path;
pub mod pronouns;
pub mod question_plan;
pub mod readiness;
pub mod referral;
pub mod replay;
pub mod response;
pub mod stage;
pub mod standing;
pub mod step;
pub mod stuck;
pub mod suggestion;
pub mod talk;
pub mod title;
pub mod topic;
pub mod warmth;

#[cfg(test)]
mod tests;
