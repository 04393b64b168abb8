//! When a talk began, and who spoke how long.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::InterviewId;
use crate::interviews::clock::{Shared, Speaker};

/// Says when a talk began. False if there is no such talk.
pub async fn start(db: impl PgExecutor<'_>, by: Owner, id: InterviewId, at: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update informational_interviews t set started_at = $3
         where t.user_id = $1 and t.id = $2 and t.deleted_at is null
             and exists (select from contacts k where k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null)",
        by.user_id() as _,
        id as _,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Holds a talk until the transaction ends, and tells how its time was shared.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<Shared>> {
    let row = sqlx::query!(
        r#"select t.speaker as "speaker: Speaker", t.speaking_since as "since: At", t.my_seconds, t.their_seconds
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           where t.user_id = $1 and k.user_id = $1 and t.id = $2 and t.deleted_at is null
           for update of t"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Shared {
        speaking: row.speaker.zip(row.since.map(|since| since.0)),
        mine: row.my_seconds,
        theirs: row.their_seconds,
    }))
}

/// Sets how the time was shared; the talk is held by [`lock`].
pub async fn set(db: impl PgExecutor<'_>, by: Owner, id: InterviewId, shared: Shared) -> sqlx::Result<()> {
    let (speaker, since) = shared.speaking.unzip();
    sqlx::query!(
        "update informational_interviews set speaker = $3, speaking_since = $4, my_seconds = $5, their_seconds = $6
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        speaker as _,
        since.map(At) as _,
        shared.mine,
        shared.theirs,
    )
    .execute(db)
    .await?;
    Ok(())
}
