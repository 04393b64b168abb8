//! Target companies.

pub mod search_links;
