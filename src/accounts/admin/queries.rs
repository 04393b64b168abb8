//! SQL of the administration. Counts and accounts only; no table of anybody's search is named here.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Admin;
use crate::accounts::job::JobRun;
use crate::config::SignUp;
use crate::database::At;
use crate::ids::{InvitationId, UserId};

/// An account in the list.
pub struct Account {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub admin: bool,
    pub disabled: bool,
    pub second_step: bool,
    pub passkeys: bool,
    pub created_at: At,
    pub seen_at: Option<At>,
    /// MB its documents may have together, where it has a number of its own.
    pub documents_mb: Option<i16>,
    /// Accounts that match the search, on every page.
    pub found: i64,
}

/// A page of accounts by e-mail address, those after `after`, whose name or address has the [`pattern`](crate::folding::pattern) `search`.
pub async fn accounts(
    db: impl PgExecutor<'_>,
    _: Admin,
    search: Option<String>,
    after: Option<&str>,
    most: i64,
) -> sqlx::Result<Vec<Account>> {
    sqlx::query_as!(
        Account,
        r#"with found as (
               select * from users
               where $1::text is null or concat_ws(chr(31), name, email) ~ $1)
           select u.id as "id!: UserId", u.name as "name!", u.email as "email!", u.is_admin as "admin!",
               u.disabled_at is not null as "disabled!", u.second_step_since is not null as "second_step!", k.id is not null as "passkeys!",
               u.created_at as "created_at!: At", s.seen_at as "seen_at?: At", u.documents_mb,
               (select count(*) from found) as "found!"
           from found u
           left join lateral (select max(seen_at) as seen_at from sessions where user_id = u.id) s on true
           left join lateral (select id from passkeys where owner_id = u.id limit 1) k on true
           where $2::text is null or u.email > $2
           order by u.email limit $3"#,
        search,
        after,
        most,
    )
    .fetch_all(db)
    .await
}

/// What the documents of these accounts take, in bytes; nothing for those without any.
pub async fn documents(db: impl PgExecutor<'_>, _: Admin, of: &[UserId]) -> sqlx::Result<Vec<(UserId, i64)>> {
    let taken = sqlx::query!(
        r#"select user_id as "account: UserId", sum(size)::bigint as "bytes!" from document_versions
           where user_id = any($1) group by user_id"#,
        of as _,
    )
    .fetch_all(db)
    .await?;
    Ok(taken.into_iter().map(|row| (row.account, row.bytes)).collect())
}

/// Whose account it is.
pub struct Named {
    pub name: String,
    pub email: String,
    /// MB its documents may have together, where it has a number of its own.
    pub documents_mb: Option<i16>,
}

/// The name and the e-mail address of an account.
pub async fn named(db: impl PgExecutor<'_>, _: Admin, id: UserId) -> sqlx::Result<Option<Named>> {
    sqlx::query_as!(Named, "select name, email, documents_mb from users where id = $1", id as _)
        .fetch_optional(db)
        .await
}

/// Locks an account out, and ends its sessions and its notices. False for the only administrator who can still log in.
/// Run it, like the next ones, after `lock_instance`, so that two administrators cannot remove each other at once.
pub async fn disable(db: impl PgExecutor<'_>, _: Admin, id: UserId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query_scalar!(
        r#"with done as (
               update users u set disabled_at = coalesce(u.disabled_at, $2), version = u.version + 1
               where u.id = $1 and (not u.is_admin
                   or exists (select from users o where o.id <> $1 and o.is_admin and o.disabled_at is null))
               returning u.id),
           ended as (delete from sessions s using done where s.user_id = done.id),
           quiet as (delete from push_devices d using done where d.owner_id = done.id)
           select count(*) as "count!" from done"#,
        id as _,
        At(now) as _,
    )
    .fetch_one(db)
    .await?;
    Ok(done == 1)
}

