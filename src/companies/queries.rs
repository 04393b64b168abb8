//! SQL of companies.

use jiff::Timestamp;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

use super::company::{FoundBy, Motivation, Posting, Status};
use super::edit::Edited;
use super::name::CompanyName;
use super::pages::{Filter, Sort};
use super::show::{HistoryRow, OpeningRow, PersonRow, ReferralRow};
use crate::access::{Owner, Viewer};
use crate::address::WebAddress;
use crate::database::At;
use crate::ids::CompanyId;
use crate::playbook::{opening, referral, stage::Stage, step::Step};

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
    pub id: Option<CompanyId>,
    pub name: Option<String>,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub motivation: Option<i16>,
    pub posting: Option<i16>,
    pub status: Option<Status>,
    pub status_reason: Option<String>,
    pub people: Option<i64>,
    pub advocates: Option<i64>,
    pub contact_name: Option<String>,
    pub contact_stage: Option<Stage>,
    pub contact_step: Option<Step>,
    pub referral_status: Option<referral::Status>,
    pub referrer: Option<String>,
    pub opening_status: Option<opening::Status>,
}

/// A page of the list, in the chosen order, from the row after or before a given company.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    filter: Filter,
    search: Option<&str>,
    sort: Sort,
    after: Option<CompanyId>,
    before: Option<CompanyId>,
) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"with listed as (
               select c.*, p.people, p.advocates
               from companies c
               cross join lateral (
                   select count(*) as people,
                       count(*) filter (where stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch')
                           or warmth in ('knows_me', 'same_school', 'same_employer')) as advocates
                   from contacts
                   where user_id = c.user_id and company_id = c.id and deleted_at is null
               ) p
               where c.user_id = $1 and c.deleted_at is null
           ),
           ranked as (
               select l.*, count(*) over () as shown, row_number() over (order by
                   case when $4 = 'name' then l.name_key end,
                   case when $4 = 'added' then l.created_at end desc,
                   case when $4 = 'rank' then l.motivation end desc,
                   case when $4 = 'rank' then l.posting end desc,
                   case when $4 = 'rank' then l.advocates end desc,
                   l.name_key, l.id) as rank
               from listed l
               where ($3::text is null or l.name ilike $3 or l.industry ilike $3 or l.place ilike $3)
                   and case $2
                       when 'active' then l.status = 'active'
                       when 'nobody' then l.status = 'active' and l.people = 0
                       when 'posting' then l.status = 'active' and l.posting = 3
                       when 'paused' then l.status = 'paused'
                       when 'ruled_out' then l.status = 'ruled_out'
                       else true end
           ),
           start as (
               select case
                   when $5::uuid is not null then coalesce((select rank + 1 from ranked where id = $5), 1)
                   when $6::uuid is not null then greatest(coalesce((select rank from ranked where id = $6), 1) - $7, 1)
                   else 1 end as rank
           )
           select n.all as "all!", n.active as "active!", n.nobody as "nobody!", n.posting_now as "posting_now!",
               n.paused as "paused!", n.ruled_out as "ruled_out!", coalesce((select max(shown) from ranked), 0) as "shown!",
               r.rank as "rank?", r.id as "id?: CompanyId", r.name as "name?", r.industry as "industry?", r.place as "place?",
               r.motivation as "motivation?", r.posting as "posting?", r.status as "status?: Status",
               r.status_reason as "status_reason?", r.people as "people?", r.advocates as "advocates?",
               k.name as "contact_name?", k.stage as "contact_stage?: Stage", k.next_step as "contact_step?: Step",
               f.status as "referral_status?: referral::Status", f.name as "referrer?", o.status as "opening_status?: opening::Status"
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
        by.into().user_id() as _,
        filter.as_str(),
        search.map(like),
        sort.as_str(),
        after as _,
        before as _,
        PAGE,
    )
    .fetch_all(db)
    .await
}

/// A pattern that finds the text anywhere, taken literally.
pub fn like(text: &str) -> String {
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{escaped}%")
}

