//! SQL of the list.

use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::database::{Day, paged};
use crate::ids::{ContactId, IntroductionId};
use crate::introductions::listing::Filter;
use crate::playbook::introduction::Status;
use crate::web::list::{SortKey, Wanted};

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
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
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
    wanted: &Wanted<'_, Filter>,
) -> sqlx::Result<Vec<ListRow>> {
    let by = by.into();
    paged!(
        ListRow,
        listed = r#"listed as (
               select n.*, a.name as introducer, b.name as introduced, coalesce(c.name, b.employer) as company,
                   array_position(array['asked', 'possible', 'made', 'declined'], n.status)
                       || coalesce(lpad((case when n.status = 'asked' then n.asked_on end - date '0001-01-01')::text, 8, '0'), '~')
                       || coalesce(lpad((9999999 - (coalesce(n.made_on, n.declined_on) - date '0001-01-01'))::text, 8, '0'), '~')
                       || chr(31) || left(a.name_folded, 60) || chr(31) || left(b.name_folded, 60) || chr(31) || n.id as sort_key
               from introductions n
               join contacts a on a.user_id = $1 and a.id = n.introducer_id
               join contacts b on b.user_id = $1 and b.id = n.introduced_id
               left join companies c on c.user_id = $1 and c.id = b.company_id and c.deleted_at is null
               where n.user_id = $1 and n.deleted_at is null and a.deleted_at is null and b.deleted_at is null
           )"#,
        fits = r#"concat_ws(chr(31), l.introducer, l.introduced, l.company, case when $7 then l.note end) ~ all($3)
               and case $2 when 'open' then l.status in ('possible', 'asked') when 'all' then true else l.status = $2 end"#,
        after = "$4",
        before = "$5",
        most = "$6",
        shown = r#"select m.all as "all!", m.open as "open!", m.asked as "asked!", m.made as "made!", m.declined as "declined!",
               coalesce(r.shown, 0) as "shown!", r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: IntroductionId",
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
           left join page r on true
           order by r.rank"#,
        by.user_id() as _,
        wanted.filter.as_str(),
        &wanted.patterns(),
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        PAGE,
        // What a note says is not found by whoever may not read it.
        by.reads_notes(),
    )
    .fetch_all(db)
    .await
}
