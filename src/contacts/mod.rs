//! Contacts: who can help, where the user stands with them, and what happened.
//!
//! The history is `touchpoints`; stage and next step are what the playbook makes of it, written only by `record`.

pub mod add;
pub mod answers;
pub mod asking;
pub mod bin;
pub mod bulk;
pub mod ceilings;
pub mod choices;
pub mod choosing;
pub mod contact;
pub mod dates;
pub mod draft;
pub mod edit;
pub mod employer;
pub mod first_asks;
pub mod form;
pub mod forms;
pub mod guess;
pub mod imports;
pub mod in_touch;
pub mod introducer;
pub mod keeping;
pub mod list;
pub mod listing;
pub mod mail_links;
pub mod next_card;
pub mod pasted;
pub mod proposal;
pub mod queries;
pub mod ranking;
pub mod reasons;
pub mod record;
pub mod reminders;
pub mod renewal;
pub mod rhythms;
pub mod second_person;
pub mod selections;
pub mod sent_on;
pub mod show;
pub mod snoozes;
pub mod suggestions;
pub mod touchpoints;
pub mod why;
pub mod wording;
