//! SQL of reminders: the talks that come.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::database::At;
use crate::ids::InterviewId;
use crate::playbook::talk::Medium;

/// A talk that comes.
pub struct Coming {
    pub id: InterviewId,
    pub name: String,
    pub starts_at: At,
    pub minutes: i16,
    pub way: Medium,
    /// When it was set, or moved last.
    pub changed_at: At,
    /// The sources that were read, and the questions picked.
    pub sources: i64,
    pub questions: i64,
}

/// The talks that begin between the two instants, those in writing left out: nobody waits at an hour for them.
pub async fn coming(
    db: impl PgExecutor<'_>,
    by: Viewer,
    after: Timestamp,
    until: Timestamp,
) -> sqlx::Result<Vec<Coming>> {
    sqlx::query_as!(
        Coming,
        r#"select t.id as "id: InterviewId", k.name, t.starts_at as "starts_at: At", t.minutes, t.way as "way: Medium",
               t.changed_at as "changed_at: At",
               (select count(*) from findings f where f.user_id = $1 and f.interview_id = t.id and f.checked_at is not null) as "sources!",
               (select count(*) from interview_questions q where q.user_id = $1 and q.interview_id = t.id and q.deleted_at is null) as "questions!"
           from informational_interviews t
           join contacts k on k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null
           where t.user_id = $1 and t.starts_at > $2 and t.starts_at <= $3 and t.status = 'scheduled' and t.way <> 'in_writing'
               and t.deleted_at is null
           order by t.starts_at, t.id limit 200"#,
        by.user_id() as _,
        At(after) as _,
        At(until) as _,
    )
    .fetch_all(db)
    .await
}
