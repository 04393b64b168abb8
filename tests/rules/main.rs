//! The house rules that no compiler knows: whose rows a statement names, where SQL stands, who uses whom, what the schema
//! may hold, how statements are planned.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail with the test")]
#![expect(clippy::disallowed_methods, reason = "tests look at the database with statements of their own")]

#[path = "../support/database.rs"]
mod database;

mod access;
mod assets;
mod asvs;
mod circles;
mod distributed;
mod extension;
mod files;
mod imports;
mod json_rows;
mod kinds;
mod migrations;
mod ownership;
mod plans;
mod proofs;
mod schema;
mod source;
mod statements;
mod storeys;
mod templates;
mod uses;
mod words;
