//! Referrals: who puts the user forward, where each stands, and who does what by when.
//!
//! `record` is the one place where a referral's status and next step are written. Because whoever referred the user is to hear of it,
//! an opening's status is changed here (`opening_changes`).

pub mod actions;
pub mod bin;
pub mod board;
pub mod details;
pub mod dismissals;
pub mod documents;
pub mod drafting;
pub mod fit;
pub mod forms;
pub mod listing;
pub mod message;
pub mod moves;
pub mod new;
pub mod opening_changes;
pub mod planning;
pub mod put_off;
pub mod queries;
pub mod record;
pub mod show;
pub mod state;
pub mod tasks;
