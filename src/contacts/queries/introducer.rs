//! SQL of who led the user to a contact.

use sqlx::PgExecutor;

use crate::access::Owner;
use crate::ids::ContactId;

/// Sets the introducer and returns who it was; nothing if there is no such contact.
pub async fn set(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    introducer: ContactId,
) -> sqlx::Result<Option<Option<ContactId>>> {
    sqlx::query_scalar!(
        r#"update contacts new set introduced_by = $3, version = new.version + 1
           from contacts old
           where new.user_id = $1 and new.id = $2 and new.deleted_at is null and old.user_id = $1 and old.id = $2
           returning old.introduced_by as "earlier: ContactId""#,
        by.user_id() as _,
        contact as _,
        introducer as _,
    )
    .fetch_optional(db)
    .await
}

/// Sets the introducer to `earlier`, if it is `introducer`.
pub async fn put_back(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    introducer: ContactId,
    earlier: Option<ContactId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update contacts set introduced_by = $4, version = version + 1 where user_id = $1 and id = $2 and introduced_by = $3",
        by.user_id() as _,
        contact as _,
        introducer as _,
        earlier as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
