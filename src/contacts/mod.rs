//! Contacts: who can help, where the user stands with them, and what happened.

pub mod mail_links;
pub mod queries;
