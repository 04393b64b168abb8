//! SQL of a contact's page, and of what is asked before something is added to its history.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::edit::Named;
use crate::access::{Owner, Viewer};
use crate::database::Day;
use crate::ids::{CompanyId, ContactId, InterviewId, OpeningId, ReferralId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::talk;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::playbook::{opening, referral, stage::Stage, step::Step};

/// Somebody at the same company.
#[derive(Debug, Deserialize)]
pub struct Colleague {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub stage: Stage,
}

/// An opening at the company.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub status: opening::Status,
    pub seen_on: Date,
}

/// A talk with them.
#[derive(Debug, Deserialize)]
pub struct TalkRow {
    pub id: InterviewId,
    pub status: talk::Status,
    pub starts_at: Timestamp,
    pub minutes: i16,
    pub way: talk::Way,
    pub place: Option<String>,
    /// What was learned, in the order it was written down.
    pub learned: Vec<String>,
    /// Of it, what is ticked for the thank-you.
    pub chosen: Vec<String>,
    /// What the user promised.
    pub mine: Vec<String>,
    /// What they promised.
    pub theirs: Vec<String>,
}

/// A referral of theirs.
#[derive(Debug, Deserialize)]
pub struct ReferralRow {
    pub id: ReferralId,
    pub status: referral::Status,
    /// The opening's title, or the company's name.
    pub what: String,
}

/// One line of the history.
#[derive(Debug, Deserialize)]
pub struct HistoryRow {
    pub id: TouchpointId,
    pub kind: Kind,
    pub on: Date,
    pub until: Option<Date>,
    pub channel: Option<Channel>,
    pub body: Option<String>,
    pub note: Option<String>,
    pub template: Option<String>,
    pub interview: Option<InterviewId>,
    pub referral: Option<ReferralId>,
    pub undone: bool,
}

/// A contact with everything its page shows.
pub struct Whole {
    pub id: ContactId,
    pub name: String,
    /// The target company, while it is on the list.
    pub company_id: Option<CompanyId>,
    /// Its name, or the employer's.
    pub company: Option<String>,
    pub job_title: Option<String>,
    pub profile_url: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub place: Option<String>,
    pub time_zone: Option<String>,
    pub closeness: Closeness,
    pub warmth: Warmth,
    pub live_profile: bool,
    pub why: Option<String>,
    pub notes: Option<String>,
    pub retain_until: Option<Day>,
    pub stage: Stage,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    pub requested_on: Option<Day>,
    pub asked_on: Option<Day>,
    pub talk_on: Option<Day>,
    pub last_touch_on: Option<Day>,
    pub introducer_id: Option<ContactId>,
    pub introducer: Option<String>,
    pub introducer_profile: Option<String>,
    pub introducer_email: Option<String>,
    pub introduced: Json<Vec<Named>>,
    pub colleagues: Json<Vec<Colleague>>,
    pub openings: Json<Vec<OpeningRow>>,
    /// The latest first.
    pub talks: Json<Vec<TalkRow>>,
    /// Times the user proposes for a talk, while none is taken.
    pub proposed: Json<Vec<Timestamp>>,
    pub referrals: Json<Vec<ReferralRow>>,
    /// The latest first.
    pub history: Json<Vec<HistoryRow>>,
}

