//! Promises and insights.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::{ActionItemId, InterviewId};
use crate::interviews::kinds::Whose;
use crate::text::Line;

/// Adds promises. One whose id is there already is left out; all are, where there is no such talk.
pub async fn add_actions(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    new: &[(ActionItemId, Promise)],
    now: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<_> = new.iter().map(|(id, _)| id.0).collect();
    let whose: Vec<_> = new.iter().map(|(_, promise)| promise.whose.to_string()).collect();
    let texts: Vec<_> = new.iter().map(|(_, promise)| promise.text.as_str().to_owned()).collect();
    let due_on: Vec<_> = new.iter().map(|(_, promise)| promise.due_on.map(Day)).collect();
    sqlx::query!(
        "insert into action_items (user_id, id, interview_id, contact_id, whose, text, due_on, created_at)
         select t.user_id, n.id, t.id, t.contact_id, n.whose, n.text, n.due_on, $7
         from informational_interviews t
         cross join unnest($3::uuid[], $4::text[], $5::text[], $6::date[]) as n (id, whose, text, due_on)
         where t.user_id = $1 and t.id = $2 and t.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        talk as _,
        &ids,
        &whose,
        &texts,
        &due_on as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A promise, with what its page shows.
pub struct Action {
    pub interview_id: InterviewId,
    pub name: String,
    pub whose: Whose,
    pub text: String,
    pub due_on: Option<Day>,
    pub version: i32,
}

/// One promise.
pub async fn find_action(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ActionItemId,
) -> sqlx::Result<Option<Action>> {
    sqlx::query_as!(
        Action,
        r#"select a.interview_id as "interview_id: InterviewId", k.name, a.whose as "whose: Whose", a.text, a.due_on as "due_on: Day",
               a.version
           from action_items a join contacts k on k.user_id = a.user_id and k.id = a.contact_id
           where a.user_id = $1 and k.user_id = $1 and a.id = $2 and a.deleted_at is null and k.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Saves a promise if nobody saved since `version`.
pub async fn update_action(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ActionItemId,
    version: i32,
    new: &Promise,
) -> sqlx::Result<Option<InterviewId>> {
    sqlx::query_scalar!(
        r#"update action_items set whose = $4, text = $5, due_on = $6, version = version + 1
           where user_id = $1 and id = $2 and version = $3 and deleted_at is null
           returning interview_id as "id: InterviewId""#,
        by.user_id() as _,
        id as _,
        version,
        new.whose as _,
        new.text.as_str(),
        new.due_on.map(Day) as _,
    )
    .fetch_optional(db)
    .await
}

/// What a promise was before a change.
pub struct Was {
    pub interview_id: InterviewId,
    pub text: String,
    pub due_on: Option<Day>,
}

/// Marks a promise as kept or, without an instant, as open again; that also takes back a dismissal.
pub async fn set_done(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ActionItemId,
    done: Option<Timestamp>,
) -> sqlx::Result<Option<Was>> {
    sqlx::query_as!(
        Was,
        r#"update action_items set done_at = $3, dismissed_at = null, version = version + 1
           where user_id = $1 and id = $2 and deleted_at is null
           returning interview_id as "interview_id: InterviewId", text, due_on as "due_on: Day""#,
        by.user_id() as _,
        id as _,
        done.map(At) as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets a promise go.
pub async fn dismiss(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ActionItemId,
    now: Timestamp,
) -> sqlx::Result<Option<Was>> {
    sqlx::query_as!(
        Was,
        r#"update action_items set dismissed_at = $3, version = version + 1
           where user_id = $1 and id = $2 and deleted_at is null
           returning interview_id as "interview_id: InterviewId", text, due_on as "due_on: Day""#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Sets the day of a promise, and tells which it was.
pub async fn put_off(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ActionItemId,
    until: Option<Date>,
) -> sqlx::Result<Option<Was>> {
    sqlx::query_as!(
        Was,
        r#"update action_items a set due_on = $3, version = a.version + 1
           from action_items old
           where a.user_id = $1 and a.id = $2 and a.deleted_at is null and old.user_id = $1 and old.id = $2
           returning a.interview_id as "interview_id: InterviewId", a.text, old.due_on as "due_on: Day""#,
        by.user_id() as _,
        id as _,
        until.map(Day) as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts a promise in the bin, or without an instant takes it out.
pub async fn bin_action(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ActionItemId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<Was>> {
    sqlx::query_as!(
        Was,
        r#"update action_items set deleted_at = $3, version = version + 1
           where user_id = $1 and id = $2 and (deleted_at is null) = ($3::timestamptz is not null)
           returning interview_id as "interview_id: InterviewId", text, due_on as "due_on: Day""#,
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts those promises in the bin.
pub async fn bin_actions(db: impl PgExecutor<'_>, by: Owner, ids: &[ActionItemId], now: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update action_items set deleted_at = $3, version = version + 1
         where user_id = $1 and id = any($2) and deleted_at is null",
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a talk is there.
pub async fn is_there(db: impl PgExecutor<'_>, by: impl Into<Viewer>, talk: InterviewId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from informational_interviews t
               join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
               where t.user_id = $1 and t.id = $2 and t.deleted_at is null) as "there!""#,
        by.into().user_id() as _,
        talk as _,
    )
    .fetch_one(db)
    .await
}

/// What the form means.
pub struct Promise {
    pub whose: Whose,
    pub text: Line<1000>,
    pub due_on: Option<Date>,
}
