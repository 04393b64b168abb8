//! What administrators change of an account.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::queries;
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::queries::{self as accounts, passkeys, second_step};
use crate::accounts::second_step::browsers::forget_all;
use crate::error::Result;
use crate::ids::UserId;
use crate::kinds::kinds;
use crate::mail::letter::{self, Letter};
use crate::mail::outbox::Outbox;

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
        /// The same, and no passkey of it logs in any more.
        EndPasskeys = "end-passkeys", "Remove passkeys";
    }
}

impl Change {
    /// Does it. Returns what was done; nothing where it cannot be (see [`Change::refused`]). Run it after `lock_instance`.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn apply(self, db: &mut PgConnection, by: Admin, id: UserId, now: Timestamp) -> Result<Vec<Kind>> {
        let done = match self {
            Self::Disable => {
                let done = queries::disable(&mut *db, by, id, now).await?;
                if done {
                    forget_all(db, id).await?;
                }
                done.then_some(Kind::Disabled)
            }
            Self::EndSecondStep | Self::EndPasskeys => {
                // The account before its passkeys, as its owner's own changes hold them.
                let second_step = second_step::turn_off(&mut *db, id, Some(now)).await?;
                let passkeys = self == Self::EndPasskeys && passkeys::delete_all(&mut *db, id).await?;
                if second_step || passkeys {
                    accounts::delete_sessions(&mut *db, id).await?;
                    forget_all(db, id).await?;
                }
                let done = [(second_step, Kind::SecondStepOff), (passkeys, Kind::PasskeyRemoved)];
                return Ok(done.into_iter().filter(|(done, _)| *done).map(|(_, kind)| kind).collect());
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
        };
        Ok(done.into_iter().collect())
    }

    /// What is said once that was done.
    pub fn said(self, name: &str, done: &[Kind]) -> String {
        match self {
            Self::Disable => format!("{name} can no longer log in. Nothing in the account is lost."),
            Self::Enable => format!("{name} can log in again."),
            Self::Promote => format!("{name} administers now."),
            Self::Demote => format!("{name} no longer administers."),
            Self::EndSecondStep | Self::EndPasskeys => {
                let second_step = done.contains(&Kind::SecondStepOff);
                let off = if second_step { " logs in without a second step now," } else { "" };
                if !done.contains(&Kind::PasskeyRemoved) {
                    return format!("{name}{off} and was signed out everywhere.");
                }
                let comma = if second_step { "," } else { "" };
                format!(
                    "{name}{off} has no passkeys any more{comma} and was signed out everywhere. If they have no \
                     password, make them a link for one."
                )
            }
        }
    }

    /// What is said where it is not done.
    pub fn refused(self, name: &str) -> String {
        match self {
            Self::EndSecondStep => format!("{name} has no second step."),
            Self::EndPasskeys => format!("{name} has no passkey, and has no second step."),
            _ => format!("{name} is the only administrator, and stays one. Make someone else one first."),
        }
    }
}

/// What was done to an account, to be noted.
pub fn noted(id: UserId, done: Kind, now: Timestamp) -> Event<'static> {
    let event = Event::new(id, done, now);
    if done == Kind::PasskeyRemoved { event.about("all of them") } else { event }
}

/// Tells its owner of what guards the account, where that was changed.
///
/// # Errors
/// Only the database's.
pub async fn tell(outbox: &Outbox, db: &mut PgConnection, id: UserId, done: &[Kind], now: Timestamp) -> Result<()> {
    for kind in done {
        let what = match kind {
            Kind::SecondStepOff => letter::Change::SecondStepOff,
            Kind::PasskeyRemoved => letter::Change::PasskeysRemoved,
            _ => continue,
        };
        outbox.tell(&mut *db, id, &Letter::Change { what }, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_what_was_turned_off() {
        let (off, removed) = (Kind::SecondStepOff, Kind::PasskeyRemoved);
        let said = |done: &[Kind]| Change::EndPasskeys.said("Ada", done);
        assert_eq!(said(&[off]), "Ada logs in without a second step now, and was signed out everywhere.");
        assert!(said(&[removed]).starts_with("Ada has no passkeys any more and was signed out everywhere. "));
        assert!(said(&[off, removed]).starts_with(
            "Ada logs in without a second step now, has no passkeys any more, and was signed out everywhere. "
        ));
    }
}
