//! Contacts: who can help, where the user stands with them, and what happened.
//!
//! The history is `touchpoints`; stage and next step are what the playbook makes of it, written only by `record`.

pub mod add;
pub mod bin;
pub mod contact;
pub mod draft;
pub mod edit;
pub mod employer;
pub mod form;
pub mod guess;
pub mod imports;
pub mod list;
pub mod mail_links;
pub mod next_card;
pub mod proposal;
pub mod queries;
pub mod record;
pub mod selections;
pub mod show;
pub mod snoozes;
pub mod together;
pub mod touchpoints;
