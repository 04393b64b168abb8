//! SQL of what is done to several contacts with one press.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::event::Kind;

/// Those of the contacts whose next step is due by that day.
pub async fn due(db: impl PgExecutor<'_>, by: Owner, ids: &[ContactId], today: Date) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"select id as "id: ContactId" from contacts
           where user_id = $1 and id = any($2) and deleted_at is null and next_due <= $3
           order by id"#,
        by.user_id() as _,
        &ids,
        Day(today) as _,
    )
    .fetch_all(db)
    .await
}

/// Those of the contacts that do not rest yet.
pub async fn awake(db: impl PgExecutor<'_>, by: Owner, ids: &[ContactId]) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"select id as "id: ContactId" from contacts
           where user_id = $1 and id = any($2) and deleted_at is null and stage not in ('moved_on', 'declined')
           order by id"#,
        by.user_id() as _,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// A line of a history, and whose.
pub struct Written {
    pub id: TouchpointId,
    pub contact: ContactId,
}

/// The lines of that kind written down at that instant which still stand.
pub async fn written_at(db: impl PgExecutor<'_>, by: Owner, kind: Kind, at: Timestamp) -> sqlx::Result<Vec<Written>> {
    sqlx::query_as!(
        Written,
        r#"select t.id as "id: TouchpointId", t.contact_id as "contact: ContactId"
           from touchpoints t
           where t.user_id = $1 and t.kind = $2 and t.created_at = $3
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
           order by t.contact_id"#,
        by.user_id() as _,
        kind as _,
        At(at) as _,
    )
    .fetch_all(db)
    .await
}
