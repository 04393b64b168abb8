//! What is typed during a talk.

use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::Owner;
use crate::ids::{InterviewId, InterviewQuestionId};

/// The notes and answers that are stored.
pub struct Stored {
    pub notes: Option<String>,
    pub notes_version: i32,
    pub notes_saved_from: Option<Uuid>,
    pub answers: Json<Vec<StoredAnswer>>,
}

/// One answer that is stored; also of a question that was taken away, which may come back.
#[derive(Debug, Deserialize)]
pub struct StoredAnswer {
    pub id: InterviewQuestionId,
    pub answer: Option<String>,
    pub version: i32,
    pub saved_from: Option<Uuid>,
}

/// Holds the talk until the transaction ends, and tells what is stored.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, talk: InterviewId) -> sqlx::Result<Option<Stored>> {
    sqlx::query_as!(
        Stored,
        r#"select t.notes, t.notes_version, t.notes_saved_from,
               (select coalesce(json_agg(json_build_object('id', q.id, 'answer', q.answer, 'version', q.version,
                       'saved_from', q.saved_from)), '[]')
                   from interview_questions q where q.user_id = $1 and q.interview_id = t.id
               ) as "answers!: Json<Vec<StoredAnswer>>"
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           where t.user_id = $1 and t.id = $2 and t.deleted_at is null
           for update of t"#,
        by.user_id() as _,
        talk as _,
    )
    .fetch_optional(db)
    .await
}

/// A text to keep, with the page that saved it.
pub struct Kept {
    pub text: Option<String>,
    pub saved_from: Option<Uuid>,
}

/// Keeps the notes; the talk is held by [`lock`].
pub async fn keep_notes(db: &mut PgConnection, by: Owner, talk: InterviewId, notes: &Kept) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set notes = $3, notes_saved_from = $4, notes_version = notes_version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        talk as _,
        notes.text.as_deref(),
        notes.saved_from,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps answers; the talk is held by [`lock`].
pub async fn keep_answers(
    db: &mut PgConnection,
    by: Owner,
    talk: InterviewId,
    answers: &[(InterviewQuestionId, Kept)],
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = answers.iter().map(|(id, _)| id.0).collect();
    let texts: Vec<Option<String>> = answers.iter().map(|(_, kept)| kept.text.clone()).collect();
    let pages: Vec<Option<Uuid>> = answers.iter().map(|(_, kept)| kept.saved_from).collect();
    sqlx::query!(
        "update interview_questions q set answer = n.answer, saved_from = n.saved_from, version = q.version + 1
         from unnest($3::uuid[], $4::text[], $5::uuid[]) as n (id, answer, saved_from)
         where q.user_id = $1 and q.interview_id = $2 and q.id = n.id",
        by.user_id() as _,
        talk as _,
        &ids,
        &texts as &[Option<String>],
        &pages as &[Option<Uuid>],
    )
    .execute(db)
    .await?;
    Ok(())
}
