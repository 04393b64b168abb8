//! SQL of contacts whose companies go with the import that put them on the list.

use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::Owner;
use crate::ids::{CompanyId, ContactId, ImportId};

/// Unties contacts from companies that go, where the employer's name was what tied them. Returns whom, and whether they were there
/// before their company, so that it was tied to them later.
pub async fn leave_companies(
    db: impl PgExecutor<'_>,
    by: Owner,
    companies: &[CompanyId],
) -> sqlx::Result<Vec<(ContactId, bool)>> {
    let ids: Vec<Uuid> = companies.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"update contacts k set company_id = null, version = k.version + 1
         from companies c
         where k.user_id = $1 and c.user_id = $1 and c.id = k.company_id and c.id = any($2) and c.name_key = k.employer_key
         returning k.id as "id: ContactId", k.created_at < c.created_at as "came_first!""#,
        by.user_id() as _,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.came_first)).collect())
}

/// Notes how often tying contacts to the companies of an import and untying them raised their versions.
pub async fn note(
    db: impl PgExecutor<'_>,
    by: Owner,
    import: ImportId,
    untied: &[(ContactId, bool)],
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = untied.iter().map(|_| Uuid::now_v7()).collect();
    let contacts: Vec<Uuid> = untied.iter().map(|(id, _)| id.0).collect();
    let steps: Vec<i32> = untied.iter().map(|(_, came_first)| if *came_first { 1 } else { 0 }).collect();
    // A row is one step by itself, and each letter in it another.
    sqlx::query!(
        r#"insert into contact_changes as h (user_id, id, import_id, contact_id, before, after)
         select $1, n.id, $2, n.contact_id, '{}', ('{"given_back": "' || repeat('i', n.steps) || '"}')::jsonb
         from unnest($3::uuid[], $4::uuid[], $5::int[]) as n (id, contact_id, steps)
         on conflict (user_id, import_id, contact_id) do update
         set after = h.after || ('{"given_back": "' || repeat('i', coalesce(length(h.after ->> 'given_back'), 0)
             + length(excluded.after ->> 'given_back') + 1) || '"}')::jsonb"#,
        by.user_id() as _,
        import as _,
        &ids,
        &contacts,
        &steps,
    )
    .execute(db)
    .await?;
    Ok(())
}
