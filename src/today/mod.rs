//! Today: what to do now. It reads everything and writes nothing but the first steps a new person skips.

pub mod agenda;
pub mod first_steps;
pub mod guide;
pub mod held_back;
pub mod notices;
pub mod page;
pub mod queries;
