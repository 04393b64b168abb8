//! SQL of what waits to be imported.

use sqlx::PgExecutor;
use sqlx::types::Json;

use super::Kept;
use crate::access::{Owner, Viewer};
use crate::ids::ImportId;
use crate::transfer::sheets::Remembered;

/// What is kept of an import that waits; nothing where it does not.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ImportId,
) -> sqlx::Result<Option<(Kept, String)>> {
    let row = sqlx::query!(
        r#"select kind as "kept: Kept", content as "content!" from imports
           where user_id = $1 and id = $2 and status = 'previewed'"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.kept, row.content)))
}

/// Bytes that are kept of an import that waits; nothing where it does not.
pub async fn size(db: impl PgExecutor<'_>, by: Owner, id: ImportId) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        r#"select octet_length(content) as "size!" from imports where user_id = $1 and id = $2 and status = 'previewed'"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Keeps what waits with what was said of it since.
pub async fn keep(db: impl PgExecutor<'_>, by: Owner, id: ImportId, content: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set content = $3 where user_id = $1 and id = $2 and status = 'previewed'",
        by.user_id() as _,
        id as _,
        content,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was said of the headings of tables, the latest first.
pub async fn headings(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<Remembered>> {
    let rows = sqlx::query_scalar!(
        r#"select h.heading as "heading!: Json<Remembered>"
           from imports i cross join lateral jsonb_array_elements(i.report -> 'headings') with ordinality as h (heading, nr)
           where i.user_id = $1 and i.status <> 'previewed' order by i.created_at desc, h.nr limit 200"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|Json(said)| said).collect())
}
