//! Openings that came with an import, and how they go with it.

use jiff::civil::Date;

use crate::address::WebAddress;
use crate::ids::{CompanyId, OpeningId};
use crate::text::Line;

pub mod queries;

/// How an archive's applications were sent.
pub const ON_LINKEDIN: &str = "On LinkedIn";

/// An opening to be.
#[derive(Debug)]
pub struct NewOpening {
    /// Its id.
    pub id: OpeningId,
    /// Where.
    pub company: CompanyId,
    /// What it is.
    pub title: Line<200>,
    /// Its page.
    pub url: Option<WebAddress>,
    /// When the user first saw it.
    pub seen_on: Date,
    /// When they applied; nothing where they did not.
    pub applied_on: Option<Date>,
}