/// Lets an account log in again.
pub async fn enable(db: impl PgExecutor<'_>, _: Admin, id: UserId) -> sqlx::Result<()> {
    sqlx::query!("update users set disabled_at = null, version = version + 1 where id = $1", id as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Sets how many MB the documents of an account may have together; `None` is as many as those of every other. Returns its name.
pub async fn set_documents_mb(
    db: impl PgExecutor<'_>,
    _: Admin,
    id: UserId,
    mb: Option<i16>,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("update users set documents_mb = $2 where id = $1 returning name", id as _, mb)
        .fetch_optional(db)
        .await
}

/// Makes an account an administrator.
pub async fn promote(db: impl PgExecutor<'_>, _: Admin, id: UserId) -> sqlx::Result<()> {
    sqlx::query!("update users set is_admin = true, version = version + 1 where id = $1", id as _).execute(db).await?;
    Ok(())
}

/// Makes an administrator an account like the others. False for the only one who can still log in.
pub async fn demote(db: impl PgExecutor<'_>, _: Admin, id: UserId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users u set is_admin = false, version = u.version + 1
         where u.id = $1 and exists (select from users o where o.id <> $1 and o.is_admin and o.disabled_at is null)",
        id as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An invitation in the list.
pub struct Invitation {
    pub id: InvitationId,
    pub email: Option<String>,
    pub by: String,
    pub created_at: At,
    pub expires_at: At,
    pub used_at: Option<At>,
    pub revoked_at: Option<At>,
}

/// The latest hundred invitations, the newest first.
pub async fn invitations(db: impl PgExecutor<'_>, _: Admin) -> sqlx::Result<Vec<Invitation>> {
    sqlx::query_as!(
        Invitation,
        r#"select i.id as "id: InvitationId", i.email, u.name as by, i.created_at as "created_at: At", i.expires_at as "expires_at: At",
               i.used_at as "used_at: At", i.revoked_at as "revoked_at: At"
           from invitations i join users u on u.id = i.created_by
           order by i.created_at desc, i.id desc limit 100"#
    )
    .fetch_all(db)
    .await
}

/// An invitation to be.
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub token_hash: &'a [u8],
    pub email: Option<&'a str>,
    pub expires_at: Timestamp,
}

/// Makes an invitation. False when this very form made it before.
pub async fn invite(db: impl PgExecutor<'_>, by: Admin, new: NewInvitation<'_>, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into invitations (id, token_hash, email, created_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        new.id as _,
        new.token_hash,
        new.email,
        by.user_id() as _,
        At(now) as _,
        At(new.expires_at) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes an invitation back that nobody used yet.
pub async fn revoke(db: impl PgExecutor<'_>, _: Admin, id: InvitationId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update invitations set revoked_at = $2 where id = $1 and used_at is null and revoked_at is null",
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets who may sign up; `None` leaves it to how the program was started.
pub async fn set_sign_up(db: impl PgExecutor<'_>, _: Admin, policy: Option<SignUp>) -> sqlx::Result<()> {
    sqlx::query!("update settings set sign_up = $1", policy as _).execute(db).await?;
    Ok(())
}

/// How the installation is.
pub struct Installation {
    pub sign_up: Option<SignUp>,
    pub accounts: i64,
    pub sessions: i64,
    pub database_bytes: i64,
    /// What the documents take of them.
    pub documents_bytes: i64,
    pub postgres: String,
    pub unlisted_proxy: Option<String>,
    pub unlisted_proxy_seen_at: Option<At>,
    /// The jobs that ran, by name.
    pub jobs: Json<Vec<JobRun>>,
    /// Mails that wait, and since when the one that waits longest does.
    pub mails: i64,
    pub mails_since: Option<At>,
    /// Notices that wait, and since when.
    pub notices: i64,
    pub notices_since: Option<At>,
    /// When the next reminder is looked at.
    pub next_reminder: Option<At>,
}

impl Installation {
    /// The proxy that passed requests on last without being listed, and when.
    pub fn unlisted_proxy(&self) -> Option<(String, At)> {
        self.unlisted_proxy.clone().zip(self.unlisted_proxy_seen_at)
    }
}

/// Reads how the installation is; sessions are those used after `seen_since`.
pub async fn installation(db: impl PgExecutor<'_>, _: Admin, seen_since: Timestamp) -> sqlx::Result<Installation> {
    sqlx::query_as!(
        Installation,
        r#"select sign_up as "sign_up: SignUp", (select count(*) from users) as "accounts!",
               (select count(*) from sessions where seen_at > $1) as "sessions!",
               pg_database_size(current_database()) as "database_bytes!",
               pg_total_relation_size('document_versions') as "documents_bytes!", current_setting('server_version') as "postgres!",
               unlisted_proxy, unlisted_proxy_seen_at as "unlisted_proxy_seen_at: At",
               (select coalesce(json_agg(json_build_object('job', job, 'ran_at', ran_at, 'problem', problem) order by job), '[]')
                   from job_runs) as "jobs!: Json<Vec<JobRun>>",
               (select count(*) from mails where due_at is not null) as "mails!",
               (select min(made_at) from mails where due_at is not null) as "mails_since: At",
               (select count(*) from notices) as "notices!", (select min(made_at) from notices) as "notices_since: At",
               (select min(next_at) from reminders) as "next_reminder: At"
           from settings"#,
        At(seen_since) as _,
    )
    .fetch_one(db)
    .await
}
