//! SQL of dossiers; it reads across rooms and writes nothing.

pub mod lines;
pub mod links;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::summary::VoiceRow;
use crate::access::Viewer;
use crate::companies::search_links::prepare::Source;
use crate::database::At;
use crate::ids::{CompanyId, ContactId, InterviewId, OpeningId};
use crate::insights::ties::Link;
use crate::playbook::opening;
use crate::playbook::stage::Stage;
use crate::playbook::topic::Topic;

/// The most lines that are read at once; of more, the latest are.
pub const MOST: i64 = 4_000;

/// An opening there.
#[derive(Debug, Clone, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub status: opening::Status,
    pub seen_on: Date,
    pub confirmed_by: Option<String>,
    pub confirmed_on: Option<Date>,
}

/// Someone there.
#[derive(Debug, Clone, Deserialize)]
pub struct PersonRow {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub stage: Stage,
}

/// What was found in one source before a talk.
#[derive(Debug, Clone, Deserialize)]
pub struct FindingRow {
    pub source: Source,
    pub text: String,
    pub interview: InterviewId,
    pub name: String,
    pub at: Timestamp,
}

/// The next talk there.
#[derive(Debug, Clone, Deserialize)]
pub struct ComingRow {
    pub id: InterviewId,
    pub name: String,
    pub at: Timestamp,
    /// The questions on its list.
    pub asked: Vec<String>,
}

/// A company with everything its dossier is made of.
pub struct Gathered {
    pub name: String,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub voices: Json<Vec<VoiceRow>>,
    pub links: Json<Vec<Link>>,
    pub openings: Json<Vec<OpeningRow>>,
    /// The first fifty of them, by name.
    pub people: Json<Vec<PersonRow>>,
    /// How many there are.
    pub people_there: i64,
    pub findings: Json<Vec<FindingRow>>,
    pub coming: Option<Json<ComingRow>>,
    pub bank: Json<Vec<BankRow>>,
}

impl Gathered {
    /// How many people there are beyond those it names.
    pub fn more_people(&self) -> i64 {
        self.people_there - i64::try_from(self.people.len()).unwrap_or(i64::MAX)
    }
}

