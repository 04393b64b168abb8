//! SQL of what programs read: a talk with a contact.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::database::At;
use crate::ids::{CompanyId, ContactId, InterviewId};
use crate::playbook::talk::{Medium, Status};

/// A talk with a contact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Interview {
    /// Which.
    pub id: InterviewId,
    /// With whom.
    pub contact_id: ContactId,
    /// About which company.
    pub company_id: Option<CompanyId>,
    /// Whether it is to come, was held or did not take place.
    pub status: Status,
    /// When it begins.
    pub starts_at: At,
    /// How long it takes.
    pub minutes: i16,
    /// How they talk.
    pub way: Medium,
    /// The address of the call, the number, or the place.
    pub place: Option<String>,
    /// Where they are, in time.
    pub their_time_zone: Option<String>,
    /// What was noted in it.
    pub notes: Option<String>,
    /// When it was agreed on.
    pub created_at: At,
}

resource!(
    Interview,
    from = "informational_interviews",
    select = r#"select t.id as "id: InterviewId", t.contact_id as "contact_id: ContactId", t.company_id as "company_id: CompanyId",
        t.status as "status: Status", t.starts_at as "starts_at: At", t.minutes, t.way as "way: Medium", t.place,
        t.their_time_zone, t.notes, t.created_at as "created_at: At""#,
    alive = " and t.deleted_at is null and exists (select from contacts k where k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null)"
);
