//! The complete archive of one account: a zip with `inroad.json`, which says whose it is and what is in it, and a file of rows
//! for each table, a row a line. `docs/archive.md` describes it for others.
//!
//! A row is known by its account and its id, so ids stay as they are, and whatever names another row still does: only the account
//! is another one. Tables and columns are read from the database's catalogue; what a new table costs is its row in
//! `queries/tables.rs`. What comes in is read to its end before a connection is taken, and written in one transaction.

pub mod bring;
pub mod columns;
pub mod manifest;
pub mod read;
pub mod refused;
pub mod row;
pub mod shapes;
pub mod take;
