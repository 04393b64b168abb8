//! The program by way of its pages: a module a feature, the same questions asked of each, and the matrices that ask
//! one question of every route.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail with the test")]
#![expect(clippy::disallowed_methods, reason = "tests look at the database with statements of their own")]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod bin;
mod companies;
mod fields;
mod headers;
mod imports;
mod limits;
mod matrix;
mod redirects;
mod same_origin;
mod statements;
mod twice;
