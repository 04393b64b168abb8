//! Reminders that reach the user outside the pages: the daily mail, the notice of a talk, the weekly review; and what is done from
//! them with one press. What is wished for, and when it is due, is the accounts' (`accounts::reminding`).

pub mod account;
pub mod acts;
pub mod digest;
pub mod ends;
pub mod job;
pub mod letters;
pub mod links;
pub mod queries;
