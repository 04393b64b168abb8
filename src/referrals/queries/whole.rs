//! SQL of one referral's page, and of the page that adds one.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::Day;
use crate::documents::document::{ChoiceRow, SentRow};
use crate::ids::{CompanyId, ContactId, OpeningId, ReferralId, ReferralTaskId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::message::template::Template;
use crate::playbook::referral::{Mechanic, Outcome, ReferralStep, Status, Whose};
use crate::playbook::stage::Stage;
use crate::playbook::step;
use crate::playbook::{opening, warmth::Warmth};
use crate::referrals::fit::Told;
use crate::web::chooser::FEW;

/// A referral with everything its page shows.
pub struct ReferralDetail {
    /// The documents that were sent, the latest first, and those that can be chosen.
    pub sent: Json<Vec<SentRow>>,
    pub documents: Json<Vec<ChoiceRow>>,
    pub id: ReferralId,
    pub contact: ContactId,
    pub name: String,
    pub email: Option<String>,
    pub profile_url: Option<String>,
    pub stage: Stage,
    pub warmth: Warmth,
    pub company_id: CompanyId,
    pub company: String,
    pub opening: Option<OpeningId>,
    pub opening_title: Option<String>,
    pub opening_url: Option<String>,
    pub opening_status: Option<opening::Status>,
    pub role_number: Option<String>,
    pub posting_text: Option<String>,
    pub status: Status,
    pub way: Option<Mechanic>,
    pub details: Option<String>,
    /// Why the user fits, as they wrote it.
    pub fit: Option<String>,
    pub outcome: Option<Outcome>,
    pub asked_on: Option<Day>,
    pub agreed_on: Option<Day>,
    pub made_on: Option<Day>,
    pub reminded_on: Option<Day>,
    pub told_on: Option<Day>,
    pub closed_on: Option<Day>,
    pub next_step: Option<ReferralStep>,
    pub next_due: Option<Day>,
    pub version: i32,
    pub tasks: Json<Vec<TaskRow>>,
    /// The user's own templates for referrals, the newest first.
    pub templates: Json<Vec<Template>>,
    pub history: Json<Vec<HistoryRow>>,
    /// What talks at the company taught of what the work asks for.
    pub told: Json<Vec<Told>>,
}

/// One referral, its tasks and its history. An opening in the bin is named, but not led to.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ReferralId,
) -> sqlx::Result<Option<ReferralDetail>> {
    sqlx::query_as!(
        ReferralDetail,
        r#"select r.id as "id: ReferralId", k.id as "contact: ContactId", k.name, k.email, k.profile_url, k.stage as "stage: Stage",
               k.warmth as "warmth: Warmth", r.company_id as "company_id: CompanyId", c.name as company,
               case when o.deleted_at is null then o.id end as "opening: OpeningId", o.title as "opening_title?",
               o.url as "opening_url?", o.status as "opening_status?: opening::Status",
               o.role_number as "role_number?", o.posting_text as "posting_text?", r.status as "status: Status", r.way as "way: Mechanic",
               r.details, r.fit, r.outcome as "outcome: Outcome", r.asked_on as "asked_on: Day", r.agreed_on as "agreed_on: Day",
               r.made_on as "made_on: Day", r.reminded_on as "reminded_on: Day", r.told_on as "told_on: Day",
               r.closed_on as "closed_on: Day", r.next_step as "next_step: ReferralStep", r.next_due as "next_due: Day", r.version,
               (select coalesce(json_agg(json_build_object('id', t.id, 'whose', t.whose, 'text', t.text, 'due_on', t.due_on,
                       'is_done', t.done_at is not null) order by t.position, t.id), '[]')
                   from referral_tasks t where t.user_id = $1 and t.referral_id = r.id
               ) as "tasks!: Json<Vec<TaskRow>>",
               (select coalesce(json_agg(json_build_object('key', m.id, 'wording', v.number, 'is_own', true, 'name', m.name,
                       'moment', m.purpose, 'channels', m.channels, 'warmths', m.warmths, 'subject', v.subject, 'body', v.body)
                       order by m.id desc), '[]')
                   from templates m
                   join lateral (
                       select number, subject, body from template_versions
                       where user_id = $1 and template_id = m.id order by number desc limit 1
                   ) v on true
                   where m.user_id = $1 and m.deleted_at is null and m.purpose like 'referral\_%'
               ) as "templates!: Json<Vec<Template>>",
               (select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'on', t.happened_on, 'body', t.body)
                       order by t.happened_on desc, t.id desc), '[]')
                   from touchpoints t
                   where t.user_id = $1 and t.referral_id = r.id and t.kind <> 'undone'
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
               ) as "history!: Json<Vec<HistoryRow>>",
               (select coalesce(json_agg(json_build_object('id', s.id, 'name', d.name, 'kind', d.kind,
                       'version_id', v.id, 'number', v.number, 'file_name', v.file_name, 'format', v.format,
                       'sent_on', s.sent_on, 'is_older', v.number < (select max(n.number) from document_versions n
                           where n.user_id = $1 and n.document_id = v.document_id)) order by s.sent_on desc, s.id desc), '[]')
                   from sent_documents s
                   join document_versions v on v.user_id = $1 and v.id = s.version_id
                   join documents d on d.user_id = $1 and d.id = v.document_id
                   where s.user_id = $1 and s.referral_id = r.id and s.deleted_at is null
               ) as "sent!: Json<Vec<SentRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select v.id, d.name, v.number
                   from documents d join document_versions v on v.user_id = $1 and v.document_id = d.id
                   where d.user_id = $1 and d.deleted_at is null
                   order by d.kind = 'resume' desc, d.name, d.id, v.number desc limit 200
               ) s) as "documents!: Json<Vec<ChoiceRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select n.text, n.weight from insights n
                   where n.user_id = $1 and n.company_id = r.company_id and n.topic = 'requirements' and n.deleted_at is null
                       and n.hidden_at is null
                   order by n.weight, n.created_at desc, n.id limit 60
               ) s) as "told!: Json<Vec<Told>>"
           from referrals r
           join contacts k on k.user_id = r.user_id and k.id = r.contact_id
           join companies c on c.user_id = r.user_id and c.id = r.company_id
           left join openings o on o.user_id = r.user_id and o.id = r.opening_id
           where r.user_id = $1 and k.user_id = $1 and c.user_id = $1 and r.id = $2 and r.deleted_at is null and k.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// What a new referral can be made of: people and openings, those that were asked for first.
