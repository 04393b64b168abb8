//! SQL of the day: one statement for the whole page.

pub mod review;

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::agenda::StepRow;
use super::openings::{ANSWER_AHEAD, CareersRow, OfferRow, OpeningRow};
use super::promises::{PromiseRow, ReferralRow, TaskRow};
use crate::access::Viewer;
use crate::database::{At, Day};
use crate::ids::{ContactId, InterviewId};
use crate::playbook::approach::Person;
use crate::playbook::ending;
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
    /// Openings with a next step of their own.
    pub openings: Json<Vec<OpeningRow>>,
    /// The most wanted company first.
    pub careers: Json<Vec<CareersRow>>,
    pub offers: Json<Vec<OfferRow>>,
    pub talks: Json<Vec<TalkRow>>,
    /// The people at the companies where a first message may be due.
    pub there: Json<Vec<Person>>,
    pub requests_this_week: i64,
    pub requests_last_week: i64,
    pub notes_this_month: i64,
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

/// The day of a person: what is due up to `today`, the talks from then on, the week from `monday`, and what was done since the
/// day began. Once the search is `over`, only what does not rest then.
pub async fn day(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    today: Date,
    monday: Date,
    talks_from: jiff::Timestamp,
    over: bool,
    day_began: jiff::Timestamp,
) -> sqlx::Result<WholeDay> {
    let [quiet, quiet_referrals] = ending::quiet(over);
    sqlx::query_as!(
        WholeDay,
        r#"select
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select k.id, k.name, k.job_title, k.employer, k.company_id as company, k.closeness, k.next_step as step,
                       k.next_due as due, k.next_turns_on as turns_on, k.requested_on, k.asked_on, k.talk_on, k.last_touch_on,
                       k.step_after as after, k.step_after_on as after_on, i.id as interview, coalesce(i.way = 'in_writing', false) as in_writing,
                       case when k.stage = 'identified' then b.name end as introducer,
                       k.occasion_on, o.kind as occasion_kind, o.word as occasion_word,
                       (select count(*) from insights n where n.user_id = $1 and n.interview_id = i.id and n.deleted_at is null) as insights,
                       (select count(*) from action_items a where a.user_id = $1 and a.interview_id = i.id and a.deleted_at is null)
                           as promises
                   from contacts k
                   left join contacts b on b.user_id = $1 and b.id = k.introduced_by and b.deleted_at is null
                   left join lateral (
                       select id, way from informational_interviews
                       where user_id = $1 and contact_id = k.id and deleted_at is null
                           and status = case when k.next_step = 'thank' then 'held' else 'scheduled' end
                       order by starts_at desc limit 1
                   ) i on k.next_step in ('prepare', 'hold', 'thank')
                   left join lateral (
                       select d.kind, d.word from contact_dates d
                       where d.user_id = $1 and d.contact_id = k.id and d.deleted_at is null and d.month = extract(month from k.occasion_on)
                           and (d.day = extract(day from k.occasion_on) or (d.month = 2 and d.day = 29 and extract(day from k.occasion_on) = 28))
                       order by d.id limit 1
                   ) o on k.occasion_on is not null
                   where k.user_id = $1 and k.next_due <= $2 and (k.next_step <> all($6) or k.occasion_on is not null)
                       and k.deleted_at is null
                   order by k.next_due, k.id limit 200
               ) s) as "steps!: Json<Vec<StepRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select a.id, a.contact_id as contact, k.name, a.whose, a.text, a.due_on as due
                   from action_items a join contacts k on k.user_id = a.user_id and k.id = a.contact_id
                   where a.user_id = $1 and a.due_on <= $2 and (a.whose = 'mine' or a.due_on < $2) and a.done_at is null and a.dismissed_at is null
                       and a.deleted_at is null and k.deleted_at is null and (not $5 or a.whose = 'mine')
                   order by a.due_on, a.id limit 100
               ) s) as "promises!: Json<Vec<PromiseRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select r.id, k.name, c.name as company, o.title as opening, r.next_step as step, r.next_due as due
                   from referrals r
                   join contacts k on k.user_id = r.user_id and k.id = r.contact_id
                   join companies c on c.user_id = r.user_id and c.id = r.company_id
                   left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where r.user_id = $1 and r.next_due <= $2 and r.next_step <> all($7) and r.deleted_at is null and k.deleted_at is null
                   order by r.next_due, r.id limit 100
               ) s) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select t.id, t.referral_id as referral, k.name, t.whose, t.text, t.due_on as due
                   from referral_tasks t
                   join referrals r on r.user_id = t.user_id and r.id = t.referral_id
                   join contacts k on k.user_id = r.user_id and k.id = r.contact_id
                   left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where t.user_id = $1 and t.due_on <= $2 and t.done_at is null and r.status = 'agreed'
                       and coalesce(o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer'), true)
                       and not $5 and r.deleted_at is null and k.deleted_at is null
                   order by t.due_on, t.id limit 100
               ) s) as "tasks!: Json<Vec<TaskRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select o.id, o.title, c.name as company, o.next_step as step, o.next_on as due
                   from openings o join companies c on c.user_id = o.user_id and c.id = o.company_id
                   where o.user_id = $1 and o.next_on <= $2 and not $5 and o.deleted_at is null and c.deleted_at is null
                   order by o.next_on, o.id limit 100
               ) s) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select c.name, c.careers_rhythm_days as rhythm_days, c.careers_checked_on as checked_on
                   from companies c
                   where c.user_id = $1 and c.careers_rhythm_days is not null and c.status = 'active' and not $5 and c.deleted_at is null
                       and (c.careers_checked_on is null or c.careers_checked_on + c.careers_rhythm_days <= $2)
                   order by c.motivation desc, c.posting desc, c.id limit 200
               ) s) as "careers!: Json<Vec<CareersRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select o.title, c.name as company, f.answer_by
                   from offers f
                   join openings o on o.user_id = f.user_id and o.id = f.opening_id
                   join companies c on c.user_id = o.user_id and c.id = o.company_id
                   where f.user_id = $1 and f.answer_by <= $2::date + $10::int and f.decision is null and o.status = 'offer'
                       and o.deleted_at is null and c.deleted_at is null
                   order by f.answer_by, f.id limit 20
               ) s) as "offers!: Json<Vec<OfferRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s) order by s.starts_at), '[]') from (
                   select i.id, i.contact_id as contact, k.name, i.starts_at, i.minutes, i.way,
                       (select count(*) from findings f where f.user_id = $1 and f.interview_id = i.id and f.checked_at is not null) as sources,
                       (select count(*) from interview_questions q where q.user_id = $1 and q.interview_id = i.id) as questions
                   from informational_interviews i join contacts k on k.user_id = i.user_id and k.id = i.contact_id
                   where i.user_id = $1 and i.starts_at >= $4 and i.status = 'scheduled' and i.deleted_at is null and k.deleted_at is null
                   order by i.starts_at limit 5
               ) s) as "talks!: Json<Vec<TalkRow>>",
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select p.id, p.company_id as company, p.name, p.stage, p.next_step as step, p.next_due as due, p.requested_on,
                       p.asked_on, p.talk_on, p.last_touch_on, p.closeness, p.warmth, p.live_profile, p.introduced_by
                   from contacts p
                   where p.user_id = $1 and p.deleted_at is null
                       and ((p.next_due is not null or p.stage = 'requested')
                           and p.stage in ('identified', 'requested', 'connected', 'asked', 'scheduled', 'spoke')
                           -- Until lately they held the others back.
                           or p.last_touch_on >= $2::date - 30)
                       and p.company_id in (
                           select f.company_id from contacts f
                           where f.user_id = $1 and f.next_due <= $2 and f.next_step in ('request', 'ask_for_talk')
                               and f.deleted_at is null
                       )
                   order by p.next_due, p.id limit 1000
               ) s) as "there!: Json<Vec<Person>>",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_this_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked')
                       and t.happened_on between $3::date - 7 and $3::date - 1
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_last_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on >= $8
                       and t.channel = 'linkedin_note' and t.body is not null
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "notes_this_month!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('held', 'answered_in_writing') and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "talks_this_week!",
               (select count(*) from companies c where c.user_id = $1 and c.deleted_at is null) as "companies!",
               (select count(*) from contacts k where k.user_id = $1 and k.deleted_at is null) as "contacts!",
               (select count(*) from (select from touchpoints t where t.user_id = $1 and t.kind = 'requested' limit 1) q) as "requests_ever!",
               (select min(k.next_due) from contacts k
                   where k.user_id = $1 and k.next_due > $2 and k.next_step <> all($6) and k.deleted_at is null) as "next_due: Day",
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
               (select count(*) from action_items a where a.user_id = $1 and a.done_at >= $9 and a.deleted_at is null)
                   + (select count(*) from referral_tasks t where t.user_id = $1 and t.done_at >= $9) as "kept_today!""#,
        by.into().user_id() as _,
        Day(today) as _,
        Day(monday) as _,
        At(talks_from) as _,
        over,
        &quiet,
        &quiet_referrals,
        Day(today.first_of_month()) as _,
        At(day_began) as _,
        ANSWER_AHEAD,
    )
    .fetch_one(db)
    .await
}
