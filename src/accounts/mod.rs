//! Accounts: signing up and in, sessions, settings, administration.
//!
//! Everything that makes a proof of access stands here; nothing about contacts or companies may enter.

pub mod acting;
pub mod admin;
pub mod audit;
pub mod browser;
pub mod ceremonies;
pub mod coaches;
pub mod cohorts;
pub mod confirm;
pub mod counting;
pub mod device;
pub mod forgotten;
pub mod issuer;
pub mod issuer_accounts;
pub mod issuer_login;
pub mod job;
pub mod jobs;
pub mod kept;
pub mod kept_forms;
pub mod list_views;
pub mod login;
pub mod login_code;
pub mod login_passkey;
pub mod mailing;
pub mod noticing;
pub mod oauth;
pub mod passkeys;
pub mod password;
pub mod password_link;
pub mod preferences;
pub mod programs;
pub mod proxies;
pub mod queries;
pub mod rate_limit;
pub mod reminding;
pub mod second_step;
pub mod sending;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod sign_up;
pub mod token;
pub mod visit;
pub mod writing;

pub(crate) use queries::due::with_due;
