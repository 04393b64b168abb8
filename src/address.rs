//! Addresses a person typed or a file held: of a web page, of a mailbox, of someone's profile.
//!
//! A [`WebAddress`] is safe as a link: only `http` and `https`, never a user name in it. Nothing here asks the network.

mod mailbox;
mod page;
mod pasted;
mod problem;
mod profile;
mod sites;
mod web;

pub use mailbox::EmailAddress;
pub use page::{About, about, company_in, is_own_site};
pub use pasted::{first_link, first_mailbox, mailboxes};
pub use problem::Problem;
pub use profile::ProfileAddress;
pub use web::WebAddress;

#[cfg(test)]
mod tests;
