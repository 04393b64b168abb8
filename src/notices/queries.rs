//! SQL of the queue of notices, which is as that of mail: each is claimed by a condition and for a while.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::{Json, JsonValue};

use crate::database::At;
use crate::ids::{NoticeId, PushDeviceId, UserId};
use crate::mail::letter::Letter;

/// A notice to be.
pub struct NewNotice<'a> {
    pub id: NoticeId,
    pub letter: &'a Letter,
    /// It goes before those that are not.
    pub urgent: bool,
    pub now: Timestamp,
    pub until: Timestamp,
}

/// Puts a notice for each device of an account that may log in, or for the one. False where there is none.
pub async fn insert(
    db: impl PgExecutor<'_>,
    account: UserId,
    new: NewNotice<'_>,
    only: Option<PushDeviceId>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into notices (id, owner_id, device_id, urgent, letter, made_at, due_at, expires_at)
         select $1, d.owner_id, d.id, $3, $4, $5, $5, $6
         from push_devices d join users u on u.id = d.owner_id and u.disabled_at is null
         where d.owner_id = $2 and ($7::uuid is null or d.id = $7)",
        new.id as _,
        account as _,
        new.urgent,
        Json(new.letter) as _,
        At(new.now) as _,
        At(new.until) as _,
        only as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A notice that this program holds.
pub struct Claimed {
    pub id: NoticeId,
    pub device: PushDeviceId,
    pub account: UserId,
    pub letter: JsonValue,
    pub expires_at: At,
    /// Which attempt this is: whoever held it before has another.
    pub attempts: i32,
}

/// Takes the notice that is due longest, until `until`; what is urgent goes before the rest.
pub async fn claim(db: impl PgExecutor<'_>, now: Timestamp, until: Timestamp) -> sqlx::Result<Option<Claimed>> {
    sqlx::query_as!(
        Claimed,
        r#"update notices set due_at = $2, attempts = attempts + 1
           where (id, device_id) = (select id, device_id from notices where due_at <= $1
               order by urgent desc, due_at, id, device_id limit 1 for update skip locked)
           returning id as "id: NoticeId", device_id as "device: PushDeviceId", owner_id as "account: UserId",
               letter, expires_at as "expires_at: At", attempts"#,
        At(now) as _,
        At(until) as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets go of a notice that was taken, or that nobody needs, unless someone else took it over.
pub async fn delete(db: impl PgExecutor<'_>, notice: &Claimed) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from notices where id = $1 and device_id = $2 and attempts = $3",
        notice.id as _,
        notice.device as _,
        notice.attempts
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a notice back, to be tried at `at`, unless someone else took it over.
pub async fn put_back(db: impl PgExecutor<'_>, notice: &Claimed, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update notices set due_at = $4 where id = $1 and device_id = $2 and attempts = $3",
        notice.id as _,
        notice.device as _,
        notice.attempts,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
