//! Finding target companies: a pasted list, the employers of people already known, and where to look for more.
//!
//! It stands above companies and contacts, since a new company is matched to the contacts who work there.

pub mod add;
pub mod list;
pub mod queries;
