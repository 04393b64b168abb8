//! What was set of a company before a change, as the address of its undo says it.

use serde::{Deserialize, Serialize};

use super::company::{Motivation, Posting, Set};
use super::queries::Before;
use crate::ids::CompanyId;
use crate::text::Line;
use crate::web::list::address;

/// Motivation, posting and status as they were.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Was {
    /// The version since: whatever else changed then, stays.
    pub version: i32,
    motivation: String,
    posting: String,
    status: String,
    reason: String,
    /// Where to return to.
    pub back: String,
}

impl Was {
    /// As it was before a change that leads back there.
    pub fn of(before: &Before, back: &str) -> Self {
        Self {
            version: before.version,
            motivation: before.motivation.to_string(),
            posting: before.posting.to_string(),
            status: before.status.to_string(),
            reason: before.status_reason.clone().unwrap_or_default(),
            back: back.into(),
        }
    }

    /// The path that sets it so again when posted to.
    pub fn undo(&self, id: CompanyId) -> String {
        address(&format!("/companies/{id}/settings/undos"), self)
    }

    /// What it means; none where the address was written by hand.
    pub fn parse(&self) -> Option<Set> {
        Some(Set {
            motivation: Motivation::parse(&self.motivation)?,
            posting: Posting::parse(&self.posting)?,
            status: self.status.parse().ok()?,
            reason: Line::parse_optional(&self.reason).ok()?,
        })
    }
}
