//! SQL of writing keys anew.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Owner;
use crate::ids::CompanyId;

/// A company and its key.
pub struct Keyed {
    pub id: CompanyId,
    pub name: String,
    pub name_key: String,
    pub in_bin: bool,
}

/// Every company, in the order in which they were added.
pub async fn keyed(db: &mut PgConnection, by: Owner) -> sqlx::Result<Vec<Keyed>> {
    sqlx::query_as!(
        Keyed,
        r#"select id as "id: CompanyId", name, name_key, deleted_at is not null as "in_bin!"
           from companies where user_id = $1 order by created_at, id"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Writes keys. Each company first gives its old one back, which may be another's new one.
pub async fn set_keys(db: &mut PgConnection, by: Owner, keys: &[(CompanyId, String)]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = keys.iter().map(|(id, _)| id.0).collect();
    let names: Vec<String> = keys.iter().map(|(_, key)| key.clone()).collect();
    sqlx::query!(
        "update companies set name_key = id::text where user_id = $1 and id = any($2)",
        by.user_id() as _,
        &ids
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update companies c set name_key = n.key from unnest($2::uuid[], $3::text[]) as n (id, key)
         where c.user_id = $1 and c.id = n.id",
        by.user_id() as _,
        &ids,
        &names,
    )
    .execute(db)
    .await?;
    Ok(())
}
