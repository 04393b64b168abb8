//! SQL of grants: who may look at whose search.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::accounts::visit::Myself;
use crate::database::At;
use crate::ids::{GrantId, SessionId, UserId};

/// A grant as the seeker sees it: by the address they invited. Whose account that is shows only once it accepted.
pub struct Granted {
    pub id: GrantId,
    pub email: String,
    pub name: Option<String>,
    pub created_at: At,
    pub accepted_at: Option<At>,
}

/// Whom somebody lets look, the oldest first.
pub async fn granted(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<Granted>> {
    sqlx::query_as!(
        Granted,
        r#"select g.id as "id: GrantId", g.email, coach.name as "name?", g.created_at as "created_at: At", g.accepted_at as "accepted_at: At"
           from grants g left join users coach on coach.id = g.coach_id and g.accepted_at is not null
           where g.owner_id = $1 and g.revoked_at is null order by g.created_at, g.id"#,
        by.user_id() as _
    )
    .fetch_all(db)
    .await
}

/// Invites whoever has the address; inviting again renews an invitation that waits. Whether anybody has it, nothing tells.
pub async fn invite(db: impl PgExecutor<'_>, by: Owner, id: GrantId, email: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into grants (id, owner_id, email, coach_id, created_at)
         values ($1, $2, $3,
             (select u.id from users u
              where u.email = $3 and u.id <> $2 and u.disabled_at is null
                  and not exists (select from grants g
                                  where g.owner_id = $2 and g.coach_id = u.id and g.revoked_at is null and g.email <> $3)),
             $4)
         on conflict (owner_id, email) where revoked_at is null
             do update set created_at = excluded.created_at, coach_id = excluded.coach_id where grants.accepted_at is null",
        id as _,
        by.user_id() as _,
        email,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a grant back, whatever its state, and ends the coach's looking. Returns the address it was for.
pub async fn revoke(db: impl PgExecutor<'_>, by: Owner, id: GrantId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"with gone as (
               update grants set revoked_at = $3 where id = $1 and owner_id = $2 and revoked_at is null
               returning owner_id, coach_id, email),
           ended as (
               update sessions s set looking_at = null from gone where s.user_id = gone.coach_id and s.looking_at = gone.owner_id)
           select email from gone"#,
        id as _,
        by.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// A grant as the coach sees it.
pub struct Received {
    pub id: GrantId,
    pub owner: UserId,
    pub name: String,
    pub email: String,
    pub created_at: At,
    pub accepted_at: Option<At>,
}

/// Whose search somebody may look at or is invited to, by name; invitations older than `created_since` are over.
pub async fn received(db: impl PgExecutor<'_>, me: Myself, created_since: Timestamp) -> sqlx::Result<Vec<Received>> {
    sqlx::query_as!(
        Received,
        r#"select g.id as "id: GrantId", seeker.id as "owner: UserId", seeker.name, seeker.email,
               g.created_at as "created_at: At", g.accepted_at as "accepted_at: At"
           from grants g join users seeker on seeker.id = g.owner_id and seeker.disabled_at is null
           where g.coach_id = $1 and g.revoked_at is null and (g.accepted_at is not null or g.created_at > $2)
           order by g.accepted_at is not null, lower(seeker.name), g.id"#,
        me.user_id() as _,
        At(created_since) as _,
    )
    .fetch_all(db)
    .await
}

/// Accepts an invitation that still holds. Returns the seeker's name.
pub async fn accept(
    db: impl PgExecutor<'_>,
    me: Myself,
    id: GrantId,
    now: Timestamp,
    created_since: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update grants g set accepted_at = $3 from users seeker
         where g.id = $1 and g.coach_id = $2 and g.accepted_at is null and g.revoked_at is null and g.created_at > $4
             and seeker.id = g.owner_id and seeker.disabled_at is null
         returning seeker.name",
        id as _,
        me.user_id() as _,
        At(now) as _,
        At(created_since) as _,
    )
    .fetch_optional(db)
    .await
}

/// Declines an invitation or gives a grant back, and ends the looking. Returns the seeker's name.
pub async fn refuse(db: impl PgExecutor<'_>, me: Myself, id: GrantId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"with gone as (
               update grants set revoked_at = $3 where id = $1 and coach_id = $2 and revoked_at is null
               returning owner_id, coach_id),
           ended as (
               update sessions s set looking_at = null from gone where s.user_id = gone.coach_id and s.looking_at = gone.owner_id)
           select seeker.name from gone join users seeker on seeker.id = gone.owner_id"#,
        id as _,
        me.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Has a session look at the search of an active grant, under a new token. False where there is no such grant.
pub async fn look(
    db: impl PgExecutor<'_>,
    me: Myself,
    session: SessionId,
    grant: GrantId,
    token_hash: &[u8],
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update sessions s set looking_at = g.owner_id, token_hash = $4
         from grants g join users seeker on seeker.id = g.owner_id and seeker.disabled_at is null
         where s.id = $1 and s.user_id = $2 and g.id = $3 and g.coach_id = $2 and g.accepted_at is not null and g.revoked_at is null",
        session as _,
        me.user_id() as _,
        grant as _,
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Has a session show its own account's data again, under a new token.
pub async fn stop_looking(
    db: impl PgExecutor<'_>,
    me: Myself,
    session: SessionId,
    token_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set looking_at = null, token_hash = $3 where id = $1 and user_id = $2",
        session as _,
        me.user_id() as _,
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}
