//! Contacts.

pub mod mail_links;
