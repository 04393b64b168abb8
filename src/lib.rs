//! Inroad: interviews through people.

pub mod address;
pub mod clock;
pub mod ids;
pub mod kinds;
pub mod playbook;
pub mod text;
