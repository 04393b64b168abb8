//! SQL of contacts that may be one person.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::ContactId;

/// Someone as they are compared.
pub struct PersonRow {
    pub id: ContactId,
    pub name: String,
    pub about: Option<String>,
    pub touch: Option<Day>,
    pub name_folded: String,
    pub employer_key: Option<String>,
    pub company_id: Option<Uuid>,
    pub profile_key: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// From which others they were told apart for good: those of higher ids.
    pub distinct_from: Json<Vec<ContactId>>,
}

/// Whoever may be one of two, the first added first: those without a profile on LinkedIn, whoever has the name or the employer
/// of one of them, those with a phone number, and those of one e-mail address.
///
/// Two profiles of one site are two people, and most of a network came with profiles of one. So what is read has bounds, however
/// many there are: whoever has none is looked up among all, by indexes.
pub async fn people(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as!(
        PersonRow,
        r#"with odd as materialized (
               (select id, name_folded, company_id, employer_key from contacts
                where user_id = $1 and deleted_at is null and profile_key is null order by id desc limit 2500)
               union all
               (select id, name_folded, company_id, employer_key from contacts
                where user_id = $1 and deleted_at is null and profile_key is not null and profile_key not like '/in/%'
                order by id desc limit 500)
           ),
           addresses as (
               select email from contacts where user_id = $1 and deleted_at is null and email is not null
               group by email having count(*) > 1 order by email limit 400
           ),
           found as (
               select id from odd
               union
               (select id from contacts where user_id = $1 and deleted_at is null and phone is not null order by id desc limit 1000)
               union
               (select b.id from odd a cross join lateral (
                   select k.id from contacts k where k.user_id = $1 and k.deleted_at is null and k.name_folded = a.name_folded
                   order by k.id limit 8) b
                limit 3000)
               union
               (select b.id from (select company_id from odd where company_id is not null group by company_id order by count(*) limit 500) a
                cross join lateral (
                   select k.id from contacts k where k.user_id = $1 and k.deleted_at is null and k.company_id = a.company_id limit 1000) b
                limit 3000)
               union
               (select b.id from (select employer_key from odd where employer_key is not null group by employer_key order by count(*) limit 500) a
                cross join lateral (
                   select k.id from contacts k where k.user_id = $1 and k.deleted_at is null and k.employer_key = a.employer_key limit 1000) b
                limit 3000)
               union
               select b.id from addresses m cross join lateral (
                   select k.id from contacts k where k.user_id = $1 and k.deleted_at is null and k.email = m.email order by k.id limit 8) b
           ),
           apart as (
               select one_id, json_agg(other_id) as others from distinct_contacts where user_id = $1 group by one_id
           )
           select k.id as "id: ContactId", k.name, concat_ws(', ', k.job_title, coalesce(c.name, k.employer)) as about,
               k.last_touch_on as "touch: Day", k.name_folded, k.employer_key, k.company_id, k.profile_key, k.email, k.phone,
               coalesce(a.others, '[]') as "distinct_from!: Json<Vec<ContactId>>"
           -- Looked up and not joined: a planner that takes these for most of a network would read all of it.
           from found f cross join lateral (select * from contacts k where k.user_id = $1 and k.id = f.id limit 1) k
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           left join apart a on a.one_id = k.id
           order by k.id"#,
        by.into().user_id() as _,
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