pub async fn choices(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contact: Option<ContactId>,
    opening: Option<OpeningId>,
) -> sqlx::Result<Choices> {
    let row = sqlx::query!(
        r#"with company as (
               select coalesce((select company_id from openings where user_id = $1 and id = $3),
                   (select company_id from contacts where user_id = $1 and id = $2)) as id
           )
           select (select coalesce(json_agg(to_json(s)), '[]') from (
                   select k.id, k.name, k.name || coalesce(', ' || coalesce(c.name, k.employer), '') as label, k.company_id, k.stage, k.next_step
                   from contacts k left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
                   where k.user_id = $1 and k.deleted_at is null and k.id = any(array(
                       select f.id from unnest(array['connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'requested', 'identified', 'moved_on', 'declined']) s (stage)
                       cross join lateral (
                           select l.id from contacts l where l.user_id = $1 and l.stage = s.stage and l.deleted_at is null
                           order by l.name_folded, l.id limit $4) f
                       union (select l.id from contacts l
                           where l.user_id = $1 and l.company_id = (select id from company) and l.deleted_at is null
                           order by l.stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch') desc, l.name_folded, l.id limit $4)
                       union select $2))
                   order by k.id = $2 desc nulls last, k.company_id = (select id from company) desc nulls last,
                       k.stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch') desc, k.name_folded, k.id
                   limit $4
               ) s) as "contacts!: Json<Vec<ContactChoice>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select o.id, o.title, c.name as company, o.company_id
                   from openings o join companies c on c.user_id = o.user_id and c.id = o.company_id
                   where o.user_id = $1 and o.deleted_at is null and c.deleted_at is null
                       and (o.id = $3 or o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer'))
                   order by o.id = $3 desc nulls last, o.company_id = (select id from company) desc nulls last, c.name_key, o.title_folded, o.id
                   limit 500
               ) s) as "openings!: Json<Vec<OpeningChoice>>""#,
        by.into().user_id() as _,
        contact as _,
        opening as _,
        FEW as i64,
    )
    .fetch_one(db)
    .await?;
    Ok(Choices { contacts: row.contacts.0, openings: row.openings.0 })
}

/// Someone who could refer the user.
#[derive(Debug, Deserialize)]
pub struct ContactChoice {
    pub id: ContactId,
    pub name: String,
    /// The name with the company.
    pub label: String,
    pub company_id: Option<CompanyId>,
    pub stage: Stage,
    pub next_step: Option<step::Step>,
}

/// Something to be referred for.
#[derive(Debug, Deserialize)]
pub struct OpeningChoice {
    pub id: OpeningId,
    pub title: String,
    pub company: String,
    pub company_id: CompanyId,
}

/// What a new referral can be made of.
pub struct Choices {
    pub contacts: Vec<ContactChoice>,
    pub openings: Vec<OpeningChoice>,
}

/// What one of the two does, as the page's statement gathers it.
#[derive(Debug, Deserialize)]
pub struct TaskRow {
    pub id: ReferralTaskId,
    pub whose: Whose,
    pub text: String,
    pub due_on: Option<Date>,
    pub is_done: bool,
}

/// A line of the contact's history that belongs to the referral.
#[derive(Debug, Deserialize)]
pub struct HistoryRow {
    pub id: TouchpointId,
    pub kind: Kind,
    pub on: Date,
    pub body: Option<String>,
}
