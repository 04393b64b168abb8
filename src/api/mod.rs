//! The interface for programs: what an account holds, to read and to write, under `/api/v1`; and for assistants, at `/mcp`.
//!
//! A token is made in the settings; what is answered and how is told by `/api/v1/openapi.json`. What is written goes the way of
//! the pages: the same forms, the same rules, the same functions.

mod answer;
pub mod assistants;
pub mod deed;
pub mod deeds;
mod fields;
pub mod openapi;
pub mod queries;
pub mod resources;
pub mod search;
pub mod things;
pub mod today;
pub mod writes;
