//! SQL of who accounts are to an issuer, and who administers by a group there.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use crate::access::Owner;
use crate::database::{At, on_constraint};
use crate::ids::{IdentityId, UserId};

/// The account of an identity.
pub struct Account {
    pub id: UserId,
    /// Nobody logs in with it.
    pub disabled: bool,
    /// A second step follows.
    pub second_step: bool,
    /// It administers.
    pub admin: bool,
    /// It does by a group.
    pub admin_by_group: bool,
}

/// The account that someone's name at an issuer is of.
pub async fn account(db: impl PgExecutor<'_>, issuer: &str, subject: &str) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select u.id as "id: UserId", u.disabled_at is not null as "disabled!",
               u.second_step_since is not null as "second_step!", u.is_admin as admin, u.admin_by_group
           from identities i join users u on u.id = i.owner_id where i.issuer = $1 and i.subject = $2"#,
        issuer,
        subject,
    )
    .fetch_optional(db)
    .await
}

/// What came of linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// It is linked now.
    Yes,
    /// It is of another account, or of this one.
    Claimed,
    /// The account has another one of that issuer.
    HasOne,
}

/// Links an account to who it is to an issuer.
pub async fn link(
    db: impl PgExecutor<'_>,
    user: UserId,
    (issuer, subject): (&str, &str),
    shown_as: &str,
    now: Timestamp,
) -> sqlx::Result<Linked> {
    let done = sqlx::query!(
        "insert into identities (id, owner_id, issuer, subject, shown_as, created_at, used_at) values ($1, $2, $3, $4, $5, $6, $6)",
        IdentityId::new() as _,
        user as _,
        issuer,
        subject,
        shown_as,
        At(now) as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(Linked::Yes),
        Err(error) => match on_constraint(error, &["identities_claimed"], Linked::Claimed) {
            Ok(claimed) => Ok(claimed),
            Err(error) => on_constraint(error, &["identities_one"], Linked::HasOne),
        },
    }
}

/// Notes that someone logged in by an issuer, and what it calls them now.
pub async fn used(
    db: impl PgExecutor<'_>,
    user: UserId,
    issuer: &str,
    shown_as: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update identities set used_at = $4, shown_as = $3 where owner_id = $1 and issuer = $2",
        user as _,
        issuer,
        shown_as,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who an account is to an issuer, as its owner sees it.
pub struct Shown {
    pub shown_as: String,
    pub created_at: At,
    pub used_at: At,
}

/// Who an account is to an issuer.
pub async fn shown(db: impl PgExecutor<'_>, by: Owner, issuer: &str) -> sqlx::Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"select shown_as, created_at as "created_at: At", used_at as "used_at: At"
           from identities where owner_id = $1 and issuer = $2"#,
        by.user_id() as _,
        issuer,
    )
    .fetch_optional(db)
    .await
}

/// Unlinks an account from an issuer. False where it was not linked.
pub async fn unlink(db: impl PgExecutor<'_>, by: Owner, issuer: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from identities where owner_id = $1 and issuer = $2", by.user_id() as _, issuer)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Has an account administer as a group says. False for the only administrator who can still log in, and one that was made by
/// somebody: those stay. Run it after `lock_instance`.
pub async fn set_admin_by_group(db: &mut PgConnection, user: UserId, admin: bool) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users u set is_admin = $2, admin_by_group = $2, version = u.version + 1
         where u.id = $1 and u.is_admin <> $2 and (
             $2 or u.admin_by_group and exists (select from users o where o.id <> $1 and o.is_admin and o.disabled_at is null))",
        user as _,
        admin,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
