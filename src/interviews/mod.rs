//! Talks: informational interviews, from the appointment to what was learned and promised.
//!
//! What happened is told to the contact's history through `contacts::record`; stage and next step are never written here.

pub mod action_items;
pub mod bank;
pub mod bin;
pub mod calendar;
pub mod captures;
pub mod edit;
pub mod fields;
pub mod gaps;
pub mod insights;
pub mod list;
pub mod live;
pub mod merge;
pub mod outcomes;
pub mod people;
pub mod prepare;
pub mod queries;
pub mod questions;
pub mod reminders;
pub mod schedule;
pub mod sections;
pub mod show;
pub mod starter_questions;
pub mod talk;
pub mod ties;
pub mod topics;
pub mod when;
pub mod wrap_up;
