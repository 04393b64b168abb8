//! Whose mail it is: what a letter or a link of it needs to know of an account, and the proof that goes with it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgExecutor};

use crate::access::{Owner, Viewer};
use crate::accounts::acting::Acting;
use crate::accounts::preferences::Preferences;
use crate::accounts::reminding::queries;
use crate::ids::UserId;
use crate::web::dates::Formats;

/// An account, as its mails know it.
pub struct Account {
    /// Which.
    pub id: UserId,
    /// Whose name it has.
    pub name: String,
    /// Where its mails go.
    pub email: String,
    /// Where its person lives, in time.
    pub zone: TimeZone,
    /// What they set for their search.
    pub preferences: Preferences,
    /// How they write dates.
    pub formats: Formats,
    /// What links are bound to: another address or password ends those of before.
    pub bound_to: String,
}

impl Account {
    /// The account, if it may log in.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn find(db: impl PgExecutor<'_>, id: UserId) -> sqlx::Result<Option<Self>> {
        Ok(queries::account(db, id).await?.map(|row| Self {
            id,
            zone: TimeZone::get(&row.zone).unwrap_or(TimeZone::UTC),
            preferences: row.preferences.0,
            formats: Formats { dates: row.dates, times: row.times },
            bound_to: bound_to(&row.email, &row.password_hash),
            name: row.name,
            email: row.email,
        }))
    }

    /// Holds it until the transaction ends: two presses of one link do not meet.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn hold(&self, db: impl PgExecutor<'_>) -> sqlx::Result<()> {
        queries::hold_account(db, self.id).await
    }

    /// For reading what its mail tells.
    pub fn viewer(&self) -> Viewer {
        Viewer::granted(self.id)
    }

    /// For writing what a link of its mail says, whose signature was proven.
    pub(super) fn owner(&self) -> Owner {
        Owner::granted(self.id)
    }

    /// The same for what follows the rules of the search.
    pub(super) fn acting<'a>(&'a self, db: &'a mut PgConnection, now: Timestamp) -> Acting<'a> {
        Acting { db, by: self.owner(), now, zone: &self.zone, preferences: &self.preferences }
    }

    /// Whether nothing is told on that day: the person is away, or put the rest of it away.
    pub fn rests_on(&self, day: Date) -> bool {
        self.preferences.away_on(day).is_some() || self.preferences.done_for_today == Some(day)
    }
}

fn bound_to(email: &str, password_hash: &str) -> String {
    let digest = Sha256::digest(format!("{} {email} {password_hash}", email.len()));
    data_encoding::HEXLOWER.encode(&digest)
}
