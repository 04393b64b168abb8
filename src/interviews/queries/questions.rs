//! The questions of a talk, the user's bank, what was found out before, and the opener.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::Owner;
use crate::companies::search_links::prepare::Source;
use crate::database::{At, on_constraint};
use crate::ids::{InterviewId, InterviewQuestionId, QuestionId};
use crate::playbook::topic::Topic;
use crate::text::Line;

/// Holds a talk until the transaction ends and tells how many questions it has; nothing if there is no such talk.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"select (select count(*) from interview_questions q where q.user_id = $1 and q.interview_id = t.id
               and q.deleted_at is null) as "n!"
           from informational_interviews t where t.user_id = $1 and t.id = $2 and t.deleted_at is null for update"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Adds questions behind those there are; one that is there already stays as it is. Returns how many are new.
pub async fn pick(db: impl PgExecutor<'_>, by: Owner, id: InterviewId, picked: &[Question]) -> sqlx::Result<u64> {
    let ids: Vec<Uuid> = picked.iter().map(|q| q.id.0).collect();
    let topics: Vec<String> = picked.iter().map(|q| q.topic.to_string()).collect();
    let texts: Vec<String> = picked.iter().map(|q| q.text.as_str().to_owned()).collect();
    let done = sqlx::query!(
        "insert into interview_questions (user_id, id, interview_id, topic, text, position)
         select $1, n.id, $2, n.topic, n.text,
             coalesce((select max(q.position) from interview_questions q where q.user_id = $1 and q.interview_id = $2), 0) + n.place
         from unnest($3::uuid[], $4::text[], $5::text[]) with ordinality as n (id, topic, text, place)
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        &ids,
        &topics,
        &texts,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Adds a question to the user's bank, unless it is there.
pub async fn keep_in_bank(db: impl PgExecutor<'_>, by: Owner, question: &Question, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into questions (user_id, id, topic, text, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        by.user_id() as _,
        QuestionId(question.id.0) as _,
        question.topic as _,
        question.text.as_str(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a question stands.
pub struct Place {
    pub interview_id: InterviewId,
    pub text: String,
}

/// The talk of a question, if both are there; in the bin or not, as asked.
pub async fn place(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InterviewQuestionId,
    binned: bool,
) -> sqlx::Result<Option<Place>> {
    sqlx::query_as!(
        Place,
        r#"select q.interview_id as "interview_id: InterviewId", q.text
           from interview_questions q
           join informational_interviews t on t.user_id = q.user_id and t.id = q.interview_id and t.deleted_at is null
           where q.user_id = $1 and t.user_id = $1 and q.id = $2 and (q.deleted_at is not null) = $3
           for update of t"#,
        by.user_id() as _,
        id as _,
        binned,
    )
    .fetch_optional(db)
    .await
}

/// What came of writing a question anew.
pub enum Reworded {
    /// It is saved.
    Yes,
    /// The talk has that question already.
    Twice,
}

/// Writes a question anew.
pub async fn reword(db: impl PgExecutor<'_>, by: Owner, id: InterviewQuestionId, text: &str) -> sqlx::Result<Reworded> {
    let done = sqlx::query!(
        "update interview_questions set text = $3 where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        text,
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(Reworded::Yes),
        Err(e) => on_constraint(e, &["interview_questions_once"], Reworded::Twice),
    }
}

/// Moves a question one place up or down, and numbers all of them anew.
pub async fn step(
    db: &mut PgConnection,
    by: Owner,
    talk: InterviewId,
    id: InterviewQuestionId,
    up: bool,
) -> sqlx::Result<()> {
    // Each keeps twice its place; the one that moves jumps over its neighbour by three.
    sqlx::query!(
        "update interview_questions q set position = n.place
         from (
             select id, row_number() over (order by 2 * place + case when id = $3 then case when $4 then -3 else 3 end else 0 end) as place
             from (
                 select id, row_number() over (order by position, id) as place
                 from interview_questions where user_id = $1 and interview_id = $2 and deleted_at is null
             ) now
         ) n
         where q.user_id = $1 and q.id = n.id",
        by.user_id() as _,
        talk as _,
        id as _,
        up,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a question away; what was answered stays with it.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: InterviewQuestionId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update interview_questions set deleted_at = $3 where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings a question back to its place. False if the talk has the same question by now.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: InterviewQuestionId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update interview_questions set deleted_at = null where user_id = $1 and id = $2 and deleted_at is not null",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(true),
        Err(e) => on_constraint(e, &["interview_questions_once"], false),
    }
}

/// What is stored of one source.
pub struct Found {
    pub source: Source,
    pub text: Option<String>,
    pub version: i32,
}

/// What is stored of the sources, and the opener; the talk is held by [`lock`].
pub async fn findings(db: impl PgExecutor<'_>, by: Owner, talk: InterviewId) -> sqlx::Result<Vec<Found>> {
    sqlx::query_as!(
        Found,
        r#"select source as "source: Source", text, version from findings where user_id = $1 and interview_id = $2"#,
        by.user_id() as _,
        talk as _,
    )
    .fetch_all(db)
    .await
}

/// What was found in one source.
pub struct Finding {
    pub source: Source,
    pub text: Option<String>,
    pub checked: bool,
}

/// Keeps what was found; what is as it was stays untouched.
pub async fn keep_findings(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    findings: &[Finding],
    now: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = findings.iter().map(|_| Uuid::now_v7()).collect();
    let sources: Vec<String> = findings.iter().map(|f| f.source.to_string()).collect();
    let texts: Vec<Option<String>> = findings.iter().map(|f| f.text.clone()).collect();
    let checked: Vec<bool> = findings.iter().map(|f| f.checked).collect();
    sqlx::query!(
        "insert into findings (user_id, id, interview_id, source, text, checked_at)
         select $1, n.id, $2, n.source, n.text, case when n.checked then $7::timestamptz end
         from unnest($3::uuid[], $4::text[], $5::text[], $6::bool[]) as n (id, source, text, checked)
         on conflict (user_id, interview_id, source) do update set text = excluded.text,
             checked_at = case when excluded.checked_at is null then null else coalesce(findings.checked_at, excluded.checked_at) end,
             version = findings.version + 1
         where (findings.text, findings.checked_at is null) is distinct from (excluded.text, excluded.checked_at is null)",
        by.user_id() as _,
        talk as _,
        &ids,
        &sources,
        &texts as &[Option<String>],
        &checked,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The opener as it is stored.
pub async fn opener(db: impl PgExecutor<'_>, by: Owner, talk: InterviewId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select opener from informational_interviews where user_id = $1 and id = $2",
        by.user_id() as _,
        talk as _,
    )
    .fetch_one(db)
    .await
}

/// Keeps the opener.
pub async fn keep_opener(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    opener: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set opener = $3 where user_id = $1 and id = $2",
        by.user_id() as _,
        talk as _,
        opener,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A question to be asked.
pub struct Question {
    pub id: InterviewQuestionId,
    pub topic: Topic,
    pub text: Line<500>,
}
