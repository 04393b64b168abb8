//! SQL of the ways to find more companies, and of pasted lists.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{Owner, Viewer};
use crate::companies::company::FoundBy;
use crate::companies::queries::Known;
use crate::database::At;
use crate::ids::CompanyListId;

/// An employer of people already known, which is not on the list.
#[derive(Debug, Serialize, Deserialize)]
pub struct Employer {
    pub name: String,
    pub people: i64,
}

/// What the list and the contacts suggest.
#[derive(Serialize, Deserialize)]
pub struct Leads {
    /// The company at the top of the list.
    pub first: Option<String>,
    pub employers: Json<Vec<Employer>>,
    /// The pasted list that was looked over and waits, with all companies there are.
    pub waiting: Option<CompanyListId>,
    pub text: Option<String>,
    pub found_by: Option<FoundBy>,
    pub known: Json<Vec<Known>>,
}

/// The company most wanted, where the people already known work, and the pasted list that waits.
pub async fn leads(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Leads> {
    sqlx::query_as!(
        Leads,
        r#"select
               (select c.name from companies c where c.user_id = $1 and c.deleted_at is null and c.status = 'active'
                   order by c.motivation desc, c.posting desc, c.id limit 1) as first,
               (select coalesce(json_agg(to_json(e) order by e.people desc, e.name), '[]') from (
                   select w.name, w.people from (
                       select k.employer_key, min(k.employer) as name, count(*) as people
                       from contacts k
                       where k.user_id = $1 and k.company_id is null and k.deleted_at is null and k.employer_key is not null
                       group by k.employer_key
                   ) w
                   where not exists (select from companies c
                       where c.user_id = $1 and c.name_key = w.employer_key and c.deleted_at is null)
                   order by w.people desc, w.name limit 12
               ) e) as "employers!: Json<Vec<Employer>>",
               w.id as "waiting?: CompanyListId", w.text as "text?", w.found_by as "found_by?: FoundBy",
               (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'name_key', c.name_key)), '[]')
                   from companies c where c.user_id = $1 and c.deleted_at is null and w.id is not null
               ) as "known!: Json<Vec<Known>>"
           from (select 1) one
           left join company_lists w on w.user_id = $1 and w.added_at is null"#,
        by.into().user_id() as _,
    )
    .fetch_one(db)
    .await
}

/// Keeps a list that was looked over, in place of the one that waited before.
pub async fn keep(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyListId,
    text: &str,
    found_by: FoundBy,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into company_lists (user_id, id, text, found_by, created_at) values ($1, $2, $3, $4, $5)
         on conflict (user_id) where added_at is null do update set text = excluded.text, found_by = excluded.found_by",
        by.user_id() as _,
        id as _,
        text,
        found_by as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the list that waits.
pub async fn forget(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    sqlx::query!("delete from company_lists where user_id = $1 and added_at is null", by.user_id() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that a list is added.
pub async fn added(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyListId,
    found_by: FoundBy,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into company_lists (user_id, id, found_by, created_at, added_at) values ($1, $2, $3, $4, $4)",
        by.user_id() as _,
        id as _,
        found_by as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there is such a list.
pub async fn exists(db: impl PgExecutor<'_>, by: Owner, id: CompanyListId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from company_lists where user_id = $1 and id = $2) as "there!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_one(db)
    .await
}
