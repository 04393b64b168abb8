//! SQL of the list.

use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::companies::queries::like;
use crate::database::Day;
use crate::ids::{ContactId, IntroductionId};
use crate::introductions::list::Filter;
use crate::playbook::introduction::Status;

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    pub all: i64,
    pub open: i64,
    pub asked: i64,
    pub made: i64,
    pub declined: i64,
    pub shown: i64,
    pub rank: Option<i64>,
    pub id: Option<IntroductionId>,
    pub introducer_id: Option<ContactId>,
    pub introducer: Option<String>,
    pub introduced: Option<String>,
    /// Where the person to be introduced works.
    pub company: Option<String>,
    pub status: Option<Status>,
    pub asked_on: Option<Day>,
    pub reminded_on: Option<Day>,
    pub made_on: Option<Day>,
    pub declined_on: Option<Day>,
}

/// A page of the list: those waiting longest for an answer first, then what could be asked for, then what is over.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    filter: Filter,
    search: Option<&str>,
    after: Option<IntroductionId>,
    before: Option<IntroductionId>,
) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"with listed as (
               select n.*, a.name as introducer, b.name as introduced, coalesce(c.name, b.employer) as company
               from introductions n
               join contacts a on a.user_id = $1 and a.id = n.introducer_id
               join contacts b on b.user_id = $1 and b.id = n.introduced_id
               left join companies c on c.user_id = $1 and c.id = b.company_id and c.deleted_at is null
               where n.user_id = $1 and n.deleted_at is null and a.deleted_at is null and b.deleted_at is null
           ),
           ranked as (
               select l.*, count(*) over () as shown, row_number() over (order by
                   array_position(array['asked', 'possible', 'made', 'declined'], l.status),
                   case when l.status = 'asked' then l.asked_on end,
                   coalesce(l.made_on, l.declined_on) desc nulls last, lower(l.introducer), lower(l.introduced), l.id) as rank
               from listed l
               where ($3::text is null or l.introducer ilike $3 or l.introduced ilike $3 or l.company ilike $3 or l.note ilike $3)
                   and case $2 when 'open' then l.status in ('possible', 'asked') when 'all' then true else l.status = $2 end
           ),
           start as (
               select case
                   when $4::uuid is not null then coalesce((select rank + 1 from ranked where id = $4), 1)
                   when $5::uuid is not null then greatest(coalesce((select rank from ranked where id = $5), 1) - $6, 1)
                   else 1 end as rank
           )
           select m.all as "all!", m.open as "open!", m.asked as "asked!", m.made as "made!", m.declined as "declined!",
               coalesce((select max(shown) from ranked), 0) as "shown!", r.rank as "rank?", r.id as "id?: IntroductionId",
               r.introducer_id as "introducer_id?: ContactId", r.introducer as "introducer?",
               r.introduced as "introduced?", r.company as "company?",
               r.status as "status?: Status", r.asked_on as "asked_on?: Day", r.reminded_on as "reminded_on?: Day",
               r.made_on as "made_on?: Day", r.declined_on as "declined_on?: Day"
           from (
               select count(*) as "all", count(*) filter (where status in ('possible', 'asked')) as open,
                   count(*) filter (where status = 'asked') as asked, count(*) filter (where status = 'made') as made,
                   count(*) filter (where status = 'declined') as declined
               from listed
           ) m
           left join ranked r on r.rank >= (select rank from start) and r.rank < (select rank from start) + $6
           order by r.rank"#,
        by.into().user_id() as _,
        filter.as_str(),
        search.map(like),
        after as _,
        before as _,
        PAGE,
    )
    .fetch_all(db)
    .await
}
