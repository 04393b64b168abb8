//! Lines that were caught during a talk.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{CapturedLineId, InterviewId};
use crate::interviews::kinds::Catch;

/// A line to be.
pub struct NewLine<'a> {
    /// The id it will have.
    pub id: CapturedLineId,
    /// What it is.
    pub kind: Catch,
    /// Its words.
    pub text: &'a str,
    /// The program that writes it; nothing where the user does.
    pub program: Option<&'a str>,
}

/// Adds a line. Nothing happens if its id is there already, or there is no such talk.
pub async fn add(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    line: NewLine<'_>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into captured_lines (user_id, id, interview_id, kind, text, captured_at, program)
         select t.user_id, $3, t.id, $4, $5, $6, $7
         from informational_interviews t where t.user_id = $1 and t.id = $2 and t.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        talk as _,
        line.id as _,
        line.kind as _,
        line.text,
        At(now) as _,
        line.program,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A line whose words were filed or discarded, and how often that happened to it, this time included.
pub struct Claimed {
    pub id: CapturedLineId,
    pub filings: i16,
}

/// Says of those lines of a talk that wait that they are filed, and of others that they are discarded. Returns the ones that
/// waited: of two tabs, one gets a line.
pub async fn claim(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    filed: &[CapturedLineId],
    discarded: &[CapturedLineId],
    now: Timestamp,
) -> sqlx::Result<Vec<Claimed>> {
    let uuids = |ids: &[CapturedLineId]| ids.iter().map(|id| id.0).collect::<Vec<_>>();
    sqlx::query_as!(
        Claimed,
        r#"update captured_lines set filings = filings + 1, version = version + 1,
               filed_at = case when id = any($3) then $5::timestamptz end,
               dismissed_at = case when id = any($4) then $5::timestamptz end
           where user_id = $1 and interview_id = $2 and (id = any($3) or id = any($4)) and filed_at is null and dismissed_at is null
           returning id as "id: CapturedLineId", filings"#,
        by.user_id() as _,
        talk as _,
        &uuids(filed),
        &uuids(discarded),
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// Lets the lines wait again that were filed or discarded at that instant, and returns them.
pub async fn release(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    at: Timestamp,
) -> sqlx::Result<Vec<Claimed>> {
    sqlx::query_as!(
        Claimed,
        r#"update captured_lines set filed_at = null, dismissed_at = null, version = version + 1
           where user_id = $1 and interview_id = $2 and (filed_at = $3 or dismissed_at = $3)
           returning id as "id: CapturedLineId", filings"#,
        by.user_id() as _,
        talk as _,
        At(at) as _,
    )
    .fetch_all(db)
    .await
}
