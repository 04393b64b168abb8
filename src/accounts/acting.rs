//! Whoever changes an account, on a page or by a program, and what the rules need to know of them: a change is made by the same
//! function for both.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::PgConnection;

use super::preferences::Preferences;
use crate::access::Owner;
use crate::clock;
use crate::playbook::cadence::Cadence;

/// One change of an account's data: who makes it, when, and on which connection.
pub struct Acting<'a> {
    /// The connection.
    pub db: &'a mut PgConnection,
    /// The proof.
    pub by: Owner,
    /// The instant.
    pub now: Timestamp,
    /// Where the account's person lives, in time.
    pub zone: &'a TimeZone,
    /// What they set for their search.
    pub preferences: &'a Preferences,
}

impl<'a> Acting<'a> {
    /// The civil date where the person is.
    pub fn today(&self) -> Date {
        clock::date_in(self.zone, self.now)
    }

    /// By which days steps follow.
    pub fn cadence(&self) -> &'a Cadence {
        &self.preferences.cadence
    }
}
