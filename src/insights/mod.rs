//! Insights: what talks and own research taught of a company, and of the role across companies; a company's dossier.
//!
//! Who says the same is decided by the user alone: likeness of words is only ever proposed.

pub mod across;
pub mod after_talk;
pub mod dossier;
pub mod edit;
pub mod forms;
pub mod insight;
pub mod keeping;
pub mod lines;
pub mod links;
pub mod markdown;
pub mod presses;
pub mod queries;
pub mod sections;
pub mod summary;
pub mod ties;
