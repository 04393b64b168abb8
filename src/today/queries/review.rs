//! SQL of the look back on a week: one statement for the whole page.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::{At, Day};
use crate::ids::{CompanyId, ContactId, InterviewId, OpeningId};
use crate::playbook::event::Kind;
use crate::playbook::stage::Stage;
use crate::playbook::step::Step;

/// How often something happened in the week, and in the one before.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Times {
    pub kind: Kind,
    pub now: i64,
    pub before: i64,
}

/// Something that brought a contact forward.
#[derive(Debug, Deserialize)]
pub struct MovedRow {
    pub contact: ContactId,
    pub name: String,
    pub kind: Kind,
    pub on: Date,
}

/// A contact with whom nothing moves.
#[derive(Debug, Deserialize)]
pub struct StuckRow {
    pub id: ContactId,
    pub name: String,
    pub company: Option<CompanyId>,
    pub works_at: Option<String>,
    pub stage: Stage,
    pub step: Step,
    pub due: Date,
    pub turns_on: Option<Date>,
    pub requested_on: Option<Date>,
}

/// A talk whose time is over, and of which nothing was said.
#[derive(Debug, Deserialize)]
pub struct TalkRow {
    pub id: InterviewId,
    pub name: String,
    pub starts_at: Timestamp,
}

/// An opening that is only watched.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub company: String,
    pub since: Date,
}

/// A company the user would like to work for, where nobody is known.
#[derive(Debug, Deserialize)]
pub struct CompanyRow {
    pub id: CompanyId,
    pub name: String,
    pub motivation: i16,
}

/// Everything the page shows.
pub struct WholeWeek {
    pub times: Json<Vec<Times>>,
    pub moved: Json<Vec<MovedRow>>,
    pub stuck: Json<Vec<StuckRow>>,
    pub talks: Json<Vec<TalkRow>>,
    pub openings: Json<Vec<OpeningRow>>,
    pub companies: Json<Vec<CompanyRow>>,
    pub companies_on_list: i64,
    pub companies_added: i64,
    pub companies_added_before: i64,
    pub openings_seen: i64,
    pub openings_seen_before: i64,
}

/// The days and instants a look back is about.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub today: Date,
    /// The first of the week.
    pub first: Date,
    /// When the week before began, the week itself, and when it ended.
    pub began: [Timestamp; 3],
    /// Talks that began before this are over.
    pub over: Timestamp,
}

/// The week of `span`, the one before, and what is stuck by today.
pub async fn week(db: impl PgExecutor<'_>, by: impl Into<Viewer>, span: Span) -> sqlx::Result<WholeWeek> {
    let [before, began, ended] = span.began;
    sqlx::query_as!(
        WholeWeek,
        r#"select
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select t.kind, count(distinct t.of) filter (where t.happened_on >= $3) as now,
                       count(distinct t.of) filter (where t.happened_on < $3) as before
                   from (
                       select t.id, t.happened_on, case t.kind when 'answered_in_writing' then 'held' else t.kind end as kind,
                           case when t.kind in ('held', 'answered_in_writing') then coalesce(t.interview_id, t.id) else t.id end as of
                       from touchpoints t
                       where t.user_id = $1 and t.happened_on between $3::date - 7 and $3::date + 6
                           and t.kind in ('requested', 'introduction_asked', 'asked', 'accepted', 'introduced', 'answered_yes',
                               'answered_later', 'answered_in_writing', 'answered_no', 'sent_on', 'replied', 'held', 'thanked',
                               'referral_asked', 'referral_agreed', 'referral_made', 'referral_declined')
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                   ) t
                   group by t.kind order by t.kind
               ) s) as "times!: Json<Vec<Times>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select t.contact_id as contact, k.name, t.kind, t.happened_on as on
                   from touchpoints t join contacts k on k.user_id = t.user_id and k.id = t.contact_id
                   where t.user_id = $1 and k.user_id = $1 and t.happened_on between $3 and $3::date + 6
                       and t.kind in ('accepted', 'introduced', 'answered_yes', 'scheduled', 'held', 'answered_in_writing', 'sent_on',
                           'referral_agreed', 'referral_made')
                       and k.deleted_at is null
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                   order by t.happened_on, t.id limit 40
               ) s) as "moved!: Json<Vec<MovedRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select k.id, k.name, k.company_id as company, coalesce(c.name, k.employer) as works_at, k.stage, k.next_step as step,
                       k.next_due as due, k.next_turns_on as turns_on, k.requested_on
                   from contacts k left join companies c on c.user_id = k.user_id and c.id = k.company_id
                   where k.user_id = $1 and k.deleted_at is null and k.next_step is not null and k.next_step <> 'hold'
                       and k.next_due <= $2
                       and (k.next_due < $2::date - 7 or k.next_step = 'try_another_way'
                           or k.next_step = 'ask_second_person' and k.next_turns_on <= $2)
                   order by k.next_due, k.id limit 60
               ) s) as "stuck!: Json<Vec<StuckRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select i.id, k.name, i.starts_at
                   from informational_interviews i join contacts k on k.user_id = i.user_id and k.id = i.contact_id
                   where i.user_id = $1 and k.user_id = $1 and i.status = 'scheduled' and i.starts_at < $4 and i.deleted_at is null
                       and k.deleted_at is null
                   order by i.starts_at, i.id limit 20
               ) s) as "talks!: Json<Vec<TalkRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select o.id, o.title, c.name as company, o.status_since as since
                   from openings o join companies c on c.user_id = o.user_id and c.id = o.company_id
                   where o.user_id = $1 and c.user_id = $1 and o.status = 'watching' and o.status_since < $2::date - 21
                       and o.deleted_at is null
                   order by o.status_since, o.id limit 20
               ) s) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select c.id, c.name, c.motivation from companies c
                   where c.user_id = $1 and c.status = 'active' and c.motivation >= 4 and c.deleted_at is null
                       and not exists (select from contacts k where k.user_id = $1 and k.company_id = c.id and k.deleted_at is null)
                   order by c.motivation desc, c.posting desc, c.id limit 20
               ) s) as "companies!: Json<Vec<CompanyRow>>",
               (select count(*) from companies c where c.user_id = $1 and c.deleted_at is null and c.status <> 'ruled_out')
                   as "companies_on_list!",
               (select count(*) from companies c where c.user_id = $1 and c.deleted_at is null and c.created_at >= $6 and c.created_at < $7)
                   as "companies_added!",
               (select count(*) from companies c where c.user_id = $1 and c.deleted_at is null and c.created_at >= $5 and c.created_at < $6)
                   as "companies_added_before!",
               (select count(*) from openings o where o.user_id = $1 and o.deleted_at is null and o.seen_on between $3 and $3::date + 6)
                   as "openings_seen!",
               (select count(*) from openings o
                   where o.user_id = $1 and o.deleted_at is null and o.seen_on between $3::date - 7 and $3::date - 1)
                   as "openings_seen_before!""#,
        by.into().user_id() as _,
        Day(span.today) as _,
        Day(span.first) as _,
        At(span.over) as _,
        At(before) as _,
        At(began) as _,
        At(ended) as _,
    )
    .fetch_one(db)
    .await
}
