//! SQL of the ways to find more companies.

use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;

/// An employer of people already known, which is not on the list.
#[derive(Debug, Deserialize)]
pub struct Employer {
    pub name: String,
    pub people: i64,
}

/// What the list and the contacts suggest.
pub struct Leads {
    /// The company at the top of the list.
    pub first: Option<String>,
    pub employers: Json<Vec<Employer>>,
}

/// The company most wanted, and where the people already known work.
pub async fn leads(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Leads> {
    sqlx::query_as!(
        Leads,
        r#"select
               (select c.name from companies c where c.user_id = $1 and c.deleted_at is null and c.status = 'active'
                   order by c.motivation desc, c.posting desc, c.id limit 1) as first,
               (select coalesce(jsonb_agg(to_jsonb(e) order by e.people desc, e.name), '[]') from (
                   select min(k.employer) as name, count(*) as people
                   from contacts k
                   where k.user_id = $1 and k.company_id is null and k.deleted_at is null and k.employer_key is not null
                       and not exists (select from companies c
                           where c.user_id = $1 and c.name_key = k.employer_key and c.deleted_at is null)
                   group by k.employer_key
                   order by count(*) desc, min(k.employer) limit 12
               ) e) as "employers!: Json<Vec<Employer>>""#,
        by.into().user_id() as _,
    )
    .fetch_one(db)
    .await
}
