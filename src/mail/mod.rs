//! Mail: what Inroad tells people outside its pages, the queue it waits in, and the server that takes it.
//!
//! A mail is written as a row, in the transaction of what it tells of, and sent by a job: no request waits for a server. Who
//! gets which mail, and what a link in it may do, is the accounts' to say. Nothing of a search may enter.

pub mod letter;
pub mod message;
pub mod outbox;
pub mod queries;
pub mod server;
pub mod wording;
