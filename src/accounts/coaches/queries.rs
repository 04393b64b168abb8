//! SQL of grants: who may look at whose search.

pub mod overview;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::{Myself, Owner, Scope};
use crate::accounts::preferences::Preferences;
use crate::accounts::queries::rail::Counts;
use crate::database::{At, Day, on_constraint};
use crate::ids::{GrantId, SessionId, UserId};

/// What a grant allows, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub scope: Scope,
    pub may_comment: bool,
    /// The last day on which it holds, where the seeker is.
    pub ends_on: Option<Date>,
}

/// A grant as the seeker sees it: what they called it, and, once someone accepted, whose account that is.
pub struct Granted {
    pub id: GrantId,
    pub label: String,
    pub created_at: At,
    pub accepted_at: Option<At>,
    pub let_in_at: Option<At>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub account_made_at: Option<At>,
    pub scope: Scope,
    pub may_comment: bool,
    pub ends_on: Option<Day>,
}

/// Whom someone lets look, the oldest first.
pub async fn granted(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<Granted>> {
    sqlx::query_as!(
        Granted,
        r#"select g.id as "id: GrantId", g.label, g.created_at as "created_at: At", g.accepted_at as "accepted_at: At",
               g.let_in_at as "let_in_at: At", coach.name as "name?", coach.email as "email?",
               coach.created_at as "account_made_at?: At", g.scope as "scope: Scope", g.may_comment, g.ends_on as "ends_on: Day"
           from grants g left join users coach on coach.id = g.coach_id
           where g.owner_id = $1 and g.revoked_at is null order by g.created_at, g.id"#,
        by.user_id() as _
    )
    .fetch_all(db)
    .await
}

/// Makes an invitation. False where this one was made before.
pub async fn invite(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: GrantId,
    label: &str,
    terms: Terms,
    token_hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into grants (id, owner_id, label, token_hash, created_at, scope, may_comment, ends_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        id as _,
        by.user_id() as _,
        label,
        token_hash,
        At(now) as _,
        terms.scope as _,
        terms.may_comment,
        terms.ends_on.map(Day) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes what a grant allows, from the next request on. Returns what it was called.
pub async fn set_terms(db: impl PgExecutor<'_>, by: Owner, id: GrantId, terms: Terms) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update grants set scope = $3, may_comment = $4, ends_on = $5
         where id = $1 and owner_id = $2 and revoked_at is null returning label",
        id as _,
        by.user_id() as _,
        terms.scope as _,
        terms.may_comment,
        terms.ends_on.map(Day) as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets whoever accepted look. Returns their name.
pub async fn let_in(db: &mut PgConnection, by: Owner, id: GrantId, now: Timestamp) -> sqlx::Result<Option<String>> {
    let coach = sqlx::query_scalar!(
        r#"update grants set let_in_at = $3
           where id = $1 and owner_id = $2 and coach_id is not null and accepted_at is not null and let_in_at is null
               and revoked_at is null
           returning coach_id as "coach!: UserId""#,
        id as _,
        by.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(coach) = coach else { return Ok(None) };
    name(db, coach).await
}

/// What someone is called.
async fn name(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from users where id = $1", user as _).fetch_optional(db).await
}

/// Has the sessions of a coach no longer look at a seeker's search.
async fn end_looks(db: impl PgExecutor<'_>, coach: Option<UserId>, owner: UserId) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set looking_at = null where user_id = $1 and looking_at = $2",
        coach as _,
        owner as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a grant back, whatever its state, and ends the coach's looking. Returns what it was called. Run it inside a
/// transaction.
pub async fn revoke(db: &mut PgConnection, by: Owner, id: GrantId, now: Timestamp) -> sqlx::Result<Option<String>> {
    let gone = sqlx::query!(
        r#"update grants set revoked_at = $3 where id = $1 and owner_id = $2 and revoked_at is null
           returning coach_id as "coach: UserId", label"#,
        id as _,
        by.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(gone) = gone else { return Ok(None) };
    end_looks(db, gone.coach, by.user_id()).await?;
    Ok(Some(gone.label))
}

/// A grant as the coach sees it.
pub struct Received {
    pub id: GrantId,
    pub owner: UserId,
    pub name: String,
    pub email: String,
    /// Where the seeker is, in time.
    pub zone: String,
    pub preferences: Json<Preferences>,
    pub accepted_at: Option<At>,
    pub let_in_at: Option<At>,
    pub scope: Scope,
    pub may_comment: bool,
    pub ends_on: Option<Day>,
    /// Until when the seeker's last change may have taken.
    pub writing_until: Option<At>,
    /// Something of theirs is being changed.
    pub writing: bool,
    /// What is due to them is kept under this stamp; nothing where none is.
    pub stamp: Option<Uuid>,
    pub due: Option<i32>,
    pub late: Option<i32>,
    pub thanks_late: Option<i32>,
    pub comments: Option<i32>,
    pub due_on: Option<Day>,
    pub due_on_utc: Option<Day>,
}

impl Received {
    /// What is due to them on that day where they are, and in UTC, if that is kept.
    pub fn kept_counts(&self, days: (Date, Date)) -> Option<Counts> {
        let numbers = [self.due, self.late, self.thanks_late, self.comments];
        Counts::kept(numbers, [self.due_on, self.due_on_utc], days).filter(|_| !self.writing)
    }
}

/// Whose search someone may look at, or waits to.
pub async fn received(db: impl PgExecutor<'_>, me: Myself, now: Timestamp) -> sqlx::Result<Vec<Received>> {
    sqlx::query_as!(
        Received,
        r#"select g.id as "id: GrantId", seeker.id as "owner: UserId", seeker.name, seeker.email, seeker.time_zone as zone,
               seeker.preferences as "preferences: Json<Preferences>", r.writing_until as "writing_until?: At",
               coalesce(r.writers > 0 and r.writing_until > $2, false) as "writing!", r.stamp as "stamp?", r.due as "due?",
               r.late as "late?", r.thanks_late as "thanks_late?", r.comments as "comments?", r.due_on as "due_on?: Day",
               r.due_on_utc as "due_on_utc?: Day", g.accepted_at as "accepted_at: At", g.let_in_at as "let_in_at: At",
               g.scope as "scope: Scope", g.may_comment, g.ends_on as "ends_on: Day"
           from grants g join users seeker on seeker.id = g.owner_id and seeker.disabled_at is null
               and (g.ends_on is null or g.ends_on >= ($2 at time zone seeker.time_zone)::date)
           left join rails r on r.owner_id = seeker.id
           where g.coach_id = $1 and g.revoked_at is null order by g.id"#,
        me.user_id() as _,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// Who invites with a link.
pub struct Inviting {
    pub owner: UserId,
    pub name: String,
    pub scope: Scope,
    pub may_comment: bool,
    pub ends_on: Option<Day>,
    /// Whoever asks has accepted an invitation of theirs already.
    pub accepted_before: bool,
}

/// Who invites with a link that still holds.
pub async fn inviting(
    db: impl PgExecutor<'_>,
    me: Myself,
    token_hash: &[u8],
    created_since: Timestamp,
) -> sqlx::Result<Option<Inviting>> {
    sqlx::query_as!(
        Inviting,
        r#"select seeker.id as "owner: UserId", seeker.name, g.scope as "scope: Scope", g.may_comment, g.ends_on as "ends_on: Day",
               exists (select from grants o where o.owner_id = g.owner_id and o.coach_id = $1 and o.revoked_at is null) as "accepted_before!"
           from grants g join users seeker on seeker.id = g.owner_id and seeker.disabled_at is null
           where g.token_hash = $2 and g.accepted_at is null and g.revoked_at is null and g.created_at > $3"#,
        me.user_id() as _,
        token_hash,
        At(created_since) as _,
    )
    .fetch_optional(db)
    .await
}

/// Accepts the invitation of a link that still holds, once. False where there is none, or nothing to accept: also for whoever
/// accepts two of one seeker at the same time, the second of them.
pub async fn accept(
    db: impl PgExecutor<'_>,
    me: Myself,
    token_hash: &[u8],
    now: Timestamp,
    created_since: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update grants g set accepted_at = $3, coach_id = $1
         where g.token_hash = $2 and g.accepted_at is null and g.revoked_at is null and g.created_at > $4 and g.owner_id <> $1
             and exists (select from users seeker where seeker.id = g.owner_id and seeker.disabled_at is null)
             and not exists (select from grants o where o.owner_id = g.owner_id and o.coach_id = $1 and o.revoked_at is null)",
        me.user_id() as _,
        token_hash,
        At(now) as _,
        At(created_since) as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(done) => Ok(done.rows_affected() == 1),
        Err(e) => on_constraint(e, &["grants_once"], false),
    }
}

/// Gives a grant back, and ends the looking. Returns the seeker's name. Run it inside a transaction.
pub async fn refuse(db: &mut PgConnection, me: Myself, id: GrantId, now: Timestamp) -> sqlx::Result<Option<String>> {
    let owner = sqlx::query_scalar!(
        r#"update grants set revoked_at = $3 where id = $1 and coach_id = $2 and revoked_at is null
           returning owner_id as "owner: UserId""#,
        id as _,
        me.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(owner) = owner else { return Ok(None) };
    end_looks(&mut *db, Some(me.user_id()), owner).await?;
    name(db, owner).await
}

/// Has a session look at the search of an active grant, under a new token. Returns whose it is, and how much is seen of it; nothing
/// where there is no such grant. Run it inside a transaction.
pub async fn look(
    db: &mut PgConnection,
    me: Myself,
    session: SessionId,
    grant: GrantId,
    token_hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<(UserId, Scope)>> {
    let looked = sqlx::query!(
        r#"update grants g set looked_at = coalesce(g.looked_at, $3)
           where g.id = $1 and g.coach_id = $2 and g.let_in_at is not null and g.revoked_at is null
               and exists (select from users seeker where seeker.id = g.owner_id and seeker.disabled_at is null
                   and (g.ends_on is null or g.ends_on >= ($3 at time zone seeker.time_zone)::date))
           returning g.owner_id as "owner: UserId", g.scope as "scope: Scope""#,
        grant as _,
        me.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(looked) = looked else { return Ok(None) };
    let done = sqlx::query!(
        "update sessions set looking_at = $3, token_hash = $4 where id = $1 and user_id = $2",
        session as _,
        me.user_id() as _,
        looked.owner as _,
        token_hash,
    )
    .execute(db)
    .await?;
    Ok((done.rows_affected() == 1).then_some((looked.owner, looked.scope)))
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
