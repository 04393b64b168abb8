//! What administrators change of an account.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::queries;
use crate::access::Admin;
use crate::accounts::audit::Kind;
use crate::ids::UserId;
use crate::kinds::kinds;

kinds! {
    /// What an administrator can change of an account.
    pub enum Change {
        /// Nobody logs in with it any more; nothing in it is lost.
        Disable = "disable", "Disable";
        /// It can log in again.
        Enable = "enable", "Enable";
        /// It administers.
        Promote = "promote", "Make administrator";
        /// It no longer administers.
        Demote = "demote", "Remove as administrator";
    }
}

impl Change {
    /// Does it. Nothing, and nothing is done, where nobody would be left to administer. Run it after `lock_instance`.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn apply(
        self,
        db: &mut PgConnection,
        by: Admin,
        id: UserId,
        now: Timestamp,
    ) -> sqlx::Result<Option<Kind>> {
        Ok(match self {
            Self::Disable => queries::disable(db, by, id, now).await?.then_some(Kind::Disabled),
            Self::Demote => queries::demote(db, by, id).await?.then_some(Kind::Demoted),
            Self::Enable => {
                queries::enable(db, by, id).await?;
                Some(Kind::Enabled)
            }
            Self::Promote => {
                queries::promote(db, by, id).await?;
                Some(Kind::Promoted)
            }
        })
    }

    /// What is said once it is done.
    pub fn said(self, name: &str) -> String {
        match self {
            Self::Disable => format!("{name} can no longer log in. Nothing in the account is lost."),
            Self::Enable => format!("{name} can log in again."),
            Self::Promote => format!("{name} administers now."),
            Self::Demote => format!("{name} no longer administers."),
        }
    }
}
