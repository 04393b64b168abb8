//! SQL of the list of contacts, and of what is done to several of them at once.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::contacts::listing::{Filter, Sort};
use crate::database::{At, Day};
use crate::ids::{CompanyId, ContactId};
use crate::playbook::{stage::Stage, step::Step};
use crate::web::list::{SortKey, Wanted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    /// Contacts of any company.
    pub anybody: i64,
    pub everyone: i64,
    pub due: i64,
    pub identified: i64,
    pub requested: i64,
    pub connected: i64,
    pub asked: i64,
    pub scheduled: i64,
    pub in_touch: i64,
    pub resting: i64,
    pub shown: i64,
    /// The company the list is narrowed to.
    pub only_at: Option<String>,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<ContactId>,
    pub name: Option<String>,
    pub pronouns: Option<String>,
    pub job_title: Option<String>,
    pub company: Option<String>,
    pub stage: Option<Stage>,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    pub last_touch_on: Option<Day>,
}

/// A page of the list, of one company or of all; `today` is the civil date where the user is.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter, Sort>,
    company: Option<CompanyId>,
    today: Date,
) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"with mine as (
               select k.*, c.name as company, coalesce(c.name, k.employer) as works_at, coalesce(c.name_key, k.employer_key) as works_at_key,
                   case when k.next_turns_on <= $8 then k.next_turns_on else k.next_due end as due
               from contacts k
               left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
               where k.user_id = $1 and k.deleted_at is null
           ),
           listed as (
               select mine.*, case $5
                       when 'due' then coalesce(lpad((due - date '0001-01-01')::text, 8, '0'), '~')
                           || case when stage in ('moved_on', 'declined') then 1 else 0 end
                       when 'touch' then coalesce(lpad((9999999 - (last_touch_on - date '0001-01-01'))::text, 8, '0'), '~')
                       when 'company' then coalesce('0' || left(works_at_key, 60), '1')
                       else '' end
                   || chr(31) || left(name_folded, 60) || chr(31) || id as sort_key
               from mine where $4::uuid is null or company_id = $4
           ),
           ranked as (
               select l.*, count(*) over () as shown, row_number() over (order by l.sort_key collate "C") as rank
               from listed l
               where concat_ws(chr(31), l.name, l.works_at, l.employer, l.job_title, l.email) ~ all($3)
                   and case $2
                       when 'due' then l.due <= $8
                       when 'identified' then l.stage = 'identified'
                       when 'requested' then l.stage = 'requested'
                       when 'connected' then l.stage = 'connected'
                       when 'asked' then l.stage = 'asked'
                       when 'scheduled' then l.stage = 'scheduled'
                       when 'in_touch' then l.stage in ('spoke', 'in_touch')
                       when 'resting' then l.stage in ('moved_on', 'declined')
                       else true end
           ),
           start as (
               select case when w.rank > w.shown then greatest(w.shown - $9 + 1, 1) else greatest(w.rank, 1) end as rank
               from (
                   select count(*) as shown, case
                       when $6::text is not null then count(*) filter (where sort_key <= $6 collate "C") + 1
                       when $7::text is not null then count(*) filter (where sort_key < $7 collate "C") + 1 - $9
                       else 1 end as rank
                   from ranked
               ) w
           )
           select (select count(*) from mine) as "anybody!",
               n.everyone as "everyone!", n.due as "due!", n.identified as "identified!", n.requested as "requested!",
               n.connected as "connected!", n.asked as "asked!", n.scheduled as "scheduled!", n.in_touch as "in_touch!",
               n.resting as "resting!", coalesce((select max(shown) from ranked), 0) as "shown!",
               (select name from companies where user_id = $1 and id = $4 and deleted_at is null) as only_at,
               r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: ContactId", r.name as "name?", r.pronouns as "pronouns?",
               r.job_title as "job_title?", r.works_at as "company?",
               r.stage as "stage?: Stage", r.next_step as "next_step?: Step", r.next_due as "next_due?: Day",
               r.next_turns_on as "next_turns_on?: Day", r.last_touch_on as "last_touch_on?: Day"
           from (
               select count(*) as everyone, count(*) filter (where due <= $8) as due,
                   count(*) filter (where stage = 'identified') as identified,
                   count(*) filter (where stage = 'requested') as requested,
                   count(*) filter (where stage = 'connected') as connected,
                   count(*) filter (where stage = 'asked') as asked,
                   count(*) filter (where stage = 'scheduled') as scheduled,
                   count(*) filter (where stage in ('spoke', 'in_touch')) as in_touch,
                   count(*) filter (where stage in ('moved_on', 'declined')) as resting
               from listed
           ) n
           left join ranked r on r.rank >= (select rank from start) and r.rank < (select rank from start) + $9
           order by r.rank"#,
        by.into().user_id() as _,
        wanted.filter.as_str(),
        &wanted.patterns(),
        company as _,
        wanted.sort.as_str(),
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        Day(today) as _,
        PAGE,
    )
    .fetch_all(db)
    .await
}

/// Those of the contacts that picking would bring forward: found or connected, and due on no day up to today.
pub async fn to_pick(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[ContactId],
    today: Date,
) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"select id as "id: ContactId" from contacts
           where user_id = $1 and id = any($2) and deleted_at is null and stage in ('identified', 'connected')
               and (next_due is null or next_due > $3)
           order by id"#,
        by.user_id() as _,
        &ids,
        Day(today) as _,
    )
    .fetch_all(db)
    .await
}

/// Puts contacts in the bin together; one moment for all, by which they can be taken out again. Returns how many.
pub async fn delete_all(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[ContactId],
    now: Timestamp,
) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"update contacts set deleted_at = $3, version = version + 1
           where user_id = $1 and id = any($2) and deleted_at is null returning id as "id: ContactId""#,
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// Who came out of the bin together.
pub struct AllBack {
    pub back: Vec<ContactId>,
    /// How many of them came with an import that was taken back meanwhile.
    pub of_undone_imports: i64,
    /// Who stays there, because someone with the same profile was added since.
    pub added_again: Vec<ContactId>,
}

/// Takes out of the bin what went in at that moment, save whom a contact added since has the profile of.
pub async fn restore_all(db: impl PgExecutor<'_>, by: Owner, deleted_at: Timestamp) -> sqlx::Result<AllBack> {
    sqlx::query_as!(
        AllBack,
        r#"with back as (
               update contacts k set deleted_at = null, version = k.version + 1
               where k.user_id = $1 and k.deleted_at = $2
                   and not exists (select from contacts other
                       where other.user_id = $1 and other.profile_key = k.profile_key and other.deleted_at is null)
               returning k.id, k.import_id
           )
           select (select coalesce(array_agg(id), '{}') from back) as "back!: Vec<ContactId>",
               (select count(*) from back join imports i on i.user_id = $1 and i.id = back.import_id and i.status = 'undone')
                   as "of_undone_imports!",
               (select coalesce(array_agg(k.id order by k.id), '{}') from contacts k
                   join contacts other on other.user_id = $1 and other.profile_key = k.profile_key and other.deleted_at is null
                   where k.user_id = $1 and k.deleted_at = $2) as "added_again!: Vec<ContactId>""#,
        by.user_id() as _,
        At(deleted_at) as _,
    )
    .fetch_one(db)
    .await
}
