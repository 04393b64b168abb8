//! SQL of what programs read: something that happened with a contact.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::database::{At, Day};
use crate::ids::{ContactId, InterviewId, ReferralId, TouchpointId};
use crate::playbook::event::{Direction, Kind};
use crate::playbook::message::channel::Channel;

/// Something that happened with a contact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Touchpoint {
    /// Which.
    pub id: TouchpointId,
    /// With whom.
    pub contact_id: ContactId,
    /// What.
    pub kind: Kind,
    /// Who began it.
    pub direction: Direction,
    /// By which way.
    pub channel: Option<Channel>,
    /// On which day, where the user was.
    pub happened_on: Day,
    /// The words.
    pub body: Option<String>,
    /// What was noted about it.
    pub note: Option<String>,
    /// Another one that this one takes back.
    pub undoes: Option<TouchpointId>,
    /// The talk it belongs to.
    pub interview_id: Option<InterviewId>,
    /// The referral it belongs to.
    pub referral_id: Option<ReferralId>,
    /// The program that wrote it down; null where the user did.
    pub program: Option<String>,
    /// When it was written down.
    pub created_at: At,
}

resource!(
    Touchpoint,
    from = "touchpoints",
    select = r#"select t.id as "id: TouchpointId", t.contact_id as "contact_id: ContactId", t.kind as "kind: Kind",
        t.direction as "direction: Direction", t.channel as "channel: Channel", t.happened_on as "happened_on: Day",
        t.body, t.note, t.undoes as "undoes: TouchpointId", t.interview_id as "interview_id: InterviewId",
        t.referral_id as "referral_id: ReferralId", t.program, t.created_at as "created_at: At""#,
    alive =
        " and exists (select from contacts k where k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null)"
);
