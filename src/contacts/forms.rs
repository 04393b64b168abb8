//! The forms of a contact's page: what was typed, and what it means.

pub mod keeping;
pub mod touchpoint;
