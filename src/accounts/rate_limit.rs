//! Limits on attempts, counted in the database so that every copy of the program shares them.

use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;

use crate::error::Error;

/// Attempts that may be made in a window.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is counted; the first part of the key.
    pub what: &'static str,
    /// Attempts in one window.
    pub attempts: i32,
    /// Length of the window.
    pub window: SignedDuration,
}

/// Wrong passwords for one account, known or not.
pub const SIGN_IN_BY_ACCOUNT: Limit =
    Limit { what: "sign-in account", attempts: 10, window: SignedDuration::from_mins(15) };
/// Sign-ins from one address.
pub const SIGN_IN_BY_ADDRESS: Limit =
    Limit { what: "sign-in address", attempts: 20, window: SignedDuration::from_mins(15) };
/// Sign-ups from one address.
pub const SIGN_UP_BY_ADDRESS: Limit =
    Limit { what: "sign-up address", attempts: 20, window: SignedDuration::from_mins(60) };
/// Passwords set with a link, from one address.
pub const PASSWORD_LINK_BY_ADDRESS: Limit =
    Limit { what: "password link address", attempts: 20, window: SignedDuration::from_mins(15) };
/// Guesses at the own password by somebody signed in.
pub const CONFIRM_BY_ACCOUNT: Limit =
    Limit { what: "confirm account", attempts: 10, window: SignedDuration::from_mins(15) };
/// Invitations to look, sent by one account.
pub const LOOKS_BY_ACCOUNT: Limit =
    Limit { what: "looks account", attempts: 20, window: SignedDuration::from_mins(60) };
/// Changes of one account's e-mail address: each says whether the new one is taken.
pub const EMAIL_BY_ACCOUNT: Limit =
    Limit { what: "email account", attempts: 10, window: SignedDuration::from_mins(60) };
/// Files read for one account: each is kept and held against everybody it knows.
pub const IMPORTS_BY_ACCOUNT: Limit =
    Limit { what: "imports account", attempts: 60, window: SignedDuration::from_mins(60) };

/// Counts an attempt before it is made, so that attempts made at once cannot slip past.
///
/// # Errors
/// `TooMany` when the window's attempts are used up; it ends by itself, so the owner is never locked out for good.
pub async fn count(db: impl PgExecutor<'_>, now: Timestamp, limit: Limit, key: &str) -> Result<(), Error> {
    let key = key_of(limit, key);
    let seen = super::queries::count_attempt(db, &key, now, now + limit.window).await?;
    if seen.count > limit.attempts {
        let wait = seen.resets_at.duration_since(now).as_secs();
        return Err(Error::TooMany { retry_after: wait });
    }
    Ok(())
}

/// Forgets the attempts of a key: the right password was given.
///
/// # Errors
/// Only the database's.
pub async fn forgive(db: impl PgExecutor<'_>, limit: Limit, key: &str) -> Result<(), Error> {
    Ok(super::queries::forget_attempts(db, &key_of(limit, key)).await?)
}

/// The key is hashed: e-mail addresses that were tried, mistyped or not, are nobody's to read.
fn key_of(limit: Limit, key: &str) -> String {
    use sha2::{Digest, Sha256};
    format!("{}:{}", limit.what, data_encoding::HEXLOWER.encode(&Sha256::digest(key.as_bytes())[..16]))
}
