//! SQL of what programs read: a job that is or may be open.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::database::{At, Day};
use crate::ids::{CompanyId, OpeningId};
use crate::openings::opening::Source;
use crate::playbook::opening::Status;

/// A job that is or may be open.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Opening {
    /// Which.
    pub id: OpeningId,
    /// At which company.
    pub company_id: CompanyId,
    /// What it is called.
    pub title: String,
    /// How one knows of it.
    pub source: Source,
    /// Where it is posted.
    pub url: Option<String>,
    /// What the company calls it.
    pub role_number: Option<String>,
    /// The posting as it stood.
    pub posting_text: Option<String>,
    /// Since when one knows of it.
    pub seen_on: Day,
    /// Where the work is.
    pub place: Option<String>,
    /// What is paid, as it was given.
    pub salary: Option<String>,
    /// What was noted about it.
    pub notes: Option<String>,
    /// How far one is with it.
    pub status: Status,
    /// Since when.
    pub status_since: Day,
    /// When one applied.
    pub applied_on: Option<Day>,
    /// How.
    pub applied_how: Option<String>,
    /// What to do next.
    pub next_step: Option<String>,
    /// When.
    pub next_on: Option<Day>,
    /// When it was added.
    pub created_at: At,
}

resource!(
    Opening,
    from = "openings",
    select = r#"select t.id as "id: OpeningId", t.company_id as "company_id: CompanyId", t.title, t.source as "source: Source",
        t.url, t.role_number, t.posting_text, t.seen_on as "seen_on: Day", t.place, t.salary, t.notes, t.status as "status: Status", t.status_since as "status_since: Day",
        t.applied_on as "applied_on: Day", t.applied_how, t.next_step, t.next_on as "next_on: Day",
        t.created_at as "created_at: At""#,
    alive = " and t.deleted_at is null"
);
