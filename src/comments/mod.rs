//! What a coach and the seeker say to each other beside a company, a contact, a message or a talk. Only the two see it.

pub mod comment;
pub mod pages;
pub mod queries;
