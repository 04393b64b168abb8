//! Openings: roles at target companies, posted or known only from inside, and how far each is.
//!
//! The status of an opening changes in `referrals`, because whoever referred the user is to hear of it.

pub mod bin;
pub mod confirmations;
pub mod edit;
pub mod form;
pub mod new;
pub mod opening;
pub mod pages;
pub mod queries;
pub mod show;
