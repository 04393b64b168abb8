//! Openings: roles at target companies, posted or known only from inside, and how far each is.
//!
//! The status of an opening changes in `referrals`, because whoever referred the user is to hear of it.

pub mod bin;
pub mod board;
pub mod confirmations;
pub mod documents;
pub mod edit;
pub mod form;
pub mod imports;
pub mod listing;
pub mod new;
pub mod next_steps;
pub mod opening;
pub mod pages;
pub mod posting;
pub mod queries;
pub mod record;
pub mod role_number;
pub mod show;
pub mod statuses;
