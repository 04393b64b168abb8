//! The audit log: what happened to an account, for its person and for administrators. No secrets, and nothing that is kept in it.

use jiff::SignedDuration;

pub mod event;
pub mod kind;
pub mod lines;
pub mod queries;

pub use event::Event;
pub use kind::Kind;

/// How long an event is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 400);
/// How long one of no account is kept: anyone can make those.
pub const KEPT_OF_NONE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What is said of a login or a change that was refused.
pub const WRONG_PASSWORD: &str = "wrong password";
/// What is said of one whose password was right.
pub const WRONG_CODE: &str = "wrong code";
/// What is said of one that a passkey was shown for.
pub const WRONG_PASSKEY: &str = "wrong passkey";
