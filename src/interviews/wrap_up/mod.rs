//! After it: the outcome, what was caught filed as promises, insights, people and openings, and the referral spoken of.

pub mod batch;
pub mod filing;
pub mod filing_form;
pub mod insights;
pub mod mentioned;
pub mod outcome;
pub mod outcomes;
pub mod page;
pub mod people;
pub mod referral_talk;
pub mod spoken_of;
