//! SQL of the companies that came with a pasted list.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{CompanyId, CompanyListId};

/// Notes that these companies came with a list.
pub async fn mark(
    db: impl PgExecutor<'_>,
    by: Owner,
    list: CompanyListId,
    companies: &[CompanyId],
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = companies.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update companies set list_id = $2 where user_id = $1 and id = any($3)",
        by.user_id() as _,
        list as _,
        &ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts the companies of a list in the bin with which nothing was done since; the test that asks this of imports asks it here.
/// Returns how many. Run it inside a transaction.
pub async fn take_back(db: &mut PgConnection, by: Owner, list: CompanyListId, now: Timestamp) -> sqlx::Result<i64> {
    let of_list = sqlx::query_scalar!(
        r#"select id as "id: CompanyId" from companies where user_id = $1 and list_id = $2 and deleted_at is null"#,
        by.user_id() as _,
        list as _,
    )
    .fetch_all(&mut *db)
    .await?;
    take_back_those(db, by, &of_list, now).await
}

/// The same of companies that came in another way.
pub async fn take_back_those(
    db: &mut PgConnection,
    by: Owner,
    companies: &[CompanyId],
    now: Timestamp,
) -> sqlx::Result<i64> {
    let ids: Vec<Uuid> = companies.iter().map(|id| id.0).collect();
    // Chosen first: a change itself may ask columns only what is immutable, for the sake of a distributed PostgreSQL.
    let untouched = sqlx::query_scalar!(
        r#"select c.id from companies c
           where c.user_id = $1 and c.id = any($2) and c.deleted_at is null and c.version = 1
               and jsonb_strip_nulls(to_jsonb(c) - '{user_id,id,name,name_key,website,found_by,list_id,created_at,version}'::text[])
                   = '{"motivation": 0, "posting": 0, "status": "active"}'
               and not exists (select from contacts k where k.user_id = $1 and k.company_id = c.id
                   and (k.employer_key is distinct from c.name_key or (k.import_id is null and k.created_at > c.created_at)))
               and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
               and not exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)
               and not exists (select from informational_interviews i where i.user_id = $1 and i.company_id = c.id)
               and not exists (select from insights s where s.user_id = $1 and s.company_id = c.id)
               and not exists (select from comments m where m.user_id = $1 and m.company_id = c.id)
           order by c.id for update"#,
        by.user_id() as _,
        &ids,
    )
    .fetch_all(&mut *db)
    .await?;
    let done = sqlx::query!(
        "update companies set deleted_at = $3, version = version + 1
         where user_id = $1 and id = any($2) and deleted_at is null",
        by.user_id() as _,
        &untouched,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

/// Names of the companies of a list that are on the list of companies.
pub async fn still_there(db: impl PgExecutor<'_>, by: Owner, list: CompanyListId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name from companies where user_id = $1 and list_id = $2 and deleted_at is null order by name_key",
        by.user_id() as _,
        list as _,
    )
    .fetch_all(db)
    .await
}
