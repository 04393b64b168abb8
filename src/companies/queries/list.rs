//! SQL of the list.

use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{HasNotes, Viewer};
use crate::companies::company::Status;
use crate::companies::listing::{Filter, Sort};
use crate::ids::CompanyId;
use crate::playbook::{opening, referral, stage::Stage, step::Step};
use crate::suggestions::suggestion::Waiting;
use crate::web::list::{SortKey, Wanted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    pub all: i64,
    pub active: i64,
    pub nobody: i64,
    pub posting_now: i64,
    pub paused: i64,
    pub ruled_out: i64,
    pub shown: i64,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<CompanyId>,
    pub name: Option<String>,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub motivation: Option<i16>,
    pub posting: Option<i16>,
    pub status: Option<Status>,
    pub status_reason: Option<String>,
    pub advocates: Option<i64>,
    pub contact_name: Option<String>,
    pub contact_stage: Option<Stage>,
    pub contact_step: Option<Step>,
    pub referral_status: Option<referral::Status>,
    pub referrer: Option<String>,
    pub opening_status: Option<opening::Status>,
    /// Companies that coaches suggest, beside the first row of the first page.
    pub suggested: Option<Json<Vec<Waiting>>>,
}

impl HasNotes for ListRow {
    fn without_notes(self) -> Self {
        Self { status_reason: None, ..self }
    }
}

/// A page of the list.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter, Sort>,
) -> sqlx::Result<Vec<ListRow>> {
    let by = by.into();
    let rows = sqlx::query_as!(
        ListRow,
        r#"with listed as (
               select c.*, p.people, p.advocates, case $4
                       when 'added' then lpad((99999999999999999 - (extract(epoch from c.created_at) * 1000000)::bigint)::text, 17, '0')
                       when 'rank' then (9 - c.motivation)::text || (9 - c.posting) || lpad((99999999 - p.advocates)::text, 8, '0')
                       else '' end
                   || chr(31) || left(c.name_key, 60) || chr(31) || c.id as sort_key
               from companies c
               cross join lateral (
                   select count(*) as people,
                       count(*) filter (where stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch')
                           or warmth in ('knows_me', 'same_school', 'same_employer')) as advocates
                   from contacts
                   where user_id = $1 and company_id = c.id and deleted_at is null
               ) p
               where c.user_id = $1 and c.deleted_at is null
           ),
           ranked as (
               select l.*, count(*) over () as shown, row_number() over (order by l.sort_key collate "C") as rank
               from listed l
               where concat_ws(chr(31), l.name, l.industry, l.place) ~ all($3)
                   and case $2
                       when 'active' then l.status = 'active'
                       when 'nobody' then l.status = 'active' and l.people = 0
                       when 'posting' then l.status = 'active' and l.posting = 3
                       when 'paused' then l.status = 'paused'
                       when 'ruled_out' then l.status = 'ruled_out'
                       else true end
           ),
           start as (
               select case when w.rank > w.shown then greatest(w.shown - $7 + 1, 1) else greatest(w.rank, 1) end as rank
               from (
                   select count(*) as shown, case
                       when $5::text is not null then count(*) filter (where sort_key <= $5 collate "C") + 1
                       when $6::text is not null then count(*) filter (where sort_key < $6 collate "C") + 1 - $7
                       else 1 end as rank
                   from ranked
               ) w
           )
           select n.all as "all!", n.active as "active!", n.nobody as "nobody!", n.posting_now as "posting_now!",
               n.paused as "paused!", n.ruled_out as "ruled_out!", coalesce((select max(shown) from ranked), 0) as "shown!",
               r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: CompanyId", r.name as "name?", r.industry as "industry?", r.place as "place?",
               r.motivation as "motivation?", r.posting as "posting?", r.status as "status?: Status",
               r.status_reason as "status_reason?", r.advocates as "advocates?",
               k.name as "contact_name?", k.stage as "contact_stage?: Stage", k.next_step as "contact_step?: Step",
               f.status as "referral_status?: referral::Status", f.name as "referrer?", o.status as "opening_status?: opening::Status",
               case when r.rank is null or r.rank = 1 then (
                   select coalesce(json_agg(to_json(s)), '[]') from (
                       select g.id, g.by_name, g.kind, g.name, g.why, g.website, g.moment, g.body from suggestions g
                       where g.user_id = $1 and g.kind = 'company' and g.taken_at is null and g.dismissed_at is null and g.deleted_at is null
                       order by g.created_at, g.id limit 20
                   ) s) end as "suggested?: Json<Vec<Waiting>>"
           from (
               select count(*) as "all", count(*) filter (where status = 'active') as active,
                   count(*) filter (where status = 'active' and people = 0) as nobody,
                   count(*) filter (where status = 'active' and posting = 3) as posting_now,
                   count(*) filter (where status = 'paused') as paused,
                   count(*) filter (where status = 'ruled_out') as ruled_out
               from listed
           ) n
           left join ranked r on r.rank >= (select rank from start) and r.rank < (select rank from start) + $7
           left join lateral (
               select name, stage, next_step from contacts
               where user_id = $1 and company_id = r.id and deleted_at is null
               order by array_position(array['scheduled', 'spoke', 'in_touch', 'asked', 'connected', 'requested', 'identified'], stage),
                   next_due nulls last, id
               limit 1
           ) k on true
           left join lateral (
               select f.status, p.name from referrals f join contacts p on p.user_id = f.user_id and p.id = f.contact_id
               where f.user_id = $1 and f.company_id = r.id and f.deleted_at is null and f.status in ('made', 'agreed', 'asked')
               order by array_position(array['made', 'agreed', 'asked'], f.status), f.id
               limit 1
           ) f on true
           left join lateral (
               select status from openings
               where user_id = $1 and company_id = r.id and deleted_at is null
               order by array_position(array['accepted', 'offer', 'interviewing', 'screening', 'applied', 'watching'], status), id
               limit 1
           ) o on true
           order by r.rank"#,
        by.user_id() as _,
        wanted.filter.as_str(),
        &wanted.patterns(),
        wanted.sort.as_str(),
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        PAGE,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| by.allowed(row)).collect())
}