/// A company with everything its page shows.
pub struct Whole {
    pub id: CompanyId,
    pub name: String,
    pub website: Option<String>,
    pub careers_url: Option<String>,
    pub linkedin_id: Option<String>,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub notes: Option<String>,
    pub found_by: FoundBy,
    pub motivation: i16,
    pub posting: i16,
    pub status: Status,
    pub status_reason: Option<String>,
    pub version: i32,
    pub people: Json<Vec<PersonRow>>,
    pub openings: Json<Vec<OpeningRow>>,
    pub referrals: Json<Vec<ReferralRow>>,
    pub history: Json<Vec<HistoryRow>>,
}

/// One company, its people, openings and latest history.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: CompanyId) -> sqlx::Result<Option<Whole>> {
    sqlx::query_as!(
        Whole,
        r#"select c.id as "id: CompanyId", c.name, c.website, c.careers_url, c.linkedin_id, c.industry, c.place, c.notes,
               c.found_by as "found_by: FoundBy", c.motivation, c.posting, c.status as "status: Status", c.status_reason, c.version,
               (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'job_title', p.job_title, 'stage', p.stage,
                       'next_step', p.next_step, 'next_due', p.next_due)
                       order by p.next_due nulls last, lower(p.name), p.id), '[]')
                   from contacts p where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
               ) as "people!: Json<Vec<PersonRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title, 'status', o.status, 
                       'seen_on', o.seen_on, 'confirmed_by', k.name, 'confirmed_on', o.confirmed_on) order by o.seen_on desc, o.id), '[]')
                   from openings o left join contacts k on k.user_id = o.user_id and k.id = o.confirmed_by
                   where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
               ) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', p.name, 'opening', o.title, 'status', r.status,
                       'outcome', r.outcome, 'next_step', r.next_step, 'next_due', r.next_due)
                       order by array_position(array['made', 'agreed', 'asked', 'to_ask', 'declined', 'withdrawn'], r.status), r.id), '[]')
                   from referrals r
                   join contacts p on p.user_id = r.user_id and p.id = r.contact_id
                   left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where r.user_id = $1 and p.user_id = $1 and r.company_id = c.id and r.deleted_at is null and p.deleted_at is null
               ) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('contact', h.contact_id, 'name', h.name, 'kind', h.kind,
                       'on', h.happened_on) order by h.happened_on desc, h.id desc), '[]')
                   from (
                       select t.id, t.contact_id, p.name, t.kind, t.happened_on
                       from touchpoints t join contacts p on p.user_id = t.user_id and p.id = t.contact_id
                       where t.user_id = $1 and p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
                           and t.direction <> 'none' and t.kind <> 'undone'
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                       order by t.happened_on desc, t.id desc limit 12
                   ) h
               ) as "history!: Json<Vec<HistoryRow>>"
           from companies c
           where c.user_id = $1 and c.id = $2 and c.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// A company to be added.
pub struct NewCompany {
    pub id: CompanyId,
    pub name: CompanyName,
    pub website: Option<WebAddress>,
    pub found_by: FoundBy,
}

