//! Inroad: interviews through people.

pub mod clock;
pub mod companies;
pub mod contacts;
pub mod demo;
pub mod ids;
pub mod interviews;
pub mod kinds;
pub mod links;
pub mod playbook;
