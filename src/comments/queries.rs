//! SQL of comments. Who writes proves it by a `Commenter`, which no other room's query takes.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::comment::About;
use crate::access::{Commenter, Owner};
use crate::database::At;
use crate::ids::{CommentId, GrantId};

/// A comment of a coach's to be.
pub struct NewComment<'a> {
    pub id: CommentId,
    /// The coach's grant.
    pub grant: GrantId,
    /// The coach's name.
    pub by_name: &'a str,
    pub about: About,
    pub of: Uuid,
    /// It is about the message to be sent.
    pub of_message: bool,
    pub text: &'a str,
}

/// Writes a coach's comment. False where there is nothing on the list to comment on, or it was written before.
pub async fn insert(db: impl PgExecutor<'_>, by: Commenter, new: NewComment<'_>, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into comments (user_id, id, grant_id, by_coach, by_name, company_id, contact_id, interview_id, of_message, text, created_at)
         select $1, $2, $3, true, left($4, 200), o.company, o.contact, o.interview, $5 and o.contact is not null, $6, $7
         from (
             select c.id as company, null::uuid as contact, null::uuid as interview from companies c
             where c.user_id = $1 and c.id = $8 and $9 = 'company' and c.deleted_at is null
             union all select null, k.id, null from contacts k
             where k.user_id = $1 and k.id = $8 and $9 = 'contact' and k.deleted_at is null
             union all select null, null, i.id from informational_interviews i
             where i.user_id = $1 and i.id = $8 and $9 = 'interview' and i.deleted_at is null
         ) o
         on conflict do nothing",
        by.user_id() as _,
        new.id as _,
        new.grant as _,
        new.by_name,
        new.of_message,
        new.text,
        At(now) as _,
        new.of,
        new.about.as_str(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the seeker's answer to a coach's comment. False where there is none, or it was written before.
pub async fn answer(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: CommentId,
    to: CommentId,
    text: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into comments (user_id, id, grant_id, by_coach, by_name, company_id, contact_id, interview_id, of_message, text, created_at)
         select m.user_id, $2, m.grant_id, false, m.by_name, m.company_id, m.contact_id, m.interview_id, false, $4, $5
         from comments m where m.user_id = $1 and m.id = $3 and m.by_coach and m.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        to as _,
        text,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks everything as done that a coach said beside the same thing before it was answered.
pub async fn mark_answered(db: impl PgExecutor<'_>, by: Commenter, to: CommentId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update comments c set done_at = $3, version = c.version + 1 from comments m
         where m.user_id = $1 and m.id = $2 and c.user_id = $1 and c.by_coach and c.done_at is null and c.grant_id = m.grant_id
             and c.company_id is not distinct from m.company_id and c.contact_id is not distinct from m.contact_id
             and c.interview_id is not distinct from m.interview_id",
        by.user_id() as _,
        to as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a comment stands, and what it says.
pub struct Written {
    pub about: About,
    pub of: Uuid,
    pub text: String,
    pub version: i32,
}

impl Written {
    /// The page it stands on.
    pub fn address(&self) -> String {
        format!("{}#comments", self.about.address(self.of))
    }
}

/// A comment of whoever asks; nothing if it is someone else's, or there is none. With `deleted`, one that was deleted.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: CommentId,
    deleted: bool,
) -> sqlx::Result<Option<Written>> {
    sqlx::query_as!(
        Written,
        r#"select case when company_id is not null then 'company' when contact_id is not null then 'contact' else 'interview' end
                   as "about!: About",
               coalesce(company_id, contact_id, interview_id) as "of!", text, version
           from comments where user_id = $1 and id = $2 and by_coach = ($3::uuid is not null)
               and ($3::uuid is null or grant_id = $3) and (deleted_at is not null) = $4"#,
        by.user_id() as _,
        id as _,
        by.grant() as _,
        deleted,
    )
    .fetch_optional(db)
    .await
}

/// Changes what a comment says, unless it was changed since `version`. False where it was, or it is someone else's.
pub async fn update(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: CommentId,
    version: i32,
    text: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update comments set text = $5, edited_at = $6, version = version + 1
         where user_id = $1 and id = $2 and by_coach = ($3::uuid is not null) and ($3::uuid is null or grant_id = $3)
             and version = $4 and deleted_at is null",
        by.user_id() as _,
        id as _,
        by.grant() as _,
        version,
        text,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a comment, or with no instant brings it back.
pub async fn set_deleted(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: CommentId,
    at: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update comments set deleted_at = $4, version = version + 1
         where user_id = $1 and id = $2 and by_coach = ($3::uuid is not null) and ($3::uuid is null or grant_id = $3)",
        by.user_id() as _,
        id as _,
        by.grant() as _,
        at.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks a coach's comment as done, or with no instant as open again. Returns where it stands; nothing if there is none.
pub async fn set_done(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CommentId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<Written>> {
    sqlx::query_as!(
        Written,
        r#"update comments set done_at = $3, version = version + 1
           where user_id = $1 and id = $2 and by_coach and deleted_at is null
           returning case when company_id is not null then 'company' when contact_id is not null then 'contact' else 'interview' end
                   as "about!: About",
               coalesce(company_id, contact_id, interview_id) as "of!", text, version"#,
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await
}
