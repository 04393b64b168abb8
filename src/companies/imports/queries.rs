//! SQL of companies an import added.

use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::Owner;
use crate::ids::{CompanyId, ImportId};

/// Notes that these companies came with an import.
pub async fn mark(db: impl PgExecutor<'_>, by: Owner, import: ImportId, companies: &[CompanyId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = companies.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update companies set import_id = $2 where user_id = $1 and id = any($3)",
        by.user_id() as _,
        import as _,
        &ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The companies an import added with which nothing was done since: not rated, not edited, and nobody there but people whose
/// employer's name tied them to it.
pub async fn untouched(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<Vec<CompanyId>> {
    sqlx::query_scalar!(
        r#"select c.id as "id: CompanyId" from companies c
           where c.user_id = $1 and c.import_id = $2 and c.version = 1 and c.deleted_at is null
               and not exists (select from contacts k where k.user_id = $1 and k.company_id = c.id
                   and k.employer_key is distinct from c.name_key)
               and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
               and not exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)
               and not exists (select from informational_interviews i where i.user_id = $1 and i.company_id = c.id)
               and not exists (select from insights s where s.user_id = $1 and s.company_id = c.id)"#,
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await
}

/// Removes companies for good; nothing may refer to them any more.
pub async fn remove(db: impl PgExecutor<'_>, by: Owner, companies: &[CompanyId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = companies.iter().map(|id| id.0).collect();
    sqlx::query!("delete from companies where user_id = $1 and id = any($2)", by.user_id() as _, &ids)
        .execute(db)
        .await?;
    Ok(())
}

/// Names of the companies an import added that are still on the list.
pub async fn added_and_kept(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name from companies where user_id = $1 and import_id = $2 and deleted_at is null order by name_key",
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await
}
