//! SQL of contacts that may be one person.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::ContactId;

/// Pairs that are read at most.
pub const MOST: i64 = 50;

/// Two contacts that may be one person. `stays` is the one with more of a history, or the older one.
pub struct PairRow {
    pub stays: ContactId,
    pub stays_name: String,
    pub stays_about: Option<String>,
    pub stays_touch: Option<Day>,
    pub goes: ContactId,
    pub goes_name: String,
    pub goes_about: Option<String>,
    pub goes_touch: Option<Day>,
    pub same_email: bool,
    pub same_name: bool,
    pub same_employer: bool,
}

/// Who may be here twice: those of one e-mail address; those of one name unless their profiles differ; and those of one employer
/// whose first names and last words are alike (`a. lovelace` and `ada king lovelace`). Those of whom the user said that they are
/// two are left out.
///
/// Two profiles are two people. So whoever has none is looked up among all, by indexes: most of a network came with profiles.
pub async fn pairs(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<PairRow>> {
    sqlx::query_as!(
        PairRow,
        r#"with bare as materialized (
               select id, name_folded, employer_key, company_id, split_part(name_folded, ' ', -1) as last,
                   rtrim(split_part(name_folded, ' ', 1), '.') as first
               from contacts where user_id = $1 and deleted_at is null and profile_key is null
           ),
           named as (
               select a.id as a, b.id as b from bare a
               cross join lateral (
                   select k.id from contacts k
                   where k.user_id = $1 and k.deleted_at is null and k.name_folded = a.name_folded and k.id <> a.id
                   order by k.id limit 8) b
               limit 2000
           ),
           alike as (
               select a.id as a, b.id as b from (select * from bare order by id desc limit 3000) a
               cross join lateral (
                   select k.id from contacts k
                   where k.user_id = $1 and k.deleted_at is null and split_part(k.name_folded, ' ', -1) = a.last
                       and k.name_folded <> a.name_folded and (k.company_id = a.company_id or k.employer_key = a.employer_key)
                       and (starts_with(rtrim(split_part(k.name_folded, ' ', 1), '.'), a.first)
                           or starts_with(a.first, rtrim(split_part(k.name_folded, ' ', 1), '.')))
                   order by split_part(k.name_folded, ' ', -1), k.id limit 8) b
               where a.first <> '' and a.first <> a.last
               limit 2000
           ),
           addresses as (
               select email from contacts where user_id = $1 and deleted_at is null and email is not null
               group by email having count(*) > 1 order by email limit 400
           ),
           mailed as (
               select a.id as a, b.id as b
               from addresses m
               cross join lateral (select k.id from contacts k where k.user_id = $1 and k.deleted_at is null and k.email = m.email
                   order by k.id limit 8) a
               cross join lateral (select k.id from contacts k where k.user_id = $1 and k.deleted_at is null and k.email = m.email
                   and k.id > a.id order by k.id limit 8) b
           ),
           pairs as (
               select least(a, b) as one, greatest(a, b) as other
               from (select a, b from named union all select a, b from alike union all select a, b from mailed) u
               group by least(a, b), greatest(a, b)
           ),
           likeliest as (
               select p.one, p.other, coalesce(a.email = b.email, false) as same_email, a.name_folded = b.name_folded as same_name,
                   coalesce(a.company_id = b.company_id or a.employer_key = b.employer_key, false) as same_employer,
                   -- More of a history stays, or who was added before.
                   (a.last_touch_on is not null or b.last_touch_on is null) as first_stays, a.name_folded
               from pairs p join contacts a on a.user_id = $1 and a.id = p.one join contacts b on b.user_id = $1 and b.id = p.other
               where not exists (select from distinct_contacts d where d.user_id = $1 and d.one_id = p.one and d.other_id = p.other)
           ),
           shown as (
               select l.*, l.same_email::int * 4 + l.same_name::int * 2 + l.same_employer::int as points from likeliest l
               order by points desc, l.name_folded, l.one, l.other limit $2
           )
           select s.id as "stays!: ContactId", s.name as "stays_name!", concat_ws(', ', s.job_title, coalesce(sc.name, s.employer)) as stays_about,
               s.last_touch_on as "stays_touch: Day", g.id as "goes!: ContactId", g.name as "goes_name!",
               concat_ws(', ', g.job_title, coalesce(gc.name, g.employer)) as goes_about, g.last_touch_on as "goes_touch: Day",
               w.same_email as "same_email!", w.same_name as "same_name!", w.same_employer as "same_employer!"
           from shown w
           join contacts s on s.user_id = $1 and s.id = case when w.first_stays then w.one else w.other end
           join contacts g on g.user_id = $1 and g.id = case when w.first_stays then w.other else w.one end
           left join companies sc on sc.user_id = $1 and sc.id = s.company_id and sc.deleted_at is null
           left join companies gc on gc.user_id = $1 and gc.id = g.company_id and gc.deleted_at is null
           order by w.points desc, w.name_folded, w.one, w.other"#,
        by.into().user_id() as _,
        MOST,
    )
    .fetch_all(db)
    .await
}

/// Keeps that two contacts are two people. Returns their names; nothing where they are not both there.
pub async fn part(
    db: impl PgExecutor<'_>,
    by: Owner,
    one: ContactId,
    other: ContactId,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"with two as (
               select least(a.id, b.id) as one, greatest(a.id, b.id) as other, a.name from contacts a join contacts b on b.user_id = a.user_id
               where a.user_id = $1 and b.user_id = $1 and a.id = $2 and b.id = $3 and a.id <> b.id
                   and a.deleted_at is null and b.deleted_at is null
           ),
           kept as (
               insert into distinct_contacts (user_id, id, one_id, other_id, created_at)
               select $1, $5, one, other, $4 from two on conflict do nothing
           )
           select name from two"#,
        by.user_id() as _,
        one as _,
        other as _,
        At(now) as _,
        Uuid::now_v7(),
    )
    .fetch_optional(db)
    .await
}

/// Takes that back.
pub async fn ask_again(db: impl PgExecutor<'_>, by: Owner, one: ContactId, other: ContactId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from distinct_contacts where user_id = $1 and one_id = least($2::uuid, $3::uuid) and other_id = greatest($2::uuid, $3::uuid)",
        by.user_id() as _,
        one as _,
        other as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
