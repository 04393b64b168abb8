//! SQL of what programs read: something that was learned.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::database::At;
use crate::ids::{CompanyId, ContactId, InsightId, InterviewId};
use crate::playbook::topic::{Topic, Weight};

/// Something that was learned.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Insight {
    /// Which.
    pub id: InsightId,
    /// About which company.
    pub company_id: Option<CompanyId>,
    /// From whom.
    pub contact_id: Option<ContactId>,
    /// In which talk.
    pub interview_id: Option<InterviewId>,
    /// What about.
    pub topic: Topic,
    /// How it counts.
    pub weight: Option<Weight>,
    /// The words.
    pub text: String,
    /// The program that wrote it down; null where the user did.
    pub program: Option<String>,
    /// When it was written down.
    pub created_at: At,
}

resource!(
    Insight,
    from = "insights",
    select = r#"select t.id as "id: InsightId", t.company_id as "company_id: CompanyId", t.contact_id as "contact_id: ContactId",
        t.interview_id as "interview_id: InterviewId", t.topic as "topic: Topic", t.weight as "weight: Weight",
        t.text, t.program, t.created_at as "created_at: At""#,
    alive = " and t.deleted_at is null and t.hidden_at is null"
);
