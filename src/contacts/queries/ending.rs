//! SQL of those who get no word at the end of the search, on purpose.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::ContactId;

/// Leaves someone out, or without an instant takes that back. Returns their name; nothing if there is no such contact.
pub async fn set_skipped(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update contacts set ending_skipped_at = $3 where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await
}
