//! SQL of an opening's page, with its rows.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::Day;
use crate::documents::document::{ChoiceRow, SentRow};
use crate::ids::{CompanyId, ContactId, OpeningChangeId, OpeningId, ReferralId};
use crate::openings::opening::Source;
use crate::playbook::opening::Status;
use crate::playbook::referral;
use crate::playbook::stage::Stage;
use crate::playbook::step::Step;
use crate::playbook::title::NearTitles;

/// A contact at the company, and the referral of theirs for this opening.
#[derive(Debug, Deserialize)]
pub struct PersonRow {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub stage: Stage,
    pub next_step: Option<Step>,
    pub referral: Option<ReferralId>,
    pub referral_status: Option<referral::Status>,
}

/// Someone there who can say whether it is open.
#[derive(Debug, Deserialize)]
pub struct ConfirmerRow {
    pub id: ContactId,
    pub name: String,
}

/// A line of the opening's history, the latest first.
#[derive(Debug, Deserialize)]
pub struct ChangeRow {
    pub id: OpeningChangeId,
    pub status: Status,
    pub on: Date,
    pub note: Option<String>,
}

/// A referral for this opening.
#[derive(Debug, Deserialize)]
pub struct ReferralRow {
    pub id: ReferralId,
    pub contact: ContactId,
    pub name: String,
    pub status: referral::Status,
    pub outcome: Option<referral::Outcome>,
    pub next_step: Option<referral::ReferralStep>,
    pub next_due: Option<Date>,
}

/// What someone there said the work asks for.
#[derive(Debug, Deserialize)]
pub struct ToldRow {
    pub text: String,
    pub weight: Option<String>,
    pub contact: ContactId,
    pub name: String,
}

/// An opening with everything its page shows.
pub struct OpeningDetail {
    pub id: OpeningId,
    pub company_id: CompanyId,
    pub company: String,
    pub title: String,
    pub source: Source,
    pub url: Option<String>,
    pub role_number: Option<String>,
    pub place: Option<String>,
    pub salary: Option<String>,
    pub posting_text: Option<String>,
    pub notes: Option<String>,
    pub status: Status,
    pub status_since: Day,
    pub seen_on: Day,
    pub applied_on: Option<Day>,
    pub applied_how: Option<String>,
    pub confirmed_by: Option<ContactId>,
    pub confirmer: Option<String>,
    pub confirmed_on: Option<Day>,
    pub next_step: Option<String>,
    pub next_on: Option<Day>,
    pub version: i32,
    /// The best ten at the company to ask, the best first.
    pub people: Json<Vec<PersonRow>>,
    /// How many there are.
    pub people_there: i64,
    /// Who there answered the user, and so can say whether it is open; and who said so.
    pub confirmers: Json<Vec<ConfirmerRow>>,
    pub changes: Json<Vec<ChangeRow>>,
    pub referrals: Json<Vec<ReferralRow>>,
    /// The documents that were sent, the latest first, and those that can be chosen.
    pub sent: Json<Vec<SentRow>>,
    pub documents: Json<Vec<ChoiceRow>>,
    /// What talks at the company taught of what it asks for, the latest first.
    pub told: Json<Vec<ToldRow>>,
}

/// One opening, some people at its company, its history and its referrals.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: OpeningId,
) -> sqlx::Result<Option<OpeningDetail>> {
    find_for(db, by, id, &[]).await
}

