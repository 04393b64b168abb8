//! Target companies: whom the user would work for, whether or not there is an opening.
//!
//! Here a company is looked at, rated, put aside and taken away.

pub mod add;
pub mod alike;
pub mod before;
pub mod bin;
pub mod careers;
pub mod company;
pub mod duplicates;
pub mod edit;
pub mod form;
pub mod former;
pub mod imports;
pub mod listing;
pub mod name;
pub mod pages;
pub mod pasted_list;
pub mod queries;
pub mod rate;
pub mod renewal;
pub mod search_links;
pub mod show;
pub mod statuses;
pub mod whom_to_ask;
pub mod wording;
