//! Talks: informational interviews, from the appointment to what was learned and promised.
//!
//! What happened is told to the contact's history through `contacts::record`; stage and next step are never written here.

pub mod action_items;
pub mod fields;
pub mod forms;
pub mod kinds;
pub mod list;
pub mod listing;
pub mod live;
pub mod merge;
pub mod preparation;
pub mod queries;
pub mod scheduling;
pub mod show;
pub mod talk;
pub mod view;
pub mod wrap_up;
