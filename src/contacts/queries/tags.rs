//! SQL of tags, and of who has them.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::contacts::tag::TagName;
use crate::database::{At, on_constraint};
use crate::folding::sorted_by;
use crate::ids::{ContactId, ContactTagId, TagId};

/// A tag, and how many people have it.
pub struct TagRow {
    pub id: TagId,
    pub name: String,
    pub people: i64,
}

/// Every tag by name.
pub async fn all(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<TagRow>> {
    sqlx::query_as!(
        TagRow,
        r#"select t.id as "id: TagId", t.name, (select count(*) from contact_tags x
               join contacts k on k.user_id = $1 and k.id = x.contact_id and k.deleted_at is null
               where x.user_id = $1 and x.tag_id = t.id) as "people!"
           from tags t where t.user_id = $1 order by t.name_folded"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// What a tag is called.
pub async fn name_of(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: TagId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from tags where user_id = $1 and id = $2", by.into().user_id() as _, id as _)
        .fetch_optional(db)
        .await
}

/// The tag of that name, made if there is none.
pub async fn named(db: impl PgExecutor<'_>, by: Owner, name: &TagName, now: Timestamp) -> sqlx::Result<TagId> {
    insert(db, by, TagId::new(), name.as_str(), now).await
}

/// Makes a tag of that name, or finds the one that is called so.
pub async fn insert(db: impl PgExecutor<'_>, by: Owner, id: TagId, name: &str, now: Timestamp) -> sqlx::Result<TagId> {
    sqlx::query_scalar!(
        r#"insert into tags (user_id, id, name, name_folded, created_at) values ($1, $2, $3, $4, $5)
           on conflict (user_id, name_folded) do update set name = tags.name returning id as "id: TagId""#,
        by.user_id() as _,
        id as _,
        name,
        sorted_by(name),
        At(now) as _,
    )
    .fetch_one(db)
    .await
}

/// What came of calling a tag otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renamed {
    Yes,
    /// Another tag is called so.
    Taken,
    NoTag,
}

/// Calls a tag otherwise.
pub async fn rename(db: impl PgExecutor<'_>, by: Owner, id: TagId, name: &TagName) -> sqlx::Result<Renamed> {
    let done = sqlx::query!(
        "update tags set name = $3, name_folded = $4 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        name.as_str(),
        sorted_by(name.as_str()),
    )
    .execute(db)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 0 => Ok(Renamed::NoTag),
        Ok(_) => Ok(Renamed::Yes),
        Err(e) => on_constraint(e, &["tags_name_taken"], Renamed::Taken),
    }
}

/// Removes a tag from everyone.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: TagId) -> sqlx::Result<()> {
    sqlx::query!("delete from tags where user_id = $1 and id = $2", by.user_id() as _, id as _).execute(db).await?;
    Ok(())
}

/// Removes a tag that nobody has.
pub async fn delete_unused(db: impl PgExecutor<'_>, by: Owner, id: TagId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from tags t where t.user_id = $1 and t.id = $2
             and not exists (select from contact_tags x where x.user_id = $1 and x.tag_id = t.id)",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives people a tag, those in the bin only where that is asked for. Returns who had it not.
pub async fn put_on(
    db: impl PgExecutor<'_>,
    by: Owner,
    tag: TagId,
    contacts: &[ContactId],
    also_binned: bool,
    now: Timestamp,
) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<Uuid> = contacts.iter().map(|_| ContactTagId::new().0).collect();
    let contacts: Vec<Uuid> = contacts.iter().map(|contact| contact.0).collect();
    sqlx::query_scalar!(
        r#"insert into contact_tags (user_id, id, contact_id, tag_id, created_at)
           select k.user_id, n.id, k.id, $2, $5 from unnest($3::uuid[], $4::uuid[]) n (id, contact_id)
           join contacts k on k.user_id = $1 and k.id = n.contact_id and (k.deleted_at is null or $6)
           where exists (select from tags t where t.user_id = $1 and t.id = $2)
           on conflict do nothing returning contact_id as "contact: ContactId""#,
        by.user_id() as _,
        tag as _,
        &ids,
        &contacts,
        At(now) as _,
        also_binned,
    )
    .fetch_all(db)
    .await
}

/// Takes a tag off people. Returns who had it.
pub async fn take_off(
    db: impl PgExecutor<'_>,
    by: Owner,
    tag: TagId,
    contacts: &[ContactId],
) -> sqlx::Result<Vec<ContactId>> {
    let contacts: Vec<Uuid> = contacts.iter().map(|contact| contact.0).collect();
    sqlx::query_scalar!(
        r#"delete from contact_tags where user_id = $1 and tag_id = $2 and contact_id = any($3)
           returning contact_id as "contact: ContactId""#,
        by.user_id() as _,
        tag as _,
        &contacts,
    )
    .fetch_all(db)
    .await
}

/// Everyone who has a tag, be they in the bin.
pub async fn who_has(db: impl PgExecutor<'_>, by: Owner, tag: TagId) -> sqlx::Result<Vec<ContactId>> {
    sqlx::query_scalar!(
        r#"select contact_id as "contact: ContactId" from contact_tags where user_id = $1 and tag_id = $2"#,
        by.user_id() as _,
        tag as _,
    )
    .fetch_all(db)
    .await
}
