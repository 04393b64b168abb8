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
