//! SQL of who led to whom.

use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::ids::ContactId;
use crate::introductions::tree::TreeNode;
use crate::playbook::stage::Stage;

/// Everyone who was introduced by someone or introduced someone, with what came of each; by name.
pub async fn people(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<TreeNode>> {
    sqlx::query_as!(
        TreeNode,
        r#"select k.id as "id: ContactId", k.name, k.introduced_by as "introduced_by: ContactId", k.stage as "stage: Stage",
               (select count(*) from informational_interviews i
                   where i.user_id = $1 and i.contact_id = k.id and i.status = 'held' and i.deleted_at is null) as "talks!",
               (select count(*) from referrals f
                   where f.user_id = $1 and f.contact_id = k.id and f.status = 'made' and f.deleted_at is null) as "referrals!",
               (select count(*) from openings o
                   where o.user_id = $1 and o.confirmed_by = k.id and o.deleted_at is null) as "openings!"
           from contacts k
           where k.user_id = $1 and k.deleted_at is null and k.id = any(array(
               select o.id from contacts o
               where o.user_id = $1 and o.introduced_by is not null and o.deleted_at is null
               union select o.introduced_by from contacts o
               where o.user_id = $1 and o.introduced_by is not null and o.deleted_at is null))
           order by k.name_folded, k.id"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}
