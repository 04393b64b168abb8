//! SQL of what the two do so that a referral happens.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::{ReferralId, ReferralTaskId};
use crate::playbook::referral::Whose;

/// A task to be added.
pub struct NewTask {
    pub id: ReferralTaskId,
    pub whose: Whose,
    pub text: &'static str,
    pub due_on: Date,
}

/// Adds tasks in their order, in place of those that are not done.
pub async fn replace(db: &mut PgConnection, by: Owner, id: ReferralId, tasks: &[NewTask]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from referral_tasks where user_id = $1 and referral_id = $2 and done_at is null",
        by.user_id() as _,
        id as _,
    )
    .execute(&mut *db)
    .await?;
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id.0).collect();
    let whose: Vec<String> = tasks.iter().map(|task| task.whose.as_str().to_owned()).collect();
    let texts: Vec<String> = tasks.iter().map(|task| task.text.to_owned()).collect();
    let dues: Vec<Day> = tasks.iter().map(|task| Day(task.due_on)).collect();
    sqlx::query!(
        "insert into referral_tasks (user_id, id, referral_id, whose, text, due_on, position)
         select $1, n.id, $2, n.whose, n.text, n.due_on, n.position
         from unnest($3::uuid[], $4::text[], $5::text[], $6::date[]) with ordinality as n (id, whose, text, due_on, position)",
        by.user_id() as _,
        id as _,
        &ids,
        &whose,
        &texts,
        &dues as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes all tasks of a referral away: it was never agreed on.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: ReferralId) -> sqlx::Result<()> {
    sqlx::query!("delete from referral_tasks where user_id = $1 and referral_id = $2", by.user_id() as _, id as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks what they were to do as done: they did it.
pub async fn mark_theirs_done(db: impl PgExecutor<'_>, by: Owner, id: ReferralId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update referral_tasks set done_at = $3 where user_id = $1 and referral_id = $2 and whose = 'theirs' and done_at is null",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes back the marks made at that instant.
pub async fn unmark_theirs(db: impl PgExecutor<'_>, by: Owner, id: ReferralId, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update referral_tasks set done_at = null where user_id = $1 and referral_id = $2 and whose = 'theirs' and done_at = $3",
        by.user_id() as _,
        id as _,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the two have done all they had to do; not where there was nothing.
pub async fn are_done(db: impl PgExecutor<'_>, by: Owner, id: ReferralId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coalesce(bool_and(done_at is not null), false) as "done!" from referral_tasks where user_id = $1 and referral_id = $2"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_one(db)
    .await
}

/// Marks a task as done, or as open again. Returns its referral and text; nothing if there is no such task.
pub async fn set_done(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ReferralTaskId,
    done_at: Option<Timestamp>,
) -> sqlx::Result<Option<(ReferralId, String)>> {
    let row = sqlx::query!(
        r#"update referral_tasks t set done_at = $3 from referrals r
           where t.user_id = $1 and t.id = $2 and r.user_id = $1 and r.id = t.referral_id and r.deleted_at is null
           returning r.id as "referral: ReferralId", t.text"#,
        by.user_id() as _,
        id as _,
        done_at.map(At) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.referral, row.text)))
}

/// Sets the day a task is to be done by. Returns its referral and text; nothing if there is no such task.
pub async fn set_due(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ReferralTaskId,
    due_on: Option<Date>,
) -> sqlx::Result<Option<(ReferralId, String)>> {
    let row = sqlx::query!(
        r#"update referral_tasks t set due_on = $3 from referrals r
           where t.user_id = $1 and t.id = $2 and r.user_id = $1 and r.id = t.referral_id and r.deleted_at is null
           returning r.id as "referral: ReferralId", t.text"#,
        by.user_id() as _,
        id as _,
        due_on.map(Day) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.referral, row.text)))
}
