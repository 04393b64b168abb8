//! SQL of a person's own settings.

use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{Owner, Viewer};
use crate::accounts::preferences::Preferences;
use crate::database::{At, on_constraint};
use crate::ids::SessionId;
use crate::web::dates::{DateFormat, Formats, TimeFormat};
use crate::web::theme::Theme;

/// The preferences with the version they stand at.
pub struct Stored {
    pub version: i32,
    pub preferences: Json<Preferences>,
}

/// Reads the preferences.
pub async fn stored(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Stored> {
    sqlx::query_as!(
        Stored,
        r#"select version, preferences as "preferences: Json<Preferences>" from users where id = $1"#,
        by.into().user_id() as _
    )
    .fetch_one(db)
    .await
}

/// Reads the preferences and holds them until the transaction ends, to be changed.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Stored> {
    sqlx::query_as!(
        Stored,
        r#"select version, preferences as "preferences: Json<Preferences>" from users where id = $1 for no key update"#,
        by.user_id() as _
    )
    .fetch_one(db)
    .await
}

/// Stores preferences read with [`lock`] in the same transaction.
pub async fn store(db: impl PgExecutor<'_>, by: Owner, preferences: &Preferences) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set preferences = $2, version = version + 1 where id = $1",
        by.user_id() as _,
        Json(preferences) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether nothing is in the account yet, the bin included.
pub async fn is_empty(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select not (exists (select from companies where user_id = $1) or exists (select from contacts where user_id = $1)
               or exists (select from openings where user_id = $1) or exists (select from insights where user_id = $1)
               or exists (select from templates where user_id = $1) or exists (select from questions where user_id = $1)
               or exists (select from offer_criteria where user_id = $1) or exists (select from documents where user_id = $1)) as "is_empty!""#,
        by.user_id() as _,
    )
    .fetch_one(db)
    .await
}

/// Who someone is, as the profile shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub version: i32,
    pub email: String,
    /// The address was shown to be theirs.
    pub email_confirmed: bool,
    pub chosen: Chosen,
}

/// What of it the profile's form changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub name: String,
    pub time_zone: String,
    pub theme: Theme,
    pub formats: Formats,
}

/// Reads the profile.
pub async fn profile(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Profile> {
    let row = sqlx::query!(
        r#"select version, name, email, email_confirmed_at is not null as "email_confirmed!", time_zone, theme as "theme: Theme", date_format as "dates: DateFormat",
               time_format as "times: TimeFormat" from users where id = $1"#,
        by.user_id() as _
    )
    .fetch_one(db)
    .await?;
    let formats = Formats { dates: row.dates, times: row.times };
    let chosen = Chosen { name: row.name, time_zone: row.time_zone, theme: row.theme, formats };
    Ok(Profile { version: row.version, email: row.email, email_confirmed: row.email_confirmed, chosen })
}

/// What came of changing the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is changed.
    Yes,
    /// Another account has this e-mail address.
    EmailTaken,
    /// It was changed elsewhere since the form was drawn.
    Changed,
}

/// Changes what the profile's form does, if nobody changed the account meanwhile.
pub async fn update_profile(db: impl PgExecutor<'_>, by: Owner, version: i32, chosen: &Chosen) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "update users set name = $3, time_zone = $4, theme = $5, date_format = $6, time_format = $7, version = version + 1
         where id = $1 and version = $2",
        by.user_id() as _,
        version,
        chosen.name,
        chosen.time_zone,
        chosen.theme.as_str(),
        chosen.formats.dates.as_str(),
        chosen.formats.times.as_str(),
    )
    .execute(db)
    .await?;
    Ok(if done.rows_affected() == 1 { Saved::Yes } else { Saved::Changed })
}

/// Changes the e-mail address, if nobody changed the account meanwhile. Another one is to be confirmed anew, and ends the links
/// that went to the one before.
pub async fn update_email(db: impl PgExecutor<'_>, by: Owner, version: i32, email: &str) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "update users set email = $3, version = version + 1, email_link_hash = null, email_link_until = null,
             email_confirmed_at = case when email = $3 then email_confirmed_at end,
             password_link_hash = case when email = $3 then password_link_hash end,
             password_link_until = case when email = $3 then password_link_until end
         where id = $1 and version = $2",
        by.user_id() as _,
        version,
        email,
    )
    .execute(db)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Saved::Yes),
        Ok(_) => Ok(Saved::Changed),
        Err(e) => on_constraint(e, &["users_email_taken"], Saved::EmailTaken),
    }
}

/// An open session, as its owner sees it.
pub struct OpenSession {
    pub id: SessionId,
    pub user_agent: String,
    pub address: String,
    pub created_at: At,
    pub seen_at: At,
    /// When an administrator turned the account's second step off.
    pub second_step_removed_at: Option<At>,
}

/// The sessions that have not ended, the last used first.
pub async fn sessions(
    db: impl PgExecutor<'_>,
    by: Owner,
    seen_since: At,
    created_since: At,
) -> sqlx::Result<Vec<OpenSession>> {
    sqlx::query_as!(
        OpenSession,
        r#"select s.id as "id: SessionId", s.user_agent, s.address, s.created_at as "created_at: At", s.seen_at as "seen_at: At",
               u.second_step_removed_at as "second_step_removed_at: At"
           from sessions s join users u on u.id = s.user_id
           where s.user_id = $1 and s.seen_at > $2 and s.created_at > $3 order by s.seen_at desc, s.id desc"#,
        by.user_id() as _,
        seen_since as _,
        created_since as _,
    )
    .fetch_all(db)
    .await
}

/// Ends every session but this one, and the notices on every browser that was not added in it. Returns how many sessions.
pub async fn end_others(db: impl PgExecutor<'_>, by: Owner, keep: SessionId) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "with quiet as (delete from push_devices where owner_id = $1 and session_id <> $2)
         delete from sessions where user_id = $1 and id <> $2",
        by.user_id() as _,
        keep as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Changes the password, unless it was changed since the old one was read.
pub async fn change_password(
    db: impl PgExecutor<'_>,
    by: Owner,
    old_hash: Option<&str>,
    new_hash: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with ended as (delete from access_tokens where owner_id = $1)
         update users set password_hash = $3, password_link_hash = null, password_link_until = null, feed_hash = null, version = version + 1 where id = $1 and password_hash is not distinct from $2",
        by.user_id() as _,
        old_hash,
        new_hash,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
