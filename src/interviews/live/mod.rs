//! While it goes on: the page with questions and clock, and the lines that are caught.

pub mod catching;
pub mod clock;
pub mod lines;
pub mod page;
