//! SQL of what programs read: a word somebody puts in.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::database::{At, Day};
use crate::ids::{CompanyId, ContactId, OpeningId, ReferralId};
use crate::playbook::referral::{Outcome, ReferralStep, Status};

/// A word somebody puts in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Referral {
    /// Which.
    pub id: ReferralId,
    /// By whom.
    pub contact_id: ContactId,
    /// At which company.
    pub company_id: CompanyId,
    /// For which opening.
    pub opening_id: Option<OpeningId>,
    /// How far it is.
    pub status: Status,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What was noted about it.
    pub details: Option<String>,
    /// When one asked.
    pub asked_on: Option<Day>,
    /// When it was made.
    pub made_on: Option<Day>,
    /// What to do next.
    pub next_step: Option<ReferralStep>,
    /// When.
    pub next_due: Option<Day>,
    /// When it was planned.
    pub created_at: At,
}

resource!(
    Referral,
    from = "referrals",
    select = r#"select t.id as "id: ReferralId", t.contact_id as "contact_id: ContactId", t.company_id as "company_id: CompanyId",
        t.opening_id as "opening_id: OpeningId", t.status as "status: Status", t.outcome as "outcome: Outcome", t.details,
        t.asked_on as "asked_on: Day", t.made_on as "made_on: Day", t.next_step as "next_step: ReferralStep",
        t.next_due as "next_due: Day", t.created_at as "created_at: At""#,
    alive = " and t.deleted_at is null"
);
