//! The program by way of its pages: a module a feature, the same questions asked of each, and the matrices that ask
//! one question of every route.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail with the test")]
#![expect(clippy::disallowed_methods, reason = "tests look at the database with statements of their own")]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod admin;
mod again;
mod answers;
mod approaches;
mod attempts;
mod bin;
mod caught;
mod choosers;
mod companies;
mod company_lists;
mod composers;
mod connections;
mod contact_editing;
mod contacts;
mod demo;
mod distributed;
mod dossier;
mod drafts;
mod due;
mod ending;
mod example;
mod fields;
mod formats;
mod gaps;
mod getting_started;
mod headers;
mod hosts;
mod house;
mod import_limits;
mod imports;
mod imports_kept;
mod in_touch;
mod insights;
mod interviews;
mod introductions;
mod joins;
mod kept;
mod library;
mod limits;
mod list_views;
mod looking;
mod matrix;
mod naughty;
mod offers;
mod openings;
mod openings_ahead;
mod openings_today;
mod pace;
mod pages;
mod pasted;
mod progress;
mod question_bank;
mod redirects;
mod referral_ends;
mod referral_fit;
mod referral_moves;
mod referrals;
mod replaying;
mod run;
mod same_origin;
mod settings;
mod sign_in;
mod sign_up;
mod simulation;
mod spellings;
mod statements;
mod suggestions;
mod talk_notes;
mod talk_times;
mod talks_in_writing;
mod themes;
mod today;
mod touchpoints;
mod twice;
mod ways_in;
mod workbench;
mod wrap_ups;
