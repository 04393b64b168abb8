//! The demo account: a search three months on, to look around in.

pub mod story;
