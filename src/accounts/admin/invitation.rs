//! An invitation: its link, how long that works, and what came of it.

use jiff::{SignedDuration, Timestamp};

use super::queries;
use crate::accounts::token::Token;
use crate::database::At;

/// How long a link works.
pub const HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What came of an invitation so far, with the day as a person reads it.
pub enum Standing {
    /// Its link works.
    Open { until: String },
    /// Someone signed up with it.
    Used { on: String },
    /// It was taken back.
    Revoked,
    /// Nobody used it in time.
    Expired { on: String },
}

impl Standing {
    /// Of an invitation; `said` says an instant.
    pub fn of(it: &queries::Invitation, now: Timestamp, said: impl Fn(At) -> String) -> Self {
        match (it.used_at, it.revoked_at) {
            (Some(at), _) => Self::Used { on: said(at) },
            (None, Some(_)) => Self::Revoked,
            (None, None) if it.expires_at.0 > now => Self::Open { until: said(it.expires_at) },
            (None, None) => Self::Expired { on: said(it.expires_at) },
        }
    }

    /// 'works until tomorrow, 10:00'.
    pub fn in_words(&self) -> String {
        match self {
            Self::Open { until } => format!("works until {until}"),
            Self::Used { on } => format!("used {on}"),
            Self::Revoked => "revoked".into(),
            Self::Expired { on } => format!("expired {on}"),
        }
    }
}

/// The address that makes an account, with the secret that is known now and never again.
pub fn link(base: &str, token: &Token) -> String {
    format!("{base}/signup?invitation={}", token.reveal())
}
