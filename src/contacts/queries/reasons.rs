//! SQL of reasons to write.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::address::WebAddress;
use crate::contacts::contact::ReasonKind;
use crate::database::At;
use crate::ids::{ContactId, InsightId, ReasonId, TouchpointId};
use crate::text::Text;

/// A reason that is still open.
#[derive(Debug, Clone, Deserialize)]
pub struct ReasonRow {
    pub id: ReasonId,
    pub kind: ReasonKind,
    pub text: String,
    pub link: Option<String>,
    /// It is advice of theirs in their words; what came of it is still to be said.
    pub advice: bool,
}

/// Advice they gave in a talk, of which no reason was made.
#[derive(Debug, Clone, Deserialize)]
pub struct AdviceRow {
    pub id: InsightId,
    pub text: String,
}

/// Adds reasons. Returns how many: one that was added before is left out; all are, where there is no such contact.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    reasons: &[(ReasonId, NewReason)],
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = reasons.iter().map(|(id, _)| id.0).collect();
    let kinds: Vec<_> = reasons.iter().map(|(_, reason)| reason.kind.to_string()).collect();
    let texts: Vec<_> = reasons.iter().map(|(_, reason)| reason.text.as_str().to_owned()).collect();
    let links: Vec<_> =
        reasons.iter().map(|(_, reason)| reason.link.as_ref().map(|link| link.as_str().to_owned())).collect();
    let done = sqlx::query!(
        "insert into reasons (user_id, id, contact_id, kind, text, link, created_at)
         select k.user_id, n.id, k.id, n.kind, n.text, n.link, $7
         from contacts k
         cross join unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as n (id, kind, text, link)
         where k.user_id = $1 and k.id = $2 and k.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        contact as _,
        &ids,
        &kinds,
        &texts,
        &links as &[Option<String>],
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Removes those reasons.
pub async fn delete_those(db: impl PgExecutor<'_>, by: Owner, ids: &[ReasonId], now: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update reasons set deleted_at = $3, version = version + 1
         where user_id = $1 and id = any($2) and deleted_at is null",
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the contact is there.
pub async fn is_there(db: impl PgExecutor<'_>, by: Owner, contact: ContactId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from contacts where user_id = $1 and id = $2 and deleted_at is null) as "there!""#,
        by.user_id() as _,
        contact as _,
    )
    .fetch_one(db)
    .await
}

/// Makes a reason of advice they gave; of one piece of advice there is one at most. Returns false where that is no advice of
/// theirs, or a reason already.
pub async fn insert_acted_on(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    id: ReasonId,
    advice: InsightId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into reasons (user_id, id, contact_id, kind, text, insight_id, created_at)
         select n.user_id, $2, n.contact_id, $5, n.text, n.id, $6
         from insights n join contacts k on k.user_id = $1 and k.id = n.contact_id
         where n.user_id = $1 and n.id = $4 and n.contact_id = $3 and n.topic = 'advice' and n.deleted_at is null and k.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        contact as _,
        advice as _,
        ReasonKind::AdviceActedOn as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes which message used a reason of that contact's; one used before, and not taken back since, stays as it is.
pub async fn mark_used(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    id: ReasonId,
    touchpoint: TouchpointId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update reasons r set used_by = $4, version = r.version + 1
         where r.user_id = $1 and r.contact_id = $2 and r.id = $3 and r.deleted_at is null
             and (r.used_by is null or exists (select from touchpoints u where u.user_id = $1 and u.undoes = r.used_by))",
        by.user_id() as _,
        contact as _,
        id as _,
        touchpoint as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes a reason. Returns whose it was; nothing if there is none.
pub async fn delete(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ReasonId,
    now: Timestamp,
) -> sqlx::Result<Option<ContactId>> {
    sqlx::query_scalar!(
        r#"update reasons r set deleted_at = $3, version = r.version + 1 from contacts k
           where r.user_id = $1 and r.id = $2 and r.deleted_at is null and k.user_id = $1 and k.id = r.contact_id and k.deleted_at is null
           returning r.contact_id as "contact: ContactId""#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Brings a reason back, unless the advice it came from became another one since. Returns whose it is; nothing if there is none.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: ReasonId) -> sqlx::Result<Option<ContactId>> {
    sqlx::query_scalar!(
        r#"update reasons r set deleted_at = null, version = r.version + 1 from contacts k
           where r.user_id = $1 and r.id = $2 and k.user_id = $1 and k.id = r.contact_id and k.deleted_at is null
               and not exists (select from reasons o
                   where o.user_id = $1 and o.insight_id = r.insight_id and o.id <> r.id and o.deleted_at is null)
           returning r.contact_id as "contact: ContactId""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// What the form means.
pub struct NewReason {
    pub kind: ReasonKind,
    pub text: Text<2_000>,
    pub link: Option<WebAddress>,
}
