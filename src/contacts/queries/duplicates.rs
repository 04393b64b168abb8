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

/// Who may be here twice: those of one e-mail address, and those of one name unless their profiles differ. Those of whom the user
/// said that they are two are left out.
pub async fn pairs(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<PairRow>> {
    sqlx::query_as!(
        PairRow,
        r#"with named as (
               select id, name, name_folded, email, job_title, employer, employer_key, company_id, profile_key, last_touch_on,
                   row_number() over (partition by name_folded order by id) as nr
               from contacts
               where user_id = $1 and deleted_at is null and name_folded = any(array(
                   select name_folded from contacts where user_id = $1 and deleted_at is null
                   group by name_folded having count(*) > 1 order by name_folded limit 400))
           ),
           mailed as (
               select id, name, name_folded, email, job_title, employer, employer_key, company_id, profile_key, last_touch_on,
                   row_number() over (partition by email order by id) as nr
               from contacts
               where user_id = $1 and deleted_at is null and email = any(array(
                   select email from contacts where user_id = $1 and deleted_at is null and email is not null
                   group by email having count(*) > 1 order by email limit 400))
           ),
           alike as (
               select nr, name_folded as shared, id, name_folded, email, employer_key, company_id, profile_key, last_touch_on from named
               union all
               select nr, email, id, name_folded, email, employer_key, company_id, profile_key, last_touch_on from mailed
           ),
           pairs as (
               select distinct a.id as one, b.id as other, coalesce(a.email = b.email, false) as same_email,
                   a.name_folded = b.name_folded as same_name,
                   coalesce(a.company_id = b.company_id or a.employer_key = b.employer_key, false) as same_employer,
                   -- More of a history stays, or who was added before.
                   (a.last_touch_on is not null or b.last_touch_on is null) as first_stays, a.name_folded
               from alike a join alike b on b.shared = a.shared and b.id > a.id
               where a.nr <= 8 and b.nr <= 8 and (a.email = b.email or a.profile_key is null or b.profile_key is null)
           ),
           likeliest as (
               select p.*, p.same_email::int * 4 + p.same_name::int * 2 + p.same_employer::int as points from pairs p
               where not exists (select from distinct_contacts d where d.user_id = $1 and d.one_id = p.one and d.other_id = p.other)
               order by points desc, p.name_folded, p.one, p.other limit $2
           ),
           people as (
               select id, name, job_title, employer, company_id, last_touch_on from named
               union select id, name, job_title, employer, company_id, last_touch_on from mailed
           )
           select s.id as "stays!: ContactId", s.name as "stays_name!", concat_ws(', ', s.job_title, coalesce(sc.name, s.employer)) as stays_about,
               s.last_touch_on as "stays_touch: Day", g.id as "goes!: ContactId", g.name as "goes_name!",
               concat_ws(', ', g.job_title, coalesce(gc.name, g.employer)) as goes_about, g.last_touch_on as "goes_touch: Day",
               w.same_email as "same_email!", w.same_name as "same_name!", w.same_employer as "same_employer!"
           from likeliest w
           join people s on s.id = case when w.first_stays then w.one else w.other end
           join people g on g.id = case when w.first_stays then w.other else w.one end
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
