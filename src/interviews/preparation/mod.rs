//! What to ask and how to open: the questions of a talk, the bank they come from, what is still not known.

pub mod bank;
pub mod gaps;
pub mod opener;
pub mod plan;
pub mod prepare;
pub mod question_forms;
pub mod questions;
pub mod starter_questions;
pub mod writing;
