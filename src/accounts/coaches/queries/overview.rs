//! SQL of the coach's overview: numbers of several searches at once, each by a grant of its own.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::{Looker, Viewer};
use crate::database::{At, Day};
use crate::ids::{GrantId, LookId, UserId};

/// A search that is counted.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    pub by: Viewer,
    pub grant: GrantId,
    /// The first day of its week.
    pub week: Date,
    /// When the day began there.
    pub began: Timestamp,
}

/// What is counted of a search.
pub struct Numbers {
    pub user: UserId,
    /// Those that are not ruled out.
    pub companies: i64,
    pub requests_this_week: i64,
    pub talks_this_week: i64,
    pub asked: i64,
    pub first_asked_on: Option<Day>,
    pub last_asked_on: Option<Day>,
    pub connected: i64,
    pub last_answer_on: Option<Day>,
    pub talks_asked: i64,
    pub last_talk_asked_on: Option<Day>,
    pub talks: i64,
    pub referrals_asked: i64,
    /// The day of the last thing that happened.
    pub last_touch_on: Option<Day>,
    /// Comments of the coach's that are neither answered nor done.
    pub comments_open: i64,
    /// Answers the coach has not looked at since.
    pub answers: i64,
    /// Where the first of those answers stands.
    pub answer_path: Option<String>,
    /// Suggestions of the coach's: those that wait, that were taken over, and that were not.
    pub suggested: i64,
    pub added: i64,
    pub not_added: i64,
    /// That the coach saw these numbers today is noted.
    pub is_noted: bool,
}

