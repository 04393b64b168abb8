//! The demo account: a search three months on, to look around in.

pub mod example;
pub mod load;
pub mod queries;
pub mod story;
