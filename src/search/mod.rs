//! Searching everything at once: the palette, and the page that is the same without a script.
//!
//! It reads across all rooms and writes nothing. The database finds candidates, each kind within bounds; how well they fit and
//! in which order they stand is decided here, by pure functions.

pub mod asked;
pub mod fit;
pub mod found;
pub mod page;
pub mod places;
pub mod queries;
pub mod sought;
pub mod wording;
