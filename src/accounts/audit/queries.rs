//! SQL of the audit log.

use jiff::Timestamp;
use sqlx::PgExecutor;

use super::kind::Kind;
use crate::access::{Admin, Owner};
use crate::database::At;
use crate::ids::{AuditEventId, SessionId, UserId};

/// What happened, and when.
pub struct New<'a> {
    pub kind: Kind,
    pub about: Option<&'a str>,
    pub now: Timestamp,
}

/// Who did it and from where, where no session says so.
pub struct From<'a> {
    pub by_name: Option<&'a str>,
    pub address: &'a str,
    pub user_agent: &'a str,
}

/// Notes an event of an account that the session's person did.
pub async fn insert_by_session(
    db: impl PgExecutor<'_>,
    id: AuditEventId,
    owner: Option<UserId>,
    new: New<'_>,
    session: SessionId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_events (id, owner_id, happened_at, kind, about, by_name, address, user_agent)
         select $1, $2, $3, $4, left($5, 254), case when me.id <> $2 then left(me.name, 200) end, s.address, s.user_agent
         from sessions s join users me on me.id = s.user_id where s.id = $6",
        id as _,
        owner as _,
        At(new.now) as _,
        new.kind as _,
        new.about,
        session as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes an event of an account.
pub async fn insert(
    db: impl PgExecutor<'_>,
    id: AuditEventId,
    owner: Option<UserId>,
    new: New<'_>,
    from: From<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_events (id, owner_id, happened_at, kind, about, by_name, address, user_agent)
         values ($1, $2, $3, $4, left($5, 254), $6, $7, $8)",
        id as _,
        owner as _,
        At(new.now) as _,
        new.kind as _,
        new.about,
        from.by_name,
        from.address,
        from.user_agent,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An event in the log.
pub struct EventRow {
    pub id: AuditEventId,
    pub happened_at: At,
    pub kind: Kind,
    pub about: Option<String>,
    pub by_name: Option<String>,
    pub address: String,
    pub user_agent: String,
    /// The name and address of the account.
    pub whose: String,
}

/// The latest events of an account, or those before one.
pub async fn of_account(
    db: impl PgExecutor<'_>,
    by: Owner,
    before: Option<AuditEventId>,
    most: i64,
) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as!(
        EventRow,
        r#"select id as "id: AuditEventId", happened_at as "happened_at: At", kind as "kind: Kind", about, by_name, address, user_agent,
               '' as "whose!"
           from audit_events where owner_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3"#,
        by.user_id() as _,
        before as _,
        most,
    )
    .fetch_all(db)
    .await
}

/// The latest events of all accounts, or those before one.
pub async fn of_all(
    db: impl PgExecutor<'_>,
    _: Admin,
    before: Option<AuditEventId>,
    most: i64,
) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as!(
        EventRow,
        r#"select e.id as "id: AuditEventId", e.happened_at as "happened_at: At", e.kind as "kind: Kind", e.about, e.by_name, e.address,
               e.user_agent, coalesce(u.name || ', ' || u.email, 'an unknown address') as "whose!"
           from audit_events e left join users u on u.id = e.owner_id
           where $1::uuid is null or e.id < $1 order by e.id desc limit $2"#,
        before as _,
        most,
    )
    .fetch_all(db)
    .await
}

/// Forgets what happened before an instant, and before a later one where it was of no account.
pub async fn forget_before(db: impl PgExecutor<'_>, before: Timestamp, of_none: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from audit_events where happened_at < $1 or owner_id is null and happened_at < $2",
        At(before) as _,
        At(of_none) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