/// The numbers of these searches, in no order.
///
/// Of the touchpoints only the kinds that are counted are read, by their index. Answers of before `answers_since` are old, looked at
/// or not: what was looked at before then is forgotten.
pub async fn numbers(db: impl PgExecutor<'_>, of: &[Search], answers_since: Timestamp) -> sqlx::Result<Vec<Numbers>> {
    let users: Vec<Uuid> = of.iter().map(|search| search.by.user_id().0).collect();
    let grants: Vec<Uuid> = of.iter().map(|search| search.grant.0).collect();
    let weeks: Vec<Day> = of.iter().map(|search| Day(search.week)).collect();
    let began: Vec<At> = of.iter().map(|search| At(search.began)).collect();
    sqlx::query_as!(
        Numbers,
        r#"with searches as materialized (
               select s.user_id, s.grant_id, s.week, s.began
               from unnest($1::uuid[], $2::uuid[], $3::date[], $4::timestamptz[]) as s (user_id, grant_id, week, began)
           ),
           listed as (
               select c.user_id, count(*) as companies from companies c
               where c.user_id = any($1) and c.deleted_at is null and c.status <> 'ruled_out'
               group by c.user_id
           ),
           happened as (
               select t.user_id,
                   count(*) filter (where t.kind = 'requested' and t.happened_on between s.week and s.week + 6) as requests_this_week,
                   count(distinct coalesce(t.interview_id, t.id)) filter (where t.kind in ('held', 'answered_in_writing')
                       and t.happened_on between s.week and s.week + 6) as talks_this_week,
                   count(distinct t.contact_id) filter (where t.kind in ('requested', 'introduction_asked')) as asked,
                   min(t.happened_on) filter (where t.kind in ('requested', 'introduction_asked')) as first_asked_on,
                   max(t.happened_on) filter (where t.kind in ('requested', 'introduction_asked')) as last_asked_on,
                   count(distinct t.contact_id) filter (where t.kind in ('accepted', 'introduced', 'replied', 'met', 'answered_yes',
                       'answered_later', 'answered_in_writing', 'sent_on', 'held')) as connected,
                   max(t.happened_on) filter (where t.kind not in ('requested', 'introduction_asked', 'asked', 'referral_asked'))
                       as last_answer_on,
                   count(distinct t.contact_id) filter (where t.kind = 'asked') as talks_asked,
                   max(t.happened_on) filter (where t.kind = 'asked') as last_talk_asked_on,
                   count(distinct coalesce(t.interview_id, t.id)) filter (where t.kind in ('held', 'answered_in_writing')) as talks,
                   count(*) filter (where t.kind = 'referral_asked') as referrals_asked,
                   max(t.happened_on) as last_touch_on
               from touchpoints t
               join searches s on s.user_id = t.user_id
               left join touchpoints u on u.user_id = t.user_id and u.undoes = t.id
               where t.user_id = any($1) and u.id is null
                   and t.kind in ('requested', 'introduction_asked', 'asked', 'referral_asked', 'accepted', 'introduced', 'replied',
                       'met', 'answered_yes', 'answered_later', 'answered_in_writing', 'answered_no', 'sent_on', 'held',
                       'referral_agreed', 'referral_declined')
               group by t.user_id
           ),
           said as (
               select m.user_id, count(*) filter (where m.by_coach and m.done_at is null) as open,
                   count(distinct m.id) filter (where m.is_answer and l.id is null) as answers,
                   (array_agg(m.path order by m.created_at, m.id) filter (where m.is_answer and l.id is null))[1] as path
               from (
                   select n.user_id, n.id, n.grant_id, n.by_coach, n.done_at, n.created_at,
                       not n.by_coach and n.created_at >= $5 as is_answer, case
                       when n.company_id is not null then '/companies/' || n.company_id
                       when n.contact_id is not null then '/contacts/' || n.contact_id
                       else '/interviews/' || n.interview_id end as path
                   from comments n
                   where n.user_id = any($1) and n.grant_id = any($2) and n.deleted_at is null
               ) m
               left join looks l on l.user_id = m.user_id and l.grant_id = m.grant_id and l.path = m.path
                   and greatest(l.looked_at, l.last_at) >= m.created_at and m.is_answer
               group by m.user_id
           ),
           suggested as (
               select g.user_id, count(*) as suggested, count(g.taken_at) as added, count(g.dismissed_at) as not_added
               from suggestions g
               where g.user_id = any($1) and g.grant_id = any($2) and g.deleted_at is null
               group by g.user_id
           ),
           noted as (
               select l.user_id from looks l
               join searches s on s.user_id = l.user_id and s.grant_id = l.grant_id and l.looked_at >= s.began
               where l.user_id = any($1) and l.grant_id = any($2) and l.path = '/looking'
               group by l.user_id
           )
           select s.user_id as "user!: UserId", coalesce(c.companies, 0) as "companies!",
               coalesce(h.requests_this_week, 0) as "requests_this_week!", coalesce(h.talks_this_week, 0) as "talks_this_week!",
               coalesce(h.asked, 0) as "asked!", h.first_asked_on as "first_asked_on?: Day", h.last_asked_on as "last_asked_on?: Day",
               coalesce(h.connected, 0) as "connected!", h.last_answer_on as "last_answer_on?: Day",
               coalesce(h.talks_asked, 0) as "talks_asked!", h.last_talk_asked_on as "last_talk_asked_on?: Day",
               coalesce(h.talks, 0) as "talks!", coalesce(h.referrals_asked, 0) as "referrals_asked!",
               h.last_touch_on as "last_touch_on?: Day",
               coalesce(m.open, 0) as "comments_open!", coalesce(m.answers, 0) as "answers!", m.path as "answer_path?",
               coalesce(g.suggested, 0) as "suggested!", coalesce(g.added, 0) as "added!", coalesce(g.not_added, 0) as "not_added!",
               n.user_id is not null as "is_noted!"
           from searches s
           left join listed c on c.user_id = s.user_id
           left join happened h on h.user_id = s.user_id
           left join said m on m.user_id = s.user_id
           left join suggested g on g.user_id = s.user_id
           left join noted n on n.user_id = s.user_id"#,
        &users,
        &grants,
        &weeks as _,
        &began as _,
        At(answers_since) as _,
    )
    .fetch_all(db)
    .await
}

/// Notes that a coach saw the numbers of these searches in the hour that began then.
pub async fn note(db: impl PgExecutor<'_>, of: &[Looker], by_name: &str, hour: Timestamp) -> sqlx::Result<()> {
    let users: Vec<Uuid> = of.iter().map(|looker| looker.user_id().0).collect();
    let grants: Vec<Uuid> = of.iter().map(|looker| looker.grant().0).collect();
    let ids: Vec<Uuid> = of.iter().map(|_| LookId::new().0).collect();
    sqlx::query!(
        "insert into looks (user_id, id, grant_id, by_name, path, looked_at)
         select s.user_id, s.id, s.grant_id, left($4, 200), '/looking', $5
         from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as s (user_id, id, grant_id)
         on conflict do nothing",
        &users,
        &ids,
        &grants,
        by_name,
        At(hour) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
