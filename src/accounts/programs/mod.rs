//! Programs of a person's own, that read their account with a token, and write to it where the token is for that.

pub mod caller;
pub mod name;
pub mod once;
pub mod queries;
pub mod scope;
pub mod writer;

/// What a token begins with, so that whoever finds one knows what it is.
pub const PREFIX: &str = "inroad_";
/// Tokens one account may have at once.
pub const MOST: i64 = 20;
/// Calls one token may make in a minute.
pub const CALLS_A_MINUTE: i32 = 300;
