//! Target companies: whom the user would work for, whether or not there is an opening.

pub mod name;
