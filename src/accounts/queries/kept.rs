//! Forms that arrived while their account was not signed in.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::ids::{KeptFormId, UserId};

/// A form as it was sent, but for its secrets.
pub struct KeptForm {
    pub id: KeptFormId,
    pub path: String,
    pub fields: String,
    pub kept_at: At,
}

/// Keeps a form for an account that is not signed in; the same form sent twice is kept once. Of more than `most`, the oldest go.
pub async fn insert(
    db: impl PgExecutor<'_>,
    user: UserId,
    path: &str,
    fields: &str,
    now: Timestamp,
    most: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with new as (
             insert into kept_forms (user_id, id, path, fields, kept_at)
             select $1, $2, $3, $4, $5
             where not exists (select from kept_forms where user_id = $1 and path = $3 and fields = $4)
             returning user_id
         )
         delete from kept_forms where user_id = $1 and exists (select from new where user_id = $1) and id in (
             select id from kept_forms where user_id = $1 order by kept_at desc, id desc offset $6)",
        user as _,
        KeptFormId::new() as _,
        path,
        fields,
        At(now) as _,
        most - 1,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether anything is kept for an account.
pub async fn any(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from kept_forms where user_id = $1) as "any!""#, user as _)
        .fetch_one(db)
        .await
}

/// Everything kept for an account, the latest first.
pub async fn list(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<KeptForm>> {
    sqlx::query_as!(
        KeptForm,
        r#"select id as "id: KeptFormId", path, fields, kept_at as "kept_at: At" from kept_forms
           where user_id = $1 order by kept_at desc, id desc"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Lets go of a form, and says where it was meant for; nothing if it is not there.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: KeptFormId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "delete from kept_forms where user_id = $1 and id = $2 returning path",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets go of what nobody asked for since then.
pub async fn delete_old(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from kept_forms where user_id = $1 and kept_at < $2", by.user_id() as _, At(before) as _)
        .execute(db)
        .await?;
    Ok(())
}
