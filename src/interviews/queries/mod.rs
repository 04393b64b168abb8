//! SQL of talks: what is read of one and of many, how one changes, and what belongs to one.

pub mod answers;
pub mod away;
pub mod bank;
pub mod captured;
pub mod changes;
pub mod learned;
pub mod listed;
pub mod proposals;
pub mod put_off;
pub mod questions;
pub mod reminders;
pub mod speaking;
pub mod talks;
