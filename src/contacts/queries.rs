//! SQL of contacts.

use sqlx::PgExecutor;

use crate::access::Owner;

/// Ties contacts whose employer is now a target company to that company. Returns how many.
pub async fn match_employers(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<i64> {
    let done = sqlx::query!(
        "update contacts k set company_id = c.id, version = k.version + 1
         from companies c
         where k.user_id = $1 and c.user_id = $1 and k.company_id is null and k.deleted_at is null
             and c.name_key = k.employer_key and c.deleted_at is null",
        by.user_id() as _,
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}
