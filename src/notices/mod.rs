//! Notices: what a browser shows of what is told, also while no page is open. They are the reminders' second way beside mail, and go
//! as mails do: a row written in the transaction of what it tells of, handed over by a job.
//!
//! Between here and the browser stands a service that is its maker's (RFC 8030). It learns that there is a notice, and for which browser:
//! what it says is sealed for that browser alone (RFC 8291). Nothing of a search may enter.

pub mod key;
pub mod notice;
pub mod outbox;
pub mod queries;
pub mod sealing;
pub mod service;
