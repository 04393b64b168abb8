//! SQL of what programs read: a target company.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::companies::company::{FoundBy, Status};
use crate::database::At;
use crate::ids::CompanyId;

/// A target company.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Company {
    /// Which.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// Its website.
    pub website: Option<String>,
    /// Its careers page.
    pub careers_url: Option<String>,
    /// Its number or name at LinkedIn.
    pub linkedin: Option<String>,
    /// What it does.
    pub industry: Option<String>,
    /// Where it is.
    pub place: Option<String>,
    /// What was noted about it.
    pub notes: Option<String>,
    /// How much one wants to work there, from 0 (not said) to 5.
    pub motivation: i16,
    /// How well what it posts fits, from 0 (not said) to 3.
    pub posting: i16,
    /// Whether it is still a target.
    pub status: Status,
    /// Why it is paused or ruled out.
    pub status_reason: Option<String>,
    /// How it came onto the list.
    pub found_by: FoundBy,
    /// When it was added.
    pub created_at: At,
}

resource!(
    Company,
    from = "companies",
    select = r#"select t.id as "id: CompanyId", t.name, t.website, t.careers_url, t.linkedin_id as linkedin, t.industry, t.place, t.notes, t.motivation,
        t.posting, t.status as "status: Status", t.status_reason, t.found_by as "found_by: FoundBy", t.created_at as "created_at: At""#,
    alive = " and t.deleted_at is null"
);
