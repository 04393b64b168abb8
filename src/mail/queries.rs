//! SQL of the queue. A mail is claimed by a condition and for a while: two programs never hold the same one, and one whose
//! program died is taken over once that while is over.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::{Json, JsonValue};

use super::letter::{Letter, MailKind};
use crate::database::At;
use crate::ids::{MailId, UserId};

/// A mail to be.
pub struct NewMail<'a> {
    pub id: MailId,
    pub letter: &'a Letter,
    pub now: Timestamp,
    pub until: Timestamp,
}

/// Puts a mail to an address.
pub async fn insert(db: impl PgExecutor<'_>, new: NewMail<'_>, recipient: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mails (id, kind, recipient, letter, made_at, due_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)",
        new.id as _,
        new.letter.kind() as _,
        recipient,
        Json(new.letter) as _,
        At(new.now) as _,
        At(new.until) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a mail to the confirmed address of an account that may log in; to no other.
pub async fn insert_to_account(db: impl PgExecutor<'_>, new: NewMail<'_>, account: UserId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mails (id, kind, recipient, account_id, letter, made_at, due_at, expires_at)
         select $1, $2, u.email, u.id, $4, $5, $5, $6 from users u
         where u.id = $3 and u.email_confirmed_at is not null and u.disabled_at is null",
        new.id as _,
        new.letter.kind() as _,
        account as _,
        Json(new.letter) as _,
        At(new.now) as _,
        At(new.until) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A mail that this program holds.
pub struct Claimed {
    pub id: MailId,
    pub kind: MailKind,
    pub recipient: String,
    /// Whose it is, where it tells an account.
    pub account: Option<UserId>,
    pub letter: Option<JsonValue>,
    pub made_at: At,
    pub expires_at: At,
    /// Which attempt this is: whoever held it before has another.
    pub attempts: i32,
}

/// Takes the mail that is due longest, until `until`; one that someone waits for goes before those that come at an hour.
pub async fn claim(db: impl PgExecutor<'_>, now: Timestamp, until: Timestamp) -> sqlx::Result<Option<Claimed>> {
    sqlx::query_as!(
        Claimed,
        r#"update mails set due_at = $2, attempts = attempts + 1
           where id = (select id from mails where due_at <= $1
               order by kind in ('digest', 'talk', 'review'), due_at, id limit 1 for update skip locked)
           returning id as "id: MailId", kind as "kind: MailKind", recipient, account_id as "account: UserId", letter,
               made_at as "made_at: At", expires_at as "expires_at: At", attempts"#,
        At(now) as _,
        At(until) as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets go of a mail that was sent, or that nobody needs, unless someone else took it over.
pub async fn delete(db: impl PgExecutor<'_>, mail: &Claimed) -> sqlx::Result<()> {
    sqlx::query!("delete from mails where id = $1 and attempts = $2", mail.id as _, mail.attempts).execute(db).await?;
    Ok(())
}

/// Puts a mail back, to be tried at `at`, unless someone else took it over.
pub async fn put_back(db: impl PgExecutor<'_>, mail: &Claimed, problem: &str, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update mails set due_at = $3, problem = $4 where id = $1 and attempts = $2",
        mail.id as _,
        mail.attempts,
        At(at) as _,
        problem,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a mail up: what it said goes, that it was stays.
pub async fn give_up(db: impl PgExecutor<'_>, mail: &Claimed, problem: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update mails set due_at = null, letter = null, failed_at = $3, problem = $4 where id = $1 and attempts = $2",
        mail.id as _,
        mail.attempts,
        At(now) as _,
        problem,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets mails that were given up before then, and those that waited longer than they hold while no mail was sent.
pub async fn forget(db: impl PgExecutor<'_>, failed_before: Timestamp, expired_before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from mails where failed_at < $1 or expires_at < $2 and due_at is not null",
        At(failed_before) as _,
        At(expired_before) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A mail that was not sent, or not at once.
pub struct Troubled {
    pub kind: MailKind,
    pub recipient: String,
    pub problem: String,
    pub made_at: At,
    /// When it is tried next; never where it was given up.
    pub due_at: Option<At>,
}

/// The latest mails that met a problem, and how many wait in all.
pub async fn troubled(db: impl PgExecutor<'_>, most: i64) -> sqlx::Result<Vec<Troubled>> {
    sqlx::query_as!(
        Troubled,
        r#"select kind as "kind: MailKind", recipient, problem as "problem!", made_at as "made_at: At", due_at as "due_at: At"
           from mails where problem is not null order by made_at desc, id desc limit $1"#,
        most,
    )
    .fetch_all(db)
    .await
}
