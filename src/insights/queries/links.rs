//! Which insights the user tied to each other.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{InsightId, InsightLinkId};
use crate::insights::ties::{Link, Pair, Tie};

/// Holds lines until the transaction ends, and tells how many of them are there.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, lines: &[InsightId]) -> sqlx::Result<usize> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    let there = sqlx::query!(
        "select id from insights where user_id = $1 and id = any($2) and deleted_at is null order by id for update",
        by.user_id() as _,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(there.len())
}

/// Every tie of the user.
pub async fn all(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<Link>> {
    sqlx::query_as!(
        Link,
        r#"select id as "id: InsightLinkId", insight_id as "one: InsightId", other_id as "other: InsightId", kind as "tie: Tie"
           from insight_links where user_id = $1 order by id"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Ties pairs of lines; a pair tied so already stays as it is.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    pairs: &[(InsightLinkId, Pair)],
    tie: Tie,
    now: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = pairs.iter().map(|(id, _)| id.0).collect();
    let ones: Vec<Uuid> = pairs.iter().map(|(_, (one, _))| one.0).collect();
    let others: Vec<Uuid> = pairs.iter().map(|(_, (_, other))| other.0).collect();
    sqlx::query!(
        "insert into insight_links (user_id, id, insight_id, other_id, kind, created_at)
         select $1, n.id, n.one, n.other, $5, $6 from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as n (id, one, other)
         on conflict do nothing",
        by.user_id() as _,
        &ids,
        &ones,
        &others,
        tie as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Unties, and tells what was tied.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, ids: &[InsightLinkId]) -> sqlx::Result<Vec<Link>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Link,
        r#"delete from insight_links where user_id = $1 and id = any($2)
           returning id as "id: InsightLinkId", insight_id as "one: InsightId", other_id as "other: InsightId", kind as "tie: Tie""#,
        by.user_id() as _,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// The lines that go for good with a purge of what was deleted before `before`, and are tied to others.
pub async fn going(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<Vec<InsightId>> {
    sqlx::query_scalar!(
        r#"select n.id as "id: InsightId" from insights n
           left join contacts k on k.user_id = n.user_id and k.id = n.contact_id
           where n.user_id = $1 and (n.deleted_at < $2 or k.deleted_at < $2)
               and exists (select from insight_links l where l.user_id = $1 and (l.insight_id = n.id or l.other_id = n.id))
           order by n.id"#,
        by.user_id() as _,
        At(before) as _,
    )
    .fetch_all(db)
    .await
}
