//! The way into the queue, and whether there is one.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;
use tokio::sync::Notify;

use super::letter::Letter;
use super::queries::{self, NewMail};
use crate::address::EmailAddress;
use crate::config::Config;
use crate::ids::{MailId, UserId};

/// How long a mail is tried.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How long one is that was asked for just now: whoever waits for it asks again.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(1);
/// How long one is that tells of a day: the next is to come then.
const OF_THE_DAY: SignedDuration = SignedDuration::from_hours(16);

/// Where mail is put. Without a server it takes none, and everything goes without.
#[derive(Clone)]
pub struct Outbox {
    is_on: bool,
    news: Arc<Notify>,
}

impl Outbox {
    /// Of an installation.
    pub fn of(config: &Config) -> Self {
        Self { is_on: config.smtp.is_some(), news: Arc::default() }
    }

    /// Whether mail is sent from here.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Puts a mail to an address, whoever has it.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn put(
        &self,
        db: impl PgExecutor<'_>,
        to: &EmailAddress,
        letter: &Letter,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        if self.is_on {
            queries::insert(db, NewMail::new(letter, now, until(letter, now)), to.as_str()).await?;
        }
        Ok(())
    }

    /// Puts a mail to the address of an account, if it is confirmed: what is in an account is not told to a stranger.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn tell(
        &self,
        db: impl PgExecutor<'_>,
        account: UserId,
        letter: &Letter,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        if self.is_on {
            queries::insert_to_account(db, NewMail::new(letter, now, until(letter, now)), account).await?;
        }
        Ok(())
    }

    /// Says that there may be mail to send: what was put is committed.
    pub fn hurry(&self) {
        self.news.notify_one();
    }

    /// Returns once there may be.
    pub async fn news(&self) {
        self.news.notified().await;
    }
}

impl<'a> NewMail<'a> {
    fn new(letter: &'a Letter, now: Timestamp, until: Timestamp) -> Self {
        Self { id: MailId::new(), letter, now, until }
    }
}

fn until(letter: &Letter, now: Timestamp) -> Timestamp {
    now + match letter {
        Letter::Password | Letter::Test => ASKED_FOR,
        Letter::Digest => OF_THE_DAY,
        Letter::Talk { starts_at, .. } => return *starts_at,
        _ => TRIED_FOR,
    }
}
