//! Companies that came onto the list with an import, and how they go with it.

pub mod queries;