/// The same, with those people first who could best refer someone who aims at these roles.
pub async fn find_for(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: OpeningId,
    target_roles: &[String],
) -> sqlx::Result<Option<OpeningDetail>> {
    let titles = NearTitles::of(target_roles);
    sqlx::query_as!(
        OpeningDetail,
        r#"select o.id as "id: OpeningId", o.company_id as "company_id: CompanyId", c.name as company, o.title,
               o.source as "source: Source", o.url, o.role_number, o.place, o.salary, o.posting_text, o.notes, o.status as "status: Status",
               o.status_since as "status_since: Day", o.seen_on as "seen_on: Day", o.applied_on as "applied_on: Day", o.applied_how,
               o.confirmed_by as "confirmed_by: ContactId", k.name as "confirmer?", o.confirmed_on as "confirmed_on: Day", o.next_step,
               o.next_on as "next_on: Day", o.version,
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select p.id, p.name, p.job_title, p.stage, p.next_step, f.id as referral, f.status as referral_status
                   from (
                       select p.*, array_position(array['in_touch', 'spoke', 'scheduled', 'asked', 'connected', 'requested',
                               'identified', 'moved_on', 'declined'], p.stage) as by_stage,
                           array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth) as by_warmth,
                           coalesce(array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness),
                               case when p.closeness = 'other' then case when ' ' || p.job_title_folded || ' ' like any($3) then 1
                                   when ' ' || p.job_title_folded || ' ' like any($4) then 2 end end) as by_closeness
                       from contacts p
                       where p.user_id = $1 and p.company_id = o.company_id and p.deleted_at is null
                       order by by_stage, by_warmth, by_closeness, p.name_folded, p.id limit 10
                   ) p left join lateral (
                       select r.id, r.status from referrals r
                       where r.user_id = $1 and r.contact_id = p.id and r.opening_id = o.id and r.deleted_at is null
                       order by r.status in ('declined', 'withdrawn'), r.id desc limit 1
                   ) f on true
                   order by p.by_stage, p.by_warmth, p.by_closeness, p.name_folded, p.id
               ) s) as "people!: Json<Vec<PersonRow>>",
               (select count(*) from contacts p where p.user_id = $1 and p.company_id = o.company_id and p.deleted_at is null)
                   as "people_there!",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select p.id, p.name from contacts p
                   where p.user_id = $1 and p.company_id = o.company_id and p.deleted_at is null and (p.id = o.confirmed_by or p.last_touch_on is not null and exists (
                           select from touchpoints t
                           where t.user_id = $1 and t.contact_id = p.id
                               and (t.kind in ('held', 'met') or t.direction = 'in' and t.kind not in ('accepted', 'introduced'))
                               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)))
                   order by p.id = o.confirmed_by desc nulls last, p.name_folded, p.id
                   limit 50
               ) s) as "confirmers!: Json<Vec<ConfirmerRow>>",
               (select coalesce(json_agg(json_build_object('id', h.id, 'status', h.status, 'on', h.happened_on, 'note', h.note)
                       order by h.happened_on desc, h.created_at desc, h.id desc), '[]')
                   from opening_changes h where h.user_id = $1 and h.opening_id = o.id
               ) as "changes!: Json<Vec<ChangeRow>>",
               (select coalesce(json_agg(json_build_object('id', r.id, 'contact', p.id, 'name', p.name, 'status', r.status,
                       'outcome', r.outcome, 'next_step', r.next_step, 'next_due', r.next_due)
                       order by array_position(array['made', 'agreed', 'asked', 'to_ask', 'declined', 'withdrawn'], r.status), r.id), '[]')
                   from referrals r join contacts p on p.user_id = r.user_id and p.id = r.contact_id
                   where r.user_id = $1 and p.user_id = $1 and r.opening_id = o.id and r.deleted_at is null and p.deleted_at is null
               ) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(json_agg(json_build_object('id', s.id, 'name', d.name, 'kind', d.kind,
                       'version_id', v.id, 'number', v.number, 'file_name', v.file_name, 'format', v.format,
                       'sent_on', s.sent_on, 'is_older', v.number < (select max(n.number) from document_versions n
                           where n.user_id = $1 and n.document_id = v.document_id)) order by s.sent_on desc, s.id desc), '[]')
                   from sent_documents s
                   join document_versions v on v.user_id = $1 and v.id = s.version_id
                   join documents d on d.user_id = $1 and d.id = v.document_id
                   where s.user_id = $1 and s.opening_id = o.id and s.deleted_at is null
               ) as "sent!: Json<Vec<SentRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select v.id, d.name, v.number
                   from documents d join document_versions v on v.user_id = $1 and v.document_id = d.id
                   where d.user_id = $1 and d.deleted_at is null
                   order by d.kind = 'resume' desc, d.name, d.id, v.number desc limit 200
               ) s) as "documents!: Json<Vec<ChoiceRow>>",
               (select coalesce(json_agg(json_build_object('text', n.text, 'weight', n.weight, 'contact', n.contact_id,
                       'name', p.name) order by n.weight, n.created_at desc, n.id), '[]')
                   from insights n join contacts p on p.user_id = $1 and p.id = n.contact_id and p.deleted_at is null
                   where n.user_id = $1 and n.company_id = o.company_id and n.topic = 'requirements' and n.deleted_at is null
               ) as "told!: Json<Vec<ToldRow>>"
           from openings o
           join companies c on c.user_id = o.user_id and c.id = o.company_id
           left join contacts k on k.user_id = o.user_id and k.id = o.confirmed_by
           where o.user_id = $1 and c.user_id = $1 and o.id = $2 and o.deleted_at is null and c.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
        &titles.in_role,
        &titles.near,
    )
    .fetch_optional(db)
    .await
}
