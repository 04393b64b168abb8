//! SQL of the day: one statement for the whole page.

pub mod review;

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::agenda::{PromiseRow, ReferralRow, StepRow, TaskRow};
use crate::access::Viewer;
use crate::database::{At, Day};
use crate::ids::{ContactId, InterviewId};
use crate::playbook::event::Kind;
use crate::playbook::talk::Way;

/// A talk that comes.
#[derive(Debug, Deserialize)]
pub struct TalkRow {
    pub id: InterviewId,
    pub contact: ContactId,
    pub name: String,
    pub starts_at: jiff::Timestamp,
    pub minutes: i16,
    pub way: Way,
    pub sources: i64,
    pub questions: i64,
}

/// Everything the page shows.
pub struct WholeDay {
    pub steps: Json<Vec<StepRow>>,
    pub promises: Json<Vec<PromiseRow>>,
    pub referrals: Json<Vec<ReferralRow>>,
    pub tasks: Json<Vec<TaskRow>>,
    pub talks: Json<Vec<TalkRow>>,
    pub requests_this_week: i64,
    pub talks_this_week: i64,
    pub companies: i64,
    pub contacts: i64,
    pub requests_ever: i64,
    pub next_due: Option<Day>,
    pub done_today: Json<Vec<Happened>>,
    pub kept_today: i64,
}

/// How often something happened.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Happened {
    pub kind: Kind,
    pub times: i64,
}

/// The day of a person: what is due up to `today`, the talks from then on, the week from `monday`, and what was done since the day began.
pub async fn day(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    today: Date,
    monday: Date,
    talks_from: jiff::Timestamp,
    day_began: jiff::Timestamp,
) -> sqlx::Result<WholeDay> {
    sqlx::query_as!(
        WholeDay,
        r#"select
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select k.id, k.name, k.job_title, k.employer, k.company_id as company, k.closeness, k.next_step as step,
                       k.next_due as due, k.next_turns_on as turns_on, k.requested_on, k.asked_on, k.last_touch_on, i.id as interview,
                       (select count(*) from insights n where n.user_id = $1 and n.interview_id = i.id and n.deleted_at is null) as insights,
                       (select count(*) from action_items a where a.user_id = $1 and a.interview_id = i.id and a.deleted_at is null)
                           as promises
                   from contacts k
                   left join lateral (
                       select id from informational_interviews
                       where user_id = $1 and contact_id = k.id and deleted_at is null
                           and status = case when k.next_step = 'thank' then 'held' else 'scheduled' end
                       order by starts_at desc limit 1
                   ) i on k.next_step in ('prepare', 'hold', 'thank')
                   where k.user_id = $1 and k.next_due <= $2 and k.deleted_at is null
                   order by k.next_due, k.id limit 200
               ) s) as "steps!: Json<Vec<StepRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select a.id, a.contact_id as contact, k.name, a.whose, a.text, a.due_on as due
                   from action_items a join contacts k on k.user_id = a.user_id and k.id = a.contact_id
                   where a.user_id = $1 and a.due_on <= $2 and a.done_at is null and a.dismissed_at is null
                       and a.deleted_at is null and k.deleted_at is null
                   order by a.due_on, a.id limit 100
               ) s) as "promises!: Json<Vec<PromiseRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select r.id, k.name, c.name as company, o.title as opening, r.next_step as step, r.next_due as due
                   from referrals r
                   join contacts k on k.user_id = r.user_id and k.id = r.contact_id
                   join companies c on c.user_id = r.user_id and c.id = r.company_id
                   left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where r.user_id = $1 and r.next_due <= $2 and r.deleted_at is null and k.deleted_at is null
                   order by r.next_due, r.id limit 100
               ) s) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select t.id, t.referral_id as referral, k.name, t.whose, t.text, t.due_on as due
                   from referral_tasks t
                   join referrals r on r.user_id = t.user_id and r.id = t.referral_id
                   join contacts k on k.user_id = r.user_id and k.id = r.contact_id
                   where t.user_id = $1 and t.due_on <= $2 and t.done_at is null and r.status in ('agreed', 'made')
                       and r.deleted_at is null and k.deleted_at is null
                   order by t.due_on, t.id limit 100
               ) s) as "tasks!: Json<Vec<TaskRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s) order by s.starts_at), '[]') from (
                   select i.id, i.contact_id as contact, k.name, i.starts_at, i.minutes, i.way,
                       (select count(*) from findings f where f.user_id = $1 and f.interview_id = i.id and f.checked_at is not null) as sources,
                       (select count(*) from interview_questions q where q.user_id = $1 and q.interview_id = i.id) as questions
                   from informational_interviews i join contacts k on k.user_id = i.user_id and k.id = i.contact_id
                   where i.user_id = $1 and i.starts_at >= $4 and i.status = 'scheduled' and i.deleted_at is null and k.deleted_at is null
                   order by i.starts_at limit 5
               ) s) as "talks!: Json<Vec<TalkRow>>",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_this_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('held', 'answered_in_writing') and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "talks_this_week!",
               (select count(*) from companies c where c.user_id = $1 and c.deleted_at is null) as "companies!",
               (select count(*) from contacts k where k.user_id = $1 and k.deleted_at is null) as "contacts!",
               (select count(*) from (select from touchpoints t where t.user_id = $1 and t.kind = 'requested' limit 1) q) as "requests_ever!",
               (select min(k.next_due) from contacts k
                   where k.user_id = $1 and k.next_due > $2 and k.deleted_at is null) as "next_due: Day",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select t.kind, count(*) as times from touchpoints t
                   where t.user_id = $1 and t.happened_on = $2
                       and t.kind in ('requested', 'introduction_asked', 'second_person_asked', 'asked', 'followed_up',
                           'moving_on_note', 'thanked', 'wrote', 'referral_asked', 'referral_told', 'held', 'answered_in_writing',
                           'prepared', 'accepted', 'answered_yes', 'answered_later', 'answered_no', 'sent_on', 'replied',
                           'scheduled', 'met', 'introduced', 'referral_agreed', 'referral_made', 'referral_declined')
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                   group by t.kind order by t.kind
               ) s) as "done_today!: Json<Vec<Happened>>",
               (select count(*) from action_items a where a.user_id = $1 and a.done_at >= $5 and a.deleted_at is null)
                   + (select count(*) from referral_tasks t where t.user_id = $1 and t.done_at >= $5) as "kept_today!""#,
        by.into().user_id() as _,
        Day(today) as _,
        Day(monday) as _,
        At(talks_from) as _,
        At(day_began) as _,
    )
    .fetch_one(db)
    .await
}
