//! The interface for programs: what an account holds, to read, under `/api/v1`.
//!
//! A token is made in the settings; what is answered and how is told by `/api/v1/openapi.json`.

mod answer;
pub mod openapi;
pub mod queries;
pub mod resources;
pub mod search;
pub mod today;
