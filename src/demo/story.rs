//! The story the demo account tells: a nurse three months into her move to data analysis.
//!
//! Every date is a number of days before the day the account is made, so that the story never grows old; days ahead are negative.
//! Companies are made up and live under `.example`; the people bear the names of computing's pioneers.

pub mod ahead;
mod companies;
mod contacts;
mod documents;
pub mod dossier;
mod introductions;
mod keeping;
mod openings;
mod parts;
mod referrals;
mod seeker;
mod talks;
pub mod templates;

pub use companies::COMPANIES;
pub use contacts::contacts;
pub use documents::DOCUMENTS;
pub use introductions::BRIDGES;
pub use keeping::{DATES, REASONS};
pub use openings::OPENINGS;
pub use parts::{
    Action, Afterwards, Asked, Company, Contact, Date, Document, Event, Insight, Opening, Reason, Referral, Seeker,
    SentTo, Talk, Version,
};
pub use referrals::REFERRALS;
pub use seeker::SEEKER;
pub use talks::{OWN_QUESTIONS, talks};

#[cfg(test)]
mod tests;
