//! The program by way of its pages: a module a feature, the same questions asked of each, and the matrices that ask
//! one question of every route.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail with the test")]
#![expect(clippy::disallowed_methods, reason = "tests look at the database with statements of their own")]

#[path = "../support/mod.rs"]
mod support;

mod admin;
mod bin;
mod companies;
mod contact_editing;
mod contacts;
mod fields;
mod headers;
mod house;
mod import_limits;
mod imports;
mod interviews;
mod limits;
mod looking;
mod matrix;
mod naughty;
mod openings;
mod redirects;
mod referral_moves;
mod referrals;
mod run;
mod same_origin;
mod settings;
mod sign_in;
mod sign_up;
mod statements;
mod talk_notes;
mod today;
mod touchpoints;
mod twice;
mod workbench;
