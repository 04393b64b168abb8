//! Inroad: interviews through people.

pub mod clock;
pub mod config;
pub mod database;
pub mod doctor;
pub mod ids;
pub mod kinds;
pub mod log;
pub mod playbook;
