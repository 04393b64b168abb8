//! SQL of accounts and sessions.

pub mod attempts;
pub mod ceremonies;
pub mod days;
pub mod devices;
pub mod due;
pub mod email_links;
pub mod ended;
pub mod feed;
pub mod half_logins;
pub mod identities;
pub mod jobs;
pub mod kept;
pub mod listed;
pub mod live_session;
pub mod looks;
pub mod passkeys;
pub mod password_links;
pub mod proxies;
pub mod push_devices;
pub mod rail;
pub mod remembered_browsers;
pub mod renewal;
pub mod second_step;
pub mod ways;

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use crate::config::SignUp;
use crate::database::At;
use crate::ids::{InvitationId, SessionId, UserId};

/// Keeps a session alive.
pub async fn touch_session(db: impl PgExecutor<'_>, id: SessionId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update sessions set seen_at = $2 where id = $1", id as _, At(now) as _).execute(db).await?;
    Ok(())
}

/// A session to be.
pub struct NewSession<'a> {
    pub id: SessionId,
    pub user: UserId,
    pub token_hash: &'a [u8],
    pub user_agent: &'a str,
    pub address: &'a str,
    /// When all that proves who it is was given.
    pub confirmed_at: Timestamp,
}

/// Opens a session, and drops those of the same account that ended by themselves.
pub(super) async fn insert_session(
    db: &mut PgConnection,
    new: NewSession<'_>,
    now: Timestamp,
    seen_since: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where user_id = $1 and seen_at <= $2", new.user as _, At(seen_since) as _)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into sessions (id, user_id, token_hash, created_at, seen_at, confirmed_at, user_agent, address)
         values ($1, $2, $3, $4, $4, $5, $6, $7)",
        new.id as _,
        new.user as _,
        new.token_hash,
        At(now) as _,
        At(new.confirmed_at) as _,
        new.user_agent,
        new.address,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends one session of an account, and the notices on the browser it was of.
pub async fn delete_session(db: impl PgExecutor<'_>, user: UserId, id: SessionId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with quiet as (delete from push_devices where owner_id = $2 and session_id = $1)
         delete from sessions where id = $1 and user_id = $2",
        id as _,
        user as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a session a new token: what may be done with it changes. With `confirmed_at`, the password was given then.
pub(super) async fn renew_session(
    db: impl PgExecutor<'_>,
    user: UserId,
    id: SessionId,
    token_hash: &[u8],
    confirmed_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set token_hash = $3, confirmed_at = coalesce($4, confirmed_at) where id = $1 and user_id = $2",
        id as _,
        user as _,
        token_hash,
        confirmed_at.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What signing in needs to know of an account.
pub struct Credentials {
    pub id: UserId,
    pub name: String,
    /// None where nobody logs in with one.
    pub password_hash: Option<String>,
    /// The password alone is not enough.
    pub second_step: bool,
    /// Its second step can be a code of an app.
    pub app: bool,
    /// MB its documents may have together, where that is not as many as everyone's.
    pub documents_mb: Option<i16>,
}

/// The account of an e-mail address that may sign in.
pub async fn credentials(db: impl PgExecutor<'_>, email: &str) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        r#"select id as "id: UserId", name, password_hash, second_step_since is not null as "second_step!",
               totp_secret is not null as "app!", documents_mb
           from users where email = $1 and disabled_at is null"#,
        email
    )
    .fetch_optional(db)
    .await
}

/// What the own password is checked against.
pub(super) async fn credentials_of(db: impl PgExecutor<'_>, id: UserId) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        r#"select id as "id: UserId", name, password_hash, second_step_since is not null as "second_step!",
               totp_secret is not null as "app!", documents_mb
           from users where id = $1 and disabled_at is null"#,
        id as _
    )
    .fetch_optional(db)
    .await
}

/// Stores a password's new hash, unless it was changed meanwhile.
pub(super) async fn refresh_hash(db: impl PgExecutor<'_>, id: UserId, old: &str, new: &str) -> sqlx::Result<()> {
    sqlx::query!("update users set password_hash = $3 where id = $1 and password_hash = $2", id as _, old, new)
        .execute(db)
        .await?;
    Ok(())
}

/// An account to be.
pub struct NewUser<'a> {
    pub id: UserId,
    pub name: &'a str,
    pub email: &'a str,
    /// None for who logs in another way.
    pub password_hash: Option<&'a str>,
    pub time_zone: &'a str,
    pub admin: bool,
}

/// What came of making an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It exists now.
    Yes,
    /// The e-mail address has an account already.
    EmailTaken,
}

/// Makes an account.
pub async fn insert_user(db: impl PgExecutor<'_>, new: NewUser<'_>, now: Timestamp) -> sqlx::Result<Created> {
    let done = sqlx::query!(
        "insert into users (id, name, email, password_hash, time_zone, is_admin, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        new.id as _,
        new.name,
        new.email,
        new.password_hash,
        new.time_zone,
        new.admin,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(if done.rows_affected() == 1 { Created::Yes } else { Created::EmailTaken })
}

/// What the installation says about signing up, and whether anybody has.
pub struct Instance {
    pub sign_up: Option<SignUp>,
    pub setup_token_hash: Option<Vec<u8>>,
    pub has_users: bool,
}

/// Reads the instance's settings.
pub async fn instance(db: impl PgExecutor<'_>) -> sqlx::Result<Instance> {
    sqlx::query_as!(
        Instance,
        r#"select sign_up as "sign_up: SignUp", setup_token_hash, exists (select from users) as "has_users!" from settings"#
    )
    .fetch_one(db)
    .await
}

/// What this installation signs with.
pub async fn secret(db: impl PgExecutor<'_>) -> sqlx::Result<[u8; 64]> {
    let secret = sqlx::query_scalar!("select secret from settings").fetch_one(db).await?;
    secret.try_into().map_err(|_| sqlx::Error::Decode("the secret is not of 64 bytes".into()))
}

/// Reads the instance's settings and holds them until the transaction ends: first accounts, and administrators, change one after
/// the other. The lock is a statement of its own: one that waited for it would still see what was before.
pub async fn lock_instance(db: &mut PgConnection) -> sqlx::Result<Instance> {
    sqlx::query!("select id from settings for update").fetch_one(&mut *db).await?;
    instance(db).await
}

/// Keeps the hash of the one-time setup token, or forgets it.
pub async fn set_setup_token(db: impl PgExecutor<'_>, hash: Option<&[u8]>) -> sqlx::Result<()> {
    sqlx::query!("update settings set setup_token_hash = $1", hash).execute(db).await?;
    Ok(())
}

/// An invitation that can still be used.
pub struct OpenInvitation {
    pub id: InvitationId,
    pub email: Option<String>,
}

/// The invitation of a token, if it is neither used, revoked nor expired; held until the transaction ends.
pub(super) async fn open_invitation(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<OpenInvitation>> {
    sqlx::query_as!(
        OpenInvitation,
        r#"select id as "id: InvitationId", email from invitations
           where token_hash = $1 and used_at is null and revoked_at is null and expires_at > $2 for update"#,
        token_hash,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Marks an invitation as used.
pub(super) async fn use_invitation(db: impl PgExecutor<'_>, id: InvitationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update invitations set used_at = $2 where id = $1", id as _, At(now) as _).execute(db).await?;
    Ok(())
}

/// Ends every session of an account, and its notices on every browser.
pub async fn delete_sessions(db: impl PgExecutor<'_>, id: UserId) -> sqlx::Result<()> {
    sqlx::query!(
        "with quiet as (delete from push_devices where owner_id = $1) delete from sessions where user_id = $1",
        id as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
