//! Tags: the user's own words for people, by which they are listed together.

use serde::{Deserialize, Serialize};

use crate::ids::TagId;
use crate::text::Line;

/// What a tag is called.
pub type TagName = Line<40>;

/// A tag as pages show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tag {
    /// Which.
    pub id: TagId,
    /// What it is called.
    pub name: String,
}
