//! SQL of writing folded titles anew.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Owner;
use crate::folding::sorted_by;

/// Folds the titles of openings anew. Returns how many changed.
pub async fn renew(db: &mut PgConnection, by: Owner) -> sqlx::Result<usize> {
    let all = sqlx::query!("select id, title, title_folded from openings where user_id = $1", by.user_id() as _)
        .fetch_all(&mut *db)
        .await?;
    let changed = all.into_iter().map(|row| (row.id, sorted_by(&row.title), row.title_folded));
    let (ids, titles): (Vec<Uuid>, Vec<String>) =
        changed.filter(|(_, new, old)| new != old).map(|(id, new, _)| (id, new)).unzip();
    sqlx::query!(
        "update openings o set title_folded = n.title_folded from unnest($2::uuid[], $3::text[]) as n (id, title_folded)
         where o.user_id = $1 and o.id = n.id",
        by.user_id() as _,
        &ids,
        &titles,
    )
    .execute(db)
    .await?;
    Ok(ids.len())
}
