//! Lines that were caught during a talk.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{CapturedLineId, InterviewId};
use crate::interviews::kinds::Catch;

/// Adds a line. Nothing happens if its id is there already, or there is no such talk.
pub async fn add(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    id: CapturedLineId,
    kind: Catch,
    text: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into captured_lines (user_id, id, interview_id, kind, text, captured_at)
         select t.user_id, $3, t.id, $4, $5, $6
         from informational_interviews t where t.user_id = $1 and t.id = $2 and t.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        talk as _,
        id as _,
        kind as _,
        text,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Drops a line or, without an instant, brings it back; tells its talk.
pub async fn dismiss(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CapturedLineId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<InterviewId>> {
    sqlx::query_scalar!(
        r#"update captured_lines l set dismissed_at = $3, version = l.version + 1
           where l.user_id = $1 and l.id = $2
               and exists (select from informational_interviews t
                   where t.user_id = $1 and t.id = l.interview_id and t.deleted_at is null)
           returning l.interview_id as "id: InterviewId""#,
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await
}

/// A line that is to be filed.
pub struct CapturedLine {
    pub interview_id: InterviewId,
    pub kind: Catch,
    pub is_filed: bool,
    /// How often it was filed, the last time included.
    pub filings: i16,
}

/// Holds a line until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: CapturedLineId) -> sqlx::Result<Option<CapturedLine>> {
    sqlx::query_as!(
        CapturedLine,
        r#"select l.interview_id as "interview_id: InterviewId", l.kind as "kind: Catch", l.filed_at is not null as "is_filed!", l.filings
           from captured_lines l
           join informational_interviews t on t.user_id = l.user_id and t.id = l.interview_id and t.deleted_at is null
           where l.user_id = $1 and t.user_id = $1 and l.id = $2
           for update of l"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Says that a line is filed once more or, without an instant, that it is not; [`lock`] holds it.
pub async fn set_filed(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CapturedLineId,
    at: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update captured_lines set filed_at = $3, filings = filings + case when $3::timestamptz is null then 0 else 1 end,
             dismissed_at = null, version = version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
