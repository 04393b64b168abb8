//! SQL of the question bank: the user's own questions, and which of those that come with Inroad are hidden.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use crate::access::{Owner, Viewer};
use crate::database::{At, Restored, on_constraint};
use crate::ids::QuestionId;
use crate::playbook::topic::Topic;

/// A question of the bank.
pub struct BankRow {
    pub id: QuestionId,
    pub topic: Topic,
    pub text: String,
    pub version: i32,
    /// It comes with Inroad, and is not to be offered.
    pub is_hidden: bool,
}

/// The whole bank, the oldest first.
pub async fn list(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<BankRow>> {
    sqlx::query_as!(
        BankRow,
        r#"select id as "id: QuestionId", topic as "topic: Topic", text, version, hidden_at is not null as "is_hidden!"
           from questions where user_id = $1 and deleted_at is null order by id"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// What came of saving a question.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    Yes,
    /// The form was sent before.
    Again,
    /// The bank has these words.
    TextTaken,
    /// Someone saved since it was read; these are the words and the version now.
    Changed(String, i32),
    /// There is no such question.
    Gone,
}

fn taken(error: sqlx::Error) -> sqlx::Result<Saved> {
    on_constraint(error, &["questions_text_taken"], Saved::TextTaken)
}

/// Adds a question; `is_hidden` where it comes with Inroad and is not to be offered.
pub async fn insert(
    db: &mut PgConnection,
    by: Owner,
    id: QuestionId,
    topic: Topic,
    text: &str,
    is_hidden: bool,
    now: Timestamp,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "insert into questions (user_id, id, topic, text, created_at, hidden_at)
         values ($1, $2, $3, $4, $5::timestamptz, case when $6 then $5::timestamptz end)
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        topic as _,
        text,
        At(now) as _,
        is_hidden,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Saved::Yes);
    }
    let again = sqlx::query_scalar!(
        r#"select exists (select from questions where user_id = $1 and id = $2) as "again!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_one(db)
    .await?;
    Ok(if again { Saved::Again } else { Saved::TextTaken })
}

/// Saves a question if nobody saved since `version`.
pub async fn update(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: QuestionId,
    version: i32,
    topic: Topic,
    text: &str,
) -> sqlx::Result<Saved> {
    let saved = sqlx::query!(
        r#"with saved as (
               update questions set topic = $4, text = $5, version = version + 1
               where user_id = $1 and id = $2 and version = $3 and deleted_at is null and hidden_at is null returning id
           )
           select q.text, q.version, exists (select from saved) as "is_saved!"
           from questions q where q.user_id = $1 and q.id = $2 and q.deleted_at is null and q.hidden_at is null"#,
        by.user_id() as _,
        id as _,
        version,
        topic as _,
        text,
    )
    .fetch_optional(db)
    .await;
    match saved {
        Ok(Some(row)) if row.is_saved => Ok(Saved::Yes),
        Ok(Some(row)) => Ok(Saved::Changed(row.text, row.version)),
        Ok(None) => Ok(Saved::Gone),
        Err(error) => taken(error),
    }
}

/// A question that was deleted or brought back.
pub struct Moved {
    pub text: String,
    /// It was not the question that went, but that it is hidden.
    pub is_hidden: bool,
}

/// Deletes a question, or that one is hidden.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: QuestionId, now: Timestamp) -> sqlx::Result<Option<Moved>> {
    sqlx::query_as!(
        Moved,
        r#"update questions set deleted_at = coalesce(deleted_at, $3) where user_id = $1 and id = $2
           returning text, hidden_at is not null as "is_hidden!""#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Brings a question back, or hides one again.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: QuestionId) -> sqlx::Result<Restored<Moved>> {
    let restored = sqlx::query_as!(
        Moved,
        r#"update questions set deleted_at = null where user_id = $1 and id = $2
           returning text, hidden_at is not null as "is_hidden!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await;
    Restored::of(restored, "questions_text_taken")
}
