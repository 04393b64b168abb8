//! Talks set, moved and cancelled: times proposed and chosen, clashes, the calendar file.

pub mod appointment;
pub mod bin;
pub mod binning;
pub mod calendar;
pub mod choices;
pub mod clashes;
pub mod edit;
pub mod form;
pub mod moving;
pub mod proposals;
pub mod schedule;
pub mod when;
pub mod written_answers;
