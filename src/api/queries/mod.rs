//! SQL of what programs read, kind by kind.

mod companies;
mod contacts;
mod insights;
mod interviews;
mod openings;
mod referrals;
mod resource;
mod touchpoints;

pub use companies::Company;
pub use contacts::Contact;
pub use insights::Insight;
pub use interviews::Interview;
pub use openings::Opening;
pub use referrals::Referral;
pub use resource::Resource;
pub use touchpoints::Touchpoint;