/// What is known of one company: said in talks, found before them, its openings and people; and the talk that comes next.
pub async fn gather(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    company: CompanyId,
    now: Timestamp,
) -> sqlx::Result<Option<Gathered>> {
    sqlx::query_as!(
        Gathered,
        r#"select c.name, c.industry, c.place,
               (select coalesce(json_agg(v order by v.id), '[]') from (
                   select n.id, n.topic, n.weight, n.text, least(t.starts_at, n.created_at) as "at", n.contact_id as contact, k.name,
                       k.job_title, n.interview_id as interview, n.company_id as company, null as company_name,
                       n.hidden_at is not null as hidden, n.program
                   from insights n
                   left join contacts k on k.user_id = n.user_id and k.id = n.contact_id and k.deleted_at is null
                   left join informational_interviews t on t.user_id = n.user_id and t.id = n.interview_id
                   where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null and (n.contact_id is null or k.id is not null)
                   order by n.id desc limit $4) v
               ) as "voices!: Json<Vec<VoiceRow>>",
               (select coalesce(json_agg(json_build_object('id', l.id, 'one', l.insight_id, 'other', l.other_id, 'tie', l.kind)
                       order by l.id), '[]')
                   from insight_links l where l.user_id = $1
               ) as "links!: Json<Vec<Link>>",
               (select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title, 'status', o.status, 'seen_on', o.seen_on,
                       'confirmed_by', k.name, 'confirmed_on', o.confirmed_on) order by o.seen_on desc, o.id), '[]')
                   from openings o
                   left join contacts k on k.user_id = o.user_id and k.id = o.confirmed_by and k.deleted_at is null
                   where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
               ) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'job_title', k.job_title, 'stage', k.stage)
                       order by k.name_folded, k.id), '[]')
                   from (
                       select k.id, k.name, k.name_folded, k.job_title, k.stage from contacts k
                       where k.user_id = $1 and k.company_id = c.id and k.deleted_at is null
                       order by k.stage in ('identified', 'moved_on', 'declined'),
                           array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], k.warmth),
                           array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], k.closeness), k.id
                       limit 50
                   ) k
               ) as "people!: Json<Vec<PersonRow>>",
               (select count(*) from contacts k where k.user_id = $1 and k.company_id = c.id and k.deleted_at is null) as "people_there!",
               (select coalesce(json_agg(f order by f."at", f.interview, f.source), '[]') from (
                   select s.source, s.text, t.id as interview, k.name, coalesce(s.checked_at, t.changed_at) as "at"
                   from informational_interviews t
                   join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
                   join findings s on s.user_id = t.user_id and s.interview_id = t.id and s.text <> ''
                   where t.user_id = $1 and coalesce(t.company_id, k.company_id) = c.id and t.deleted_at is null
                   order by t.starts_at desc, t.id limit 100) f
               ) as "findings!: Json<Vec<FindingRow>>",
               (select json_build_object('id', t.id, 'name', k.name, 'at', t.starts_at, 'asked',
                       (select coalesce(json_agg(q.text), '[]') from interview_questions q
                           where q.user_id = $1 and q.interview_id = t.id and q.deleted_at is null))
                   from informational_interviews t
                   join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
                   where t.user_id = $1 and coalesce(t.company_id, k.company_id) = c.id and t.status = 'scheduled' and t.starts_at >= $3
                       and t.deleted_at is null
                   order by t.starts_at, t.id limit 1
               ) as "coming: Json<ComingRow>",
               (select coalesce(json_agg(json_build_object('topic', q.topic, 'text', q.text, 'is_hidden', q.hidden_at is not null) order by q.id), '[]')
                   from questions q where q.user_id = $1 and q.deleted_at is null
               ) as "bank!: Json<Vec<BankRow>>"
           from companies c where c.user_id = $1 and c.id = $2 and c.deleted_at is null"#,
        by.into().user_id() as _,
        company as _,
        At(now) as _,
        MOST,
    )
    .fetch_optional(db)
    .await
}

/// What was learned anywhere.
pub struct Learned {
    pub voices: Json<Vec<VoiceRow>>,
    pub links: Json<Vec<Link>>,
    /// How many lines there are; more than were read, where they are very many.
    pub all: i64,
}

/// What was learned of the role and of all companies, but for what is hidden.
pub async fn learned(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Learned> {
    sqlx::query_as!(
        Learned,
        r#"with here as (
               select n.id, n.topic, n.weight, n.text, least(t.starts_at, n.created_at) as "at", n.contact_id as contact, k.name,
                   k.job_title, n.interview_id as interview, c.id as company, c.name as company_name, false as hidden,
                   n.program
               from insights n
               -- One at a time: a network has far more people than ever said something.
               left join lateral (
                   select k.id, k.name, k.job_title from contacts k
                   where k.user_id = $1 and k.id = n.contact_id and k.deleted_at is null limit 1
               ) k on true
               left join informational_interviews t on t.user_id = n.user_id and t.id = n.interview_id
               left join companies c on c.user_id = n.user_id and c.id = n.company_id and c.deleted_at is null
               where n.user_id = $1 and n.deleted_at is null and n.hidden_at is null and (n.contact_id is null or k.id is not null)
           )
           select (select coalesce(json_agg(v order by v.id), '[]') from (select * from here order by id desc limit $2) v)
                   as "voices!: Json<Vec<VoiceRow>>",
               (select coalesce(json_agg(json_build_object('id', l.id, 'one', l.insight_id, 'other', l.other_id, 'tie', l.kind)
                       order by l.id), '[]')
                   from insight_links l where l.user_id = $1
               ) as "links!: Json<Vec<Link>>",
               (select count(*) from here) as "all!""#,
        by.into().user_id() as _,
        MOST,
    )
    .fetch_one(db)
    .await
}

/// A question of the user's own bank.
#[derive(Debug, Deserialize)]
pub struct BankRow {
    pub topic: Topic,
    pub text: String,
    /// It comes with Inroad, and is not to be offered.
    pub is_hidden: bool,
}
