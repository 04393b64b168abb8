//! SQL of the browsers that show an account's notices. They end with the login they were added in where someone ends that
//! (`ended`, and wherever sessions are deleted); one that runs out leaves them, since a notice names nobody.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{PushDeviceId, SessionId, UserId};
use crate::notices::sealing::Seal;

/// A browser that is to show notices.
pub struct NewDevice<'a> {
    pub id: PushDeviceId,
    pub session: SessionId,
    pub name: &'a str,
    pub endpoint: &'a str,
    pub seal: &'a Seal,
}

/// Forgets a browser under all accounts but this one: it shows the notices of whoever asked for them last.
pub async fn forget_others(db: impl PgExecutor<'_>, by: Owner, endpoint: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from push_devices where endpoint = $1 and owner_id <> $2", endpoint, by.user_id() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds a browser, or keeps what it says anew. False where the account has so many others.
pub async fn keep(
    db: impl PgExecutor<'_>,
    by: Owner,
    new: NewDevice<'_>,
    most: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into push_devices as d (owner_id, id, session_id, name, endpoint, public_key, secret, created_at)
         select $1, $2, $3, $4, $5, $6, $7, $8
         where (select count(*) from push_devices where owner_id = $1 and endpoint <> $5) < $9
         on conflict (endpoint) do update set session_id = excluded.session_id, name = excluded.name,
             public_key = excluded.public_key, secret = excluded.secret
         where d.owner_id = $1",
        by.user_id() as _,
        new.id as _,
        new.session as _,
        new.name,
        new.endpoint,
        &new.seal.public_key,
        &new.seal.secret[..],
        At(now) as _,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets the browser that was reached there. False where the account has none.
pub async fn forget_at(db: impl PgExecutor<'_>, by: Owner, endpoint: &str) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("delete from push_devices where owner_id = $1 and endpoint = $2", by.user_id() as _, endpoint)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets a browser, with the notices on their way to it. False where the account has none such.
pub async fn delete(db: impl PgExecutor<'_>, account: UserId, id: PushDeviceId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from push_devices where owner_id = $1 and id = $2", account as _, id as _)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// How a browser is reached.
pub struct Reached {
    pub endpoint: String,
    pub public_key: Vec<u8>,
    pub secret: Vec<u8>,
}

/// How this browser is reached, if it is still there.
pub async fn reached(db: impl PgExecutor<'_>, account: UserId, id: PushDeviceId) -> sqlx::Result<Option<Reached>> {
    sqlx::query_as!(
        Reached,
        "select endpoint, public_key, secret from push_devices where owner_id = $1 and id = $2",
        account as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Notes that a notice was taken for it.
pub async fn told(db: impl PgExecutor<'_>, account: UserId, id: PushDeviceId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update push_devices set told_at = $3 where owner_id = $1 and id = $2",
        account as _,
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
