//! What administrators change of an account.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::queries;
use crate::access::Admin;
use crate::accounts::audit::Kind;
use crate::accounts::queries::{self as accounts, passkeys, second_step};
use crate::accounts::second_step::browsers::forget_all;
use crate::error::Result;
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
        /// Its password alone logs in, until its owner sets a second step up again.
        EndSecondStep = "end-second-step", "Turn off the second step";
    }
}

impl Change {
    /// Does it. Nothing, and nothing is done, where it cannot be (see [`Change::refused`]). Run it after `lock_instance`.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn apply(self, db: &mut PgConnection, by: Admin, id: UserId, now: Timestamp) -> Result<Option<Kind>> {
        Ok(match self {
            Self::Disable => {
                let done = queries::disable(&mut *db, by, id, now).await?;
                if done {
                    forget_all(db, id).await?;
                }
                done.then_some(Kind::Disabled)
            }
            Self::EndSecondStep => {
                let had_passkeys = passkeys::delete_all(&mut *db, id).await?;
                let done = second_step::turn_off(&mut *db, id, Some(now)).await? || had_passkeys;
                if done {
                    accounts::delete_sessions(&mut *db, id).await?;
                    forget_all(db, id).await?;
                }
                done.then_some(Kind::SecondStepOff)
            }
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
            Self::EndSecondStep => {
                format!(
                    "{name} logs in without a second step now, has no passkeys any more, and was signed out everywhere."
                )
            }
        }
    }

    /// What is said where it is not done.
    pub fn refused(self, name: &str) -> String {
        match self {
            Self::EndSecondStep => format!("{name} has no passkey, and has no second step."),
            _ => format!("{name} is the only administrator, and stays one. Make someone else one first."),
        }
    }
}
