//! What a coach suggests, and the seeker takes over with one press: a company for the list, a template for the library.

pub mod answers;
pub mod pages;
pub mod queries;
pub mod suggestion;
pub mod writing;
