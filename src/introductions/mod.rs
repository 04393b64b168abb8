//! Introductions: who could introduce the user to whom, asking for it, what came of it, and who led to whom.
//!
//! Owns `introductions`. What happens is a line in two histories, written through `contacts`; where an introduction stands is
//! what the playbook reads from those lines.

pub mod bin;
pub mod form;
pub mod list;
pub mod listing;
pub mod message;
pub mod moves;
pub mod new;
pub mod note;
pub mod queries;
pub mod record;
pub mod show;
pub mod tree;
pub mod tree_page;
pub mod ways;
