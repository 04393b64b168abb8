//! Contacts: who can help, where the user stands with them, and what happened.
//!
//! The history is `touchpoints`; stage and next step are what the playbook makes of it, written only by `record`.

pub mod contact;
pub mod imports;
pub mod mail_links;
pub mod queries;
pub mod record;
