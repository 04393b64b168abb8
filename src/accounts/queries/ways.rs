//! SQL of what an account can log in with.

use sqlx::PgExecutor;

use crate::access::Owner;
use crate::ids::UserId;

/// What an account can show who it is with.
#[derive(Debug, Clone, Copy)]
pub struct Ways {
    /// It has a password.
    pub password: bool,
    /// Its second step can be a code of an app.
    pub app: bool,
    /// A second step is asked for.
    pub second_step: bool,
    /// It has recovery codes left.
    pub recovery: bool,
    /// It has a passkey.
    pub passkeys: bool,
    /// It is linked to the issuer.
    pub identity: bool,
}

/// The ways of an account; `issuer` is the one that is set up, or nothing.
pub async fn of(db: impl PgExecutor<'_>, user: UserId, issuer: &str) -> sqlx::Result<Ways> {
    sqlx::query_as!(
        Ways,
        r#"select password_hash is not null as "password!", totp_secret is not null as "app!",
               second_step_since is not null as "second_step!", coalesce(cardinality(recovery_hashes), 0) > 0 as "recovery!",
               exists (select from passkeys p where p.owner_id = $1) as "passkeys!",
               exists (select from identities i where i.owner_id = $1 and i.issuer = $2) as "identity!"
           from users where id = $1"#,
        user as _,
        issuer,
    )
    .fetch_one(db)
    .await
}

/// Holds an account until the transaction ends, so that two do not change it at once, each by what the other is changing.
pub async fn hold(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    sqlx::query!("select id from users where id = $1 for no key update", by.user_id() as _).fetch_optional(db).await?;
    Ok(())
}