/// One contact, the people and openings around it, talks, referrals and history.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: ContactId) -> sqlx::Result<Option<Whole>> {
    sqlx::query_as!(
        Whole,
        r#"select k.id as "id: ContactId", k.name, c.id as "company_id?: CompanyId", coalesce(c.name, k.employer) as company,
               k.job_title, k.profile_url, k.email, k.phone, k.place, k.time_zone, k.closeness as "closeness: Closeness",
               k.warmth as "warmth: Warmth", k.live_profile, k.why, k.notes, k.retain_until as "retain_until: Day",
               k.stage as "stage: Stage", k.next_step as "next_step: Step", k.next_due as "next_due: Day",
               k.next_turns_on as "next_turns_on: Day", k.requested_on as "requested_on: Day", k.asked_on as "asked_on: Day",
               k.talk_on as "talk_on: Day", k.last_touch_on as "last_touch_on: Day", i.id as "introducer_id?: ContactId",
               i.name as "introducer?", i.profile_url as introducer_profile, i.email as introducer_email,
               (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id), '[]')
                   from contacts p where p.user_id = $1 and p.introduced_by = k.id and p.deleted_at is null
               ) as "introduced!: Json<Vec<Named>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'job_title', p.job_title, 'stage', p.stage)
                       order by lower(p.name), p.id), '[]')
                   from (
                       select id, name, job_title, stage from contacts
                       where user_id = $1 and id <> k.id and deleted_at is null
                           and (company_id = c.id or employer_key = k.employer_key)
                       order by array_position(array['in_touch', 'spoke', 'scheduled', 'asked', 'connected', 'requested'], stage),
                           lower(name), id
                       limit 8
                   ) p
               ) as "colleagues!: Json<Vec<Colleague>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title, 'status', o.status, 'seen_on', o.seen_on)
                       order by o.seen_on desc, o.id), '[]')
                   from openings o where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
               ) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'status', t.status, 'starts_at', t.starts_at,
                       'minutes', t.minutes, 'way', t.way, 'place', t.place,
                       'learned', (select coalesce(jsonb_agg(n.text order by n.created_at, n.id), '[]') from insights n
                           where n.user_id = $1 and n.interview_id = t.id and n.deleted_at is null),
                       'chosen', (select coalesce(jsonb_agg(n.text order by n.created_at, n.id), '[]') from insights n
                           where n.user_id = $1 and n.interview_id = t.id and n.in_thank_you and n.deleted_at is null),
                       'mine', (select coalesce(jsonb_agg(a.text order by a.created_at, a.id), '[]') from action_items a
                           where a.user_id = $1 and a.interview_id = t.id and a.whose = 'mine' and a.deleted_at is null),
                       'theirs', (select coalesce(jsonb_agg(a.text order by a.created_at, a.id), '[]') from action_items a
                           where a.user_id = $1 and a.interview_id = t.id and a.whose = 'theirs' and a.deleted_at is null)
                       ) order by t.starts_at desc, t.id), '[]')
                   from informational_interviews t where t.user_id = $1 and t.contact_id = k.id and t.deleted_at is null
               ) as "talks!: Json<Vec<TalkRow>>",
               coalesce((select jsonb_path_query_array(jsonb_build_array(p.first_at, p.second_at, p.third_at), '$[*] ? (@ != null)')
                   from talk_proposals p where p.user_id = $1 and p.contact_id = k.id and p.answered_at is null
               ), '[]') as "proposed!: Json<Vec<Timestamp>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'status', f.status, 'what', coalesce(o.title, at.name))
                       order by f.created_at desc, f.id), '[]')
                   from referrals f
                   join companies at on at.user_id = $1 and at.id = f.company_id
                   left join openings o on o.user_id = $1 and o.id = f.opening_id
                   where f.user_id = $1 and f.contact_id = k.id and f.deleted_at is null
               ) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'on', t.happened_on, 'until', t.until,
                       'channel', t.channel, 'body', t.body, 'note', t.note, 'template', t.template, 'interview', t.interview_id,
                       'referral', t.referral_id, 'undone', exists (
                           select from touchpoints u where u.user_id = $1 and u.undoes = t.id
                       )) order by t.happened_on desc, t.id desc), '[]')
                   from touchpoints t where t.user_id = $1 and t.contact_id = k.id and t.kind <> 'undone'
               ) as "history!: Json<Vec<HistoryRow>>"
           from contacts k
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           left join contacts i on i.user_id = $1 and i.id = k.introduced_by and i.deleted_at is null
           where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Where a contact stands before something is added.
pub struct Stands {
    pub name: String,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    /// The touchpoint to be is in a history already.
    pub again: bool,
}

/// Where a contact stands, and whether the touchpoint was recorded before.
pub async fn stands(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    touchpoint: TouchpointId,
) -> sqlx::Result<Option<Stands>> {
    sqlx::query_as!(
        Stands,
        r#"select k.name, k.next_step as "next_step: Step", k.next_due as "next_due: Day", k.next_turns_on as "next_turns_on: Day",
               exists (select from touchpoints where user_id = $1 and id = $3) as "again!"
           from contacts k where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.user_id() as _,
        id as _,
        touchpoint as _,
    )
    .fetch_optional(db)
    .await
}

/// A line of the history that is to be taken back.
pub struct ToUndo {
    pub kind: Kind,
    /// It belongs to a talk or a referral, where it has to be put right.
    pub elsewhere: bool,
    pub undone: bool,
}

/// A line of a contact's history.
pub async fn to_undo(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    touchpoint: TouchpointId,
) -> sqlx::Result<Option<ToUndo>> {
    sqlx::query_as!(
        ToUndo,
        r#"select t.kind as "kind: Kind", (t.interview_id is not null or t.referral_id is not null) as "elsewhere!",
               exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id) as "undone!"
           from touchpoints t join contacts k on k.user_id = $1 and k.id = t.contact_id
           where t.user_id = $1 and t.contact_id = $2 and t.id = $3 and k.deleted_at is null"#,
        by.user_id() as _,
        contact as _,
        touchpoint as _,
    )
    .fetch_optional(db)
    .await
}
