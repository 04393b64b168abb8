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
               select name_folded from contacts where user_id = $1 and deleted_at is null
               group by name_folded having count(*) > 1 order by name_folded limit $2
           ),
           mailed as (
               select email from contacts where user_id = $1 and deleted_at is null and email is not null
               group by email having count(*) > 1 order by email limit $2
           ),
           alike as (
               (select k.id, k.name_folded as shared from named n
               cross join lateral (select id, name_folded from contacts
                   where user_id = $1 and name_folded = n.name_folded and deleted_at is null order by id limit 8) k)
               union all
               (select k.id, k.email from mailed n
               cross join lateral (select id, email from contacts
                   where user_id = $1 and email = n.email and deleted_at is null order by id limit 8) k)
           ),
           pairs as (
               select distinct a.id as one, b.id as other from alike a join alike b on b.shared = a.shared and b.id > a.id
               where not exists (select from distinct_contacts d where d.user_id = $1 and d.one_id = a.id and d.other_id = b.id)
           ),
           known as (
               select p.one, p.other, coalesce(a.email = b.email, false) as same_email, a.name_folded = b.name_folded as same_name,
                   coalesce(a.company_id = b.company_id or a.employer_key = b.employer_key, false) as same_employer,
                   -- More of a history, or added before.
                   (a.last_touch_on is not null or b.last_touch_on is null) as first_stays
               from pairs p
               join contacts a on a.user_id = $1 and a.id = p.one and a.deleted_at is null
               join contacts b on b.user_id = $1 and b.id = p.other and b.deleted_at is null
               where a.email = b.email or a.profile_key is null or b.profile_key is null
           )
           select s.id as "stays!: ContactId", s.name as "stays_name!", concat_ws(', ', s.job_title, coalesce(sc.name, s.employer)) as stays_about,
               s.last_touch_on as "stays_touch: Day", g.id as "goes!: ContactId", g.name as "goes_name!",
               concat_ws(', ', g.job_title, coalesce(gc.name, g.employer)) as goes_about, g.last_touch_on as "goes_touch: Day",
               w.same_email as "same_email!", w.same_name as "same_name!", w.same_employer as "same_employer!"
           from known w
           join contacts s on s.user_id = $1 and s.id = case when w.first_stays then w.one else w.other end
           join contacts g on g.user_id = $1 and g.id = case when w.first_stays then w.other else w.one end
           left join companies sc on sc.user_id = $1 and sc.id = s.company_id and sc.deleted_at is null
           left join companies gc on gc.user_id = $1 and gc.id = g.company_id and gc.deleted_at is null
           order by w.same_email::int * 4 + w.same_name::int * 2 + w.same_employer::int desc, s.name_folded, s.id, g.id
           limit $2"#,
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
