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
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor, types::Json};
use uuid::Uuid;

use self::rail::Counts;
use super::preferences::Preferences;
use crate::access::Scope;
use crate::config::SignUp;
use crate::database::{At, Day};
use crate::ids::{GrantId, InvitationId, SessionId, UserId};
use crate::web::dates::{DateFormat, TimeFormat};
use crate::web::theme::Theme;

/// A session with whom it is and whose data it shows, in one row.
pub struct SessionRow {
    pub session: SessionId,
    pub me: UserId,
    pub my_name: String,
    pub admin: bool,
    /// Who accepted an invitation to look, and waits to be let in.
    pub accepted_by: Option<String>,
    /// Whose search can be looked at since, and was not yet.
    pub let_in_by: Option<String>,
    pub seen_at: At,
    pub confirmed_at: At,
    /// Since when whoever is signed in has their account.
    pub me_since: At,
    /// The colours they chose.
    pub my_theme: Theme,
    /// How they write dates and times.
    pub my_dates: DateFormat,
    pub my_times: TimeFormat,
    /// They have a password.
    pub has_password: bool,
    /// Their second step can be a code of an app.
    pub has_app: bool,
    /// Since when they are asked for a second step.
    pub second_step_since: Option<At>,
    pub owner: UserId,
    pub owner_name: String,
    pub owner_email: String,
    pub owner_zone: String,
    pub owner_preferences: Json<Preferences>,
    pub owner_version: i32,
    pub owner_documents_mb: Option<i16>,
    /// An example search is shown.
    pub example: bool,
    pub looking: bool,
    /// By which grant, where someone else's search is shown, with what it allows.
    pub grant: Option<GrantId>,
    pub scope: Option<Scope>,
    pub may_comment: Option<bool>,
    /// What the owner's frame says is kept under this stamp; nothing where none is.
    pub stamp: Option<Uuid>,
    /// Something of it is being changed.
    pub writing: bool,
    pub due: Option<i32>,
    pub late: Option<i32>,
    pub thanks_late: Option<i32>,
    pub comments: Option<i32>,
    pub due_on: Option<Day>,
    pub due_on_utc: Option<Day>,
    /// How many contacts there are by stage.
    pub by_stage: Option<Vec<i32>>,
}

impl SessionRow {
    /// What is due on that day where the owner is, and in UTC, if that is kept.
    pub fn kept_counts(&self, days: (Date, Date)) -> Option<Counts> {
        let numbers = [self.due, self.late, self.thanks_late, self.comments];
        Counts::kept(numbers, [self.due_on, self.due_on_utc], days).filter(|_| !self.writing)
    }
}

/// The live session of a token, with the account whose data it shows.
pub async fn session(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    seen_since: Timestamp,
    created_since: Timestamp,
    now: Timestamp,
) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"select s.id as "session: SessionId", me.id as "me: UserId", me.name as my_name, me.is_admin as admin,
               (select coach.name from grants w join users coach on coach.id = w.coach_id and coach.disabled_at is null
                   where w.owner_id = me.id and w.let_in_at is null and w.revoked_at is null order by w.accepted_at limit 1) as "accepted_by?",
               (select o.name from grants w join users o on o.id = w.owner_id and o.disabled_at is null
                   where w.coach_id = me.id and w.let_in_at is not null and w.looked_at is null and w.revoked_at is null
                       and (w.ends_on is null or w.ends_on >= ($4 at time zone o.time_zone)::date)
                   order by w.let_in_at limit 1) as "let_in_by?",
               s.seen_at as "seen_at: At", s.confirmed_at as "confirmed_at: At",
               me.created_at as "me_since: At", me.theme as "my_theme: Theme",
               me.date_format as "my_dates: DateFormat", me.time_format as "my_times: TimeFormat",
               me.second_step_since as "second_step_since: At",
               me.password_hash is not null as "has_password!", me.totp_secret is not null as "has_app!",
               owner.id as "owner: UserId", owner.name as owner_name, owner.email as owner_email,
               owner.time_zone as owner_zone, owner.preferences as "owner_preferences: Json<Preferences>", owner.version as owner_version,
               owner.documents_mb as owner_documents_mb,
               owner.example_since is not null as "example!",
               owner.id <> me.id as "looking!", g.id as "grant?: GrantId", g.scope as "scope?: Scope", g.may_comment as "may_comment?", r.stamp as "stamp?", coalesce(r.writers > 0 and r.writing_until > $4, false) as "writing!",
               r.due, r.late, r.thanks_late, r.comments, r.due_on as "due_on: Day", r.due_on_utc as "due_on_utc: Day", r.by_stage
           from sessions s
           join users me on me.id = s.user_id and me.disabled_at is null
           left join grants g on g.owner_id = s.looking_at and g.coach_id = s.user_id
               and g.let_in_at is not null and g.revoked_at is null
           left join users seeker on seeker.id = g.owner_id and seeker.disabled_at is null
               and (g.ends_on is null or g.ends_on >= ($4 at time zone seeker.time_zone)::date)
           join users owner on owner.id = coalesce(seeker.id, me.id)
           left join rails r on r.owner_id = owner.id
           where s.token_hash = $1 and s.seen_at > $2 and s.created_at > $3"#,
        token_hash,
        At(seen_since) as _,
        At(created_since) as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

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
