//! SQL of what coaches looked at.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::{Looker, Owner};
use crate::database::At;
use crate::ids::LookId;

/// Notes that a page was opened, once in the hour that began then, and when it last was. In one hour, as many pages are noted as
/// anyone could read.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Looker,
    by_name: &str,
    path: &str,
    hour: Timestamp,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into looks as o (user_id, id, grant_id, by_name, path, looked_at, last_at)
         select $1, $2, $3, left($6, 200), left($4, 200), $5, $7
         where (select count(*) from looks l where l.user_id = $1 and l.grant_id = $3 and l.looked_at = $5) < 1000
         on conflict (user_id, grant_id, path, looked_at) do update set last_at = greatest(o.last_at, excluded.last_at)",
        by.user_id() as _,
        LookId::new() as _,
        by.grant() as _,
        path,
        At(hour) as _,
        by_name,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A page that was looked at.
pub struct LookRow {
    pub id: LookId,
    pub by_name: String,
    pub path: String,
    /// The hour, by its beginning.
    pub looked_at: At,
    /// Who or what the page is of, while that is on the list.
    pub of: Option<String>,
}

/// The latest pages that were looked at, or those before one.
pub async fn latest(
    db: impl PgExecutor<'_>,
    by: Owner,
    before: Option<LookId>,
    most: i64,
) -> sqlx::Result<Vec<LookRow>> {
    sqlx::query_as!(
        LookRow,
        r#"select l.id as "id: LookId", l.by_name, l.path, l.looked_at as "looked_at: At", coalesce(c.name, k.name, p.name) as "of?"
           from (select id, by_name, path, looked_at, substring(path from '^/companies/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')::uuid as company,
                   substring(path from '^/contacts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')::uuid as contact,
                   substring(path from '^/interviews/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')::uuid as interview
               from looks where user_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3) l
           left join companies c on c.user_id = $1 and c.id = l.company and c.deleted_at is null
           left join contacts k on k.user_id = $1 and k.id = l.contact and k.deleted_at is null
           left join informational_interviews i on i.user_id = $1 and i.id = l.interview and i.deleted_at is null
           left join contacts p on p.user_id = $1 and p.id = i.contact_id and p.deleted_at is null
           order by l.id desc"#,
        by.user_id() as _,
        before as _,
        most,
    )
    .fetch_all(db)
    .await
}

/// Forgets what was looked at before an instant.
pub async fn forget_before(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from looks where user_id = $1 and looked_at < $2", by.user_id() as _, At(before) as _)
        .execute(db)
        .await?;
    Ok(())
}
