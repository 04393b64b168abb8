//! Limits on attempts, counted in the database so that every copy of the program shares them.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgExecutor};

use super::queries::attempts;
use crate::error::Error;
use crate::web::client::buckets;

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
/// Wrong passwords for one account on one browser it was signed in to before.
pub const SIGN_IN_BY_DEVICE: Limit =
    Limit { what: "sign-in device", attempts: 10, window: SignedDuration::from_mins(15) };
/// Wrong passwords from one client.
pub const SIGN_IN_BY_ADDRESS: Limit =
    Limit { what: "sign-in address", attempts: 20, window: SignedDuration::from_mins(15) };
/// Sign-ups from one client, but for those by invitation.
pub const SIGN_UP_BY_ADDRESS: Limit =
    Limit { what: "sign-up address", attempts: 20, window: SignedDuration::from_mins(60) };
/// Programs that introduce themselves, from one client.
pub const INTRODUCTIONS_BY_ADDRESS: Limit =
    Limit { what: "introductions address", attempts: 20, window: SignedDuration::from_mins(60) };
/// Passwords set with a link, from one address.
pub const PASSWORD_LINK_BY_ADDRESS: Limit =
    Limit { what: "password link address", attempts: 20, window: SignedDuration::from_mins(15) };
/// Mails asked for by one client, to whatever address.
pub const MAIL_BY_ADDRESS: Limit = Limit { what: "mail address", attempts: 10, window: SignedDuration::from_mins(60) };
/// Mails to one address that anyone may ask for.
pub const MAIL_BY_RECIPIENT: Limit =
    Limit { what: "mail recipient", attempts: 5, window: SignedDuration::from_mins(60) };
/// Invitations to look that go by mail to one address, whoever sends them.
pub const LOOKS_BY_RECIPIENT: Limit =
    Limit { what: "looks recipient", attempts: 3, window: SignedDuration::from_hours(24) };
/// Test mails of one administrator.
pub const TESTS_BY_ACCOUNT: Limit =
    Limit { what: "tests account", attempts: 10, window: SignedDuration::from_mins(60) };
/// Test notices of one account.
pub const NOTICES_BY_ACCOUNT: Limit =
    Limit { what: "notices account", attempts: 20, window: SignedDuration::from_mins(60) };
/// Guesses at the own password by someone signed in.
pub const CONFIRM_BY_ACCOUNT: Limit =
    Limit { what: "confirm account", attempts: 10, window: SignedDuration::from_mins(15) };
/// Wrong codes of the second step, for one account whose password was right.
pub const CODE_BY_ACCOUNT: Limit = Limit { what: "code account", attempts: 10, window: SignedDuration::from_mins(15) };
/// Wrong codes for one account on one browser it was signed in to before.
pub const CODE_BY_DEVICE: Limit = Limit { what: "code device", attempts: 10, window: SignedDuration::from_mins(15) };
/// Passkeys asked for by one client that nobody is signed in to.
pub const PASSKEYS_BY_ADDRESS: Limit =
    Limit { what: "passkeys address", attempts: 60, window: SignedDuration::from_mins(15) };
/// Passkeys asked for by one account.
pub const PASSKEYS_BY_ACCOUNT: Limit =
    Limit { what: "passkeys account", attempts: 30, window: SignedDuration::from_mins(15) };
/// Logins by an issuer begun by one client.
pub const ISSUER_BY_ADDRESS: Limit =
    Limit { what: "issuer address", attempts: 60, window: SignedDuration::from_mins(15) };
/// Invitations to look, sent by one account.
pub const LOOKS_BY_ACCOUNT: Limit =
    Limit { what: "looks account", attempts: 20, window: SignedDuration::from_mins(60) };
/// Changes of one account's e-mail address: each says whether the new one is taken.
pub const EMAIL_BY_ACCOUNT: Limit =
    Limit { what: "email account", attempts: 10, window: SignedDuration::from_mins(60) };
/// Files read for one account: each is kept and held against everyone it knows.
pub const IMPORTS_BY_ACCOUNT: Limit =
    Limit { what: "imports account", attempts: 60, window: SignedDuration::from_mins(60) };
/// Files taken out of one account: two are gathered at once, of all accounts together.
pub const EXPORTS_BY_ACCOUNT: Limit =
    Limit { what: "exports account", attempts: 60, window: SignedDuration::from_mins(60) };
/// Documents sent for one account.
pub const DOCUMENTS_BY_ACCOUNT: Limit =
    Limit { what: "documents account", attempts: 120, window: SignedDuration::from_mins(60) };

/// Counts an attempt before it is made, so that attempts made at once cannot slip past.
///
/// # Errors
/// `TooMany` when the window's attempts are used up; it ends by itself, so the owner is never locked out for good.
pub async fn count(db: impl PgExecutor<'_>, now: Timestamp, limit: Limit, key: &str) -> Result<(), Error> {
    count_to(db, now, limit, key, limit.attempts).await
}

/// Counts an attempt of a client, under each network its address is counted under; an unknown address is one of its own.
///
/// # Errors
/// `TooMany`, as [`count`].
pub async fn count_client(
    db: &mut PgConnection,
    now: Timestamp,
    limit: Limit,
    address: Option<IpAddr>,
) -> Result<(), Error> {
    for (network, share) in networks(address) {
        count_to(&mut *db, now, limit, &network, limit.attempts * share).await?;
    }
    Ok(())
}

/// Gives an attempt of a client back: it was no guess.
///
/// # Errors
/// Only the database's.
pub async fn give_back(db: &mut PgConnection, limit: Limit, address: Option<IpAddr>) -> Result<(), Error> {
    for (network, _) in networks(address) {
        attempts::give_back(&mut *db, &key_of(limit, &network)).await?;
    }
    Ok(())
}

/// Gives one attempt of a key back: it was no guess.
///
/// # Errors
/// Only the database's.
pub async fn give_one_back(db: impl PgExecutor<'_>, limit: Limit, key: &str) -> Result<(), Error> {
    Ok(attempts::give_back(db, &key_of(limit, key)).await?)
}

fn networks(address: Option<IpAddr>) -> Vec<(String, i32)> {
    match address {
        Some(address) => {
            buckets(address).iter().map(|it| (it.network.to_string(), i32::try_from(it.share).unwrap_or(1))).collect()
        }
        None => vec![(String::new(), 1)],
    }
}

async fn count_to(
    db: impl PgExecutor<'_>,
    now: Timestamp,
    limit: Limit,
    key: &str,
    attempts: i32,
) -> Result<(), Error> {
    let key = key_of(limit, key);
    let seen = attempts::count(db, &key, now, now + limit.window).await?;
    if seen.count > attempts {
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
    Ok(attempts::forget(db, &key_of(limit, key)).await?)
}

/// The key is hashed: e-mail addresses that were tried, mistyped or not, are nobody's to read.
fn key_of(limit: Limit, key: &str) -> String {
    use sha2::{Digest, Sha256};
    format!("{}:{}", limit.what, data_encoding::HEXLOWER.encode(&Sha256::digest(key.as_bytes())[..16]))
}
