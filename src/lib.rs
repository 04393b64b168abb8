//! Inroad: interviews through people.

pub mod address;
pub mod clock;
pub mod companies;
pub mod ids;
pub mod kinds;
pub mod playbook;
pub mod text;
pub mod transfer;
