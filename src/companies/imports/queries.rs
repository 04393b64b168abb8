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

/// Holds the companies an import added until the transaction ends, so that nothing new refers to them meanwhile.
pub async fn hold_added(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from companies where user_id = $1 and import_id = $2 order by id for update",
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Removes companies for good; nothing may refer to them any more.
pub async fn remove(db: impl PgExecutor<'_>, by: Owner, companies: &[CompanyId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = companies.iter().map(|id| id.0).collect();
    sqlx::query!("delete from companies where user_id = $1 and id = any($2)", by.user_id() as _, &ids)
        .execute(db)
        .await?;
    Ok(())
}
