//! The way into the queue of notices.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;
use tokio::sync::Notify;

use super::key::Key;
use super::notice::is_urgent;
use super::queries::{self, NewNotice};
use crate::ids::{NoticeId, PushDeviceId, UserId};
use crate::mail::letter::Letter;

/// How long a test is tried: whoever waits for it presses again.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Where notices are put, and the key they are sent by.
#[derive(Clone)]
pub struct Notices {
    /// Who sends them.
    pub key: Arc<Key>,
    news: Arc<Notify>,
}

impl Notices {
    /// Of an installation that signs with `secret`.
    pub fn new(secret: &[u8; 64]) -> Self {
        Self { key: Arc::new(Key::of(secret)), news: Arc::default() }
    }

    /// Puts a notice for every device of an account that may log in, worth showing until then.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn tell(
        &self,
        db: impl PgExecutor<'_>,
        account: UserId,
        letter: &Letter,
        now: Timestamp,
        until: Timestamp,
    ) -> sqlx::Result<()> {
        queries::insert(db, account, new(letter, now, until), None).await?;
        Ok(())
    }

    /// Puts one that tries a device. False where the account has no such.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn test(
        &self,
        db: impl PgExecutor<'_>,
        account: UserId,
        device: PushDeviceId,
        now: Timestamp,
    ) -> sqlx::Result<bool> {
        queries::insert(db, account, new(&Letter::Test, now, now + TRIED_FOR), Some(device)).await
    }

    /// Says that there may be notices to send: what was put is committed.
    pub fn hurry(&self) {
        self.news.notify_one();
    }

    /// Returns once there may be.
    pub async fn news(&self) {
        self.news.notified().await;
    }
}

fn new(letter: &Letter, now: Timestamp, until: Timestamp) -> NewNotice<'_> {
    NewNotice { id: NoticeId::new(), letter, urgent: is_urgent(letter), now, until }
}
