//! Talks: informational interviews, from the appointment to what was learned and promised.
//!
//! What happened is told to the contact's history through `contacts::record`; stage and next step are never written here.

pub mod action_items;
pub mod appointment;
pub mod bank;
pub mod bin;
pub mod calendar;
pub mod captures;
pub mod choices;
pub mod clashes;
pub mod clock;
pub mod edit;
pub mod fields;
pub mod filing;
pub mod gaps;
pub mod insights;
pub mod lines;
pub mod list;
pub mod live;
pub mod mentioned;
pub mod merge;
pub mod opener;
pub mod outcomes;
pub mod people;
pub mod plan;
pub mod prepare;
pub mod proposals;
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
pub mod writing;
pub mod written_answers;