/// Adds companies; those whose name is on the list already are left as they are. Returns the ids of the new ones.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    companies: &[NewCompany],
    now: Timestamp,
) -> sqlx::Result<Vec<CompanyId>> {
    let ids: Vec<_> = companies.iter().map(|c| c.id.0).collect();
    let names: Vec<_> = companies.iter().map(|c| c.name.as_str().to_owned()).collect();
    let keys: Vec<_> = companies.iter().map(|c| c.name.key().as_str().to_owned()).collect();
    let websites: Vec<_> = companies.iter().map(|c| c.website.as_ref().map(|w| w.as_str().to_owned())).collect();
    let found_by: Vec<_> = companies.iter().map(|c| c.found_by.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"insert into companies (user_id, id, name, name_key, website, found_by, created_at)
           select $1, n.id, n.name, n.name_key, n.website, n.found_by, $7
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as n (id, name, name_key, website, found_by)
           on conflict do nothing
           returning id as "id: CompanyId""#,
        by.user_id() as _,
        &ids,
        &names,
        &keys,
        &websites as &[Option<String>],
        &found_by,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// A company known by the key of its name.
pub struct Known {
    pub id: CompanyId,
    pub name: String,
    pub name_key: String,
}

/// The companies on the list that have one of these keys.
pub async fn known(db: impl PgExecutor<'_>, by: impl Into<Viewer>, keys: &[String]) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"select id as "id: CompanyId", name, name_key from companies
           where user_id = $1 and name_key = any($2) and deleted_at is null"#,
        by.into().user_id() as _,
        keys,
    )
    .fetch_all(db)
    .await
}

/// Id and name of every company on the list, by name: for choosing one.
pub async fn names(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<(CompanyId, String)>> {
    let rows = sqlx::query!(
        r#"select id as "id: CompanyId", name from companies where user_id = $1 and deleted_at is null order by name_key limit 1000"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What came of saving an edited company.
pub enum Saved {
    /// It is saved.
    Yes,
    /// Another company has that name.
    NameTaken,
    /// Somebody saved in between.
    Changed,
    /// There is no such company.
    Gone,
}

/// Saves the columns the form owns, if nobody saved since `version`.
pub async fn update(
    db: &mut PgConnection,
    by: Owner,
    id: CompanyId,
    version: i32,
    new: &Edited,
) -> sqlx::Result<Saved> {
    let name_key = new.name.key();
    let done = sqlx::query!(
        "update companies set name = $4, name_key = $5, website = $6, careers_url = $7, linkedin_id = $8, industry = $9,
             place = $10, notes = $11, found_by = $12, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        new.name.as_str(),
        name_key.as_str(),
        new.website.as_ref().map(|w| w.as_str()),
        new.careers_url.as_ref().map(|w| w.as_str()),
        new.linkedin_id.as_deref(),
        new.industry.as_ref().map(|t| t.as_str()),
        new.place.as_ref().map(|t| t.as_str()),
        new.notes.as_ref().map(|t| t.as_str()),
        new.found_by as _,
    )
    .execute(&mut *db)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Saved::Yes),
        Ok(_) => {
            let there = sqlx::query_scalar!(
                r#"select exists (select from companies where user_id = $1 and id = $2 and deleted_at is null) as "there!""#,
                by.user_id() as _,
                id as _,
            )
            .fetch_one(db)
            .await?;
            Ok(if there { Saved::Changed } else { Saved::Gone })
        }
        Err(sqlx::Error::Database(e)) if e.constraint() == Some("companies_name_taken") => Ok(Saved::NameTaken),
        Err(e) => Err(e),
    }
}

/// Rates a company; what is not given stays. Returns its name.
pub async fn rate(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    motivation: Option<Motivation>,
    posting: Option<Posting>,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update companies set motivation = coalesce($3, motivation), posting = coalesce($4, posting), version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        motivation.map(Motivation::get),
        posting.map(Posting::get),
    )
    .fetch_optional(db)
    .await
}

/// Name and status of a company before a change.
pub struct Before {
    pub name: String,
    pub status: Status,
    pub status_reason: Option<String>,
}

/// Sets the status of a company and returns what it was.
pub async fn set_status(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    status: Status,
    reason: Option<&str>,
) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"update companies new set status = $3, status_reason = $4, version = new.version + 1
           from companies old
           where new.user_id = $1 and new.id = $2 and new.deleted_at is null and old.user_id = $1 and old.id = $2
           returning new.name, old.status as "status: Status", old.status_reason"#,
        by.user_id() as _,
        id as _,
        status as _,
        reason,
    )
    .fetch_optional(db)
    .await
}

/// Puts a company in the bin and returns its name.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: CompanyId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update companies set deleted_at = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// What came of taking a company out of the bin.
pub enum Restored {
    /// It is back, under this name.
    Yes(String),
    /// A company added since has its name.
    NameTaken,
    /// It is not in the bin.
    Gone,
}

/// Takes a company out of the bin.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: CompanyId) -> sqlx::Result<Restored> {
    let restored = sqlx::query_scalar!(
        "update companies set deleted_at = null, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is not null returning name",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await;
    match restored {
        Ok(Some(name)) => Ok(Restored::Yes(name)),
        Ok(None) => Ok(Restored::Gone),
        Err(sqlx::Error::Database(e)) if e.constraint() == Some("companies_name_taken") => Ok(Restored::NameTaken),
        Err(e) => Err(e),
    }
}

/// The name of a company, if it is on the list.
pub async fn name_of(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: CompanyId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select name from companies where user_id = $1 and id = $2 and deleted_at is null",
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
