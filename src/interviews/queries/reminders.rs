//! SQL of a promise someone is to be reminded of.

use sqlx::PgExecutor;

use crate::access::Owner;
use crate::ids::{ActionItemId, ContactId};
use crate::interviews::kinds::Whose;

/// A promise that is still to be kept.
pub struct Promise {
    pub contact_id: ContactId,
    pub whose: Whose,
}

/// A promise, if its contact is there.
pub async fn promise(db: impl PgExecutor<'_>, by: Owner, id: ActionItemId) -> sqlx::Result<Option<Promise>> {
    sqlx::query_as!(
        Promise,
        r#"select a.contact_id as "contact_id: ContactId", a.whose as "whose: Whose"
           from action_items a join contacts k on k.user_id = $1 and k.id = a.contact_id and k.deleted_at is null
           where a.user_id = $1 and a.id = $2 and a.deleted_at is null"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
