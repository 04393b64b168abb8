//! SQL of companies that may be one.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::companies::name::NameKey;
use crate::database::At;
use crate::ids::CompanyId;

/// Companies that are compared at most.
const MOST: i64 = 3_000;

/// A company as it is compared.
pub struct CompanyRow {
    pub id: CompanyId,
    pub name: String,
    pub name_key: NameKey,
    pub website: Option<String>,
    pub linkedin: Option<String>,
    pub people: i64,
    /// With which others it was told apart for good: those of higher ids.
    pub distinct_from: Json<Vec<CompanyId>>,
}

/// The companies on the list, those with more people first.
pub async fn all(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<CompanyRow>> {
    sqlx::query_as!(
        CompanyRow,
        r#"with people as (
               select company_id, count(*) as n from contacts
               where user_id = $1 and deleted_at is null and company_id is not null group by company_id
           ),
           apart as (
               select one_id, json_agg(other_id) as others from distinct_companies where user_id = $1 group by one_id
           )
           select c.id as "id: CompanyId", c.name, c.name_key as "name_key: NameKey", c.website, c.linkedin_id as linkedin,
               coalesce(p.n, 0) as "people!", coalesce(a.others, '[]') as "distinct_from!: Json<Vec<CompanyId>>"
           from companies c left join people p on p.company_id = c.id left join apart a on a.one_id = c.id
           where c.user_id = $1 and c.deleted_at is null order by coalesce(p.n, 0) desc, c.id limit $2"#,
        by.into().user_id() as _,
        MOST,
    )
    .fetch_all(db)
    .await
}

/// Keeps that two companies are two. False where they are not both there.
pub async fn part(
    db: impl PgExecutor<'_>,
    by: Owner,
    one: CompanyId,
    other: CompanyId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let is_there = sqlx::query_scalar!(
        r#"with two as (
               select least(a.id, b.id) as one, greatest(a.id, b.id) as other from companies a join companies b on b.user_id = a.user_id
               where a.user_id = $1 and b.user_id = $1 and a.id = $2 and b.id = $3 and a.id <> b.id
                   and a.deleted_at is null and b.deleted_at is null
           ),
           kept as (
               insert into distinct_companies (user_id, id, one_id, other_id, created_at)
               select $1, $5, one, other, $4 from two on conflict do nothing
           )
           select exists (select from two) as "there!""#,
        by.user_id() as _,
        one as _,
        other as _,
        At(now) as _,
        Uuid::now_v7(),
    );
    is_there.fetch_one(db).await
}

/// Takes that back.
pub async fn ask_again(db: impl PgExecutor<'_>, by: Owner, one: CompanyId, other: CompanyId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from distinct_companies where user_id = $1 and one_id = least($2::uuid, $3::uuid) and other_id = greatest($2::uuid, $3::uuid)",
        by.user_id() as _,
        one as _,
        other as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Into which other a company or a contact was joined, while that can be undone.
pub async fn joined_into(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        r#"select (j.kept ->> 'kept')::uuid as "kept!" from joins j
           where j.user_id = $1 and j.kept ->> 'gone' = $2 and j.kept ->> 'kept' is not null order by j.created_at desc limit 1"#,
        by.into().user_id() as _,
        id.to_string(),
    )
    .fetch_optional(db)
    .await
}
