//! SQL of the list.

use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{HasNotes, Viewer};
use crate::companies::company::Status;
use crate::companies::listing::{Filter, Sort};
use crate::database::paged;
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
    let rows = paged!(
        ListRow,
        listed = r#"there as (
               select company_id, count(*) as people,
                   count(*) filter (where stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch')
                       or warmth in ('knows_me', 'same_school', 'same_employer')) as advocates
               from contacts
               where user_id = $1 and company_id is not null and deleted_at is null
               group by company_id
           ),
           listed as (
               select c.id, c.name, c.industry, c.place, c.motivation, c.posting, c.status, c.status_reason, p.people, coalesce(p.advocates, 0) as advocates, case $4
                       when 'added' then lpad((99999999999999999 - (extract(epoch from c.created_at) * 1000000)::bigint)::text, 17, '0')
                       when 'rank' then (9 - c.motivation)::text || (9 - c.posting) || lpad((99999999 - coalesce(p.advocates, 0))::text, 8, '0')
                       else '' end
                   || chr(31) || left(c.name_key, 60) || chr(31) || c.id as sort_key
               from companies c left join there p on p.company_id = c.id
               where c.user_id = $1 and c.deleted_at is null
           )"#,
        fits = r#"concat_ws(chr(31), l.name, l.industry, l.place) ~ all($3)
               and case $2
               when 'active' then l.status = 'active'
               when 'nobody' then l.status = 'active' and l.people is null
               when 'posting' then l.status = 'active' and l.posting = 3
               when 'paused' then l.status = 'paused'
               when 'ruled_out' then l.status = 'ruled_out'
               else true end"#,
        after = "$5",
        before = "$6",
        most = "$7",
        shown = r#"select n.all as "all!", n.active as "active!", n.nobody as "nobody!", n.posting_now as "posting_now!",
               n.paused as "paused!", n.ruled_out as "ruled_out!", coalesce(r.shown, 0) as "shown!",
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
                   count(*) filter (where status = 'active' and people is null) as nobody,
                   count(*) filter (where status = 'active' and posting = 3) as posting_now,
                   count(*) filter (where status = 'paused') as paused,
                   count(*) filter (where status = 'ruled_out') as ruled_out
               from listed
           ) n
           left join page r on true
           left join lateral (
               select name, stage, next_step from contacts
               where user_id = $1 and company_id = r.id and deleted_at is null
               order by array_position(array['scheduled', 'spoke', 'in_touch', 'asked', 'connected', 'requested', 'identified'], stage),
                   next_due nulls last, id
               limit 1
           ) k on true
           left join (
               select distinct on (f.company_id) f.company_id, f.status, p.name
               from referrals f join contacts p on p.user_id = $1 and p.id = f.contact_id
               where f.user_id = $1 and f.deleted_at is null and f.status in ('made', 'agreed', 'asked')
               order by f.company_id, array_position(array['made', 'agreed', 'asked'], f.status), f.id
           ) f on f.company_id = r.id
           left join (
               select distinct on (company_id) company_id, status from openings
               where user_id = $1 and deleted_at is null
               order by company_id, array_position(array['accepted', 'offer', 'interviewing', 'screening', 'applied', 'watching'], status), id
           ) o on o.company_id = r.id
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
