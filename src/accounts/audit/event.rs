//! Noting what happened.

use jiff::Timestamp;
use sqlx::PgExecutor;

use super::kind::Kind;
use super::queries;
use crate::accounts::session::Origin;
use crate::ids::{AuditEventId, SessionId, UserId};

/// Who did what the command line did.
const COMMAND_LINE: &str = "the command line";

/// Something that happened to an account, to be noted together with it.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    owner: Option<UserId>,
    kind: Kind,
    about: Option<&'a str>,
    now: Timestamp,
}

impl<'a> Event<'a> {
    /// Of an account, or of none that is known, at an instant.
    pub fn new(owner: impl Into<Option<UserId>>, kind: Kind, now: Timestamp) -> Self {
        Self { owner: owner.into(), kind, about: None, now }
    }

    /// What it was about, in a few words that hold for everyone who may read the log.
    pub fn about(self, about: &'a str) -> Self {
        Self { about: Some(about), ..self }
    }

    /// Notes that whoever is signed in there did it.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn by_session(self, db: impl PgExecutor<'_>, session: SessionId) -> sqlx::Result<()> {
        queries::insert_by_session(db, AuditEventId::new(), self.owner, self.row(), session).await
    }

    /// Notes that the account's own person did it, from a browser that is not signed in, or not yet.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn by_browser(self, db: impl PgExecutor<'_>, origin: &Origin) -> sqlx::Result<()> {
        let address = origin.address.map(|address| address.to_string()).unwrap_or_default();
        let from = queries::From { by_name: None, address: &address, user_agent: &origin.user_agent };
        queries::insert(db, AuditEventId::new(), self.owner, self.row(), from).await
    }

    /// Notes that whoever has the machine did it.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn by_command_line(self, db: impl PgExecutor<'_>) -> sqlx::Result<()> {
        let from = queries::From { by_name: Some(COMMAND_LINE), address: "", user_agent: "" };
        queries::insert(db, AuditEventId::new(), self.owner, self.row(), from).await
    }

    fn row(&self) -> queries::New<'a> {
        queries::New { kind: self.kind, about: self.about, now: self.now }
    }
}
