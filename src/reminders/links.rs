//! The links of reminders: what a press on one does, for whom, and how long it holds. Pure.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use crate::accounts::reminding::wishes::Kind;
use crate::ids::UserId;
use crate::kinds::kinds;

/// How long a line of a mail can be acted on.
pub const HOLDS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Where lines are acted on.
pub const ACTS: &str = "/reminders/acts";
/// Where mails of a kind are ended.
pub const ENDS: &str = "/reminders/ends";

kinds! {
    /// What one press does with a line.
    pub enum Act {
        Done = "done", "Done";
        Later = "later", "Snooze";
    }
}

/// What a link to a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActLink {
    /// Whose line.
    pub account: UserId,
    /// What is done with it.
    pub act: Act,
    /// The line's name on Today.
    pub line: String,
    /// The step it is at, so that the link does no other.
    pub state: String,
    /// Until when.
    pub until: Timestamp,
}

/// What a link that ends mails says. It holds for good: whoever has an old mail may still end them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndLink {
    /// Whose mails.
    pub account: UserId,
    /// Which.
    pub kind: Kind,
}

/// The text is no such link.
#[derive(Debug)]
pub struct NoLink;

impl fmt::Display for ActLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, act, line, state, until } = self;
        write!(f, "act.{account}.{act}.{line}.{state}.{}", until.as_second())
    }
}

impl FromStr for ActLink {
    type Err = NoLink;

    fn from_str(text: &str) -> Result<Self, NoLink> {
        let parts: Vec<&str> = text.split('.').collect();
        let ["act", account, act, line, state, until] = parts[..] else { return Err(NoLink) };
        Ok(Self {
            account: account.parse().map_err(|_| NoLink)?,
            act: act.parse().map_err(|_| NoLink)?,
            line: line.to_owned(),
            state: state.to_owned(),
            until: until.parse().ok().and_then(|at| Timestamp::from_second(at).ok()).ok_or(NoLink)?,
        })
    }
}

impl fmt::Display for EndLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "end.{}.{}", self.account, self.kind)
    }
}

impl FromStr for EndLink {
    type Err = NoLink;

    fn from_str(text: &str) -> Result<Self, NoLink> {
        let parts: Vec<&str> = text.split('.').collect();
        let ["end", account, kind] = parts[..] else { return Err(NoLink) };
        Ok(Self { account: account.parse().map_err(|_| NoLink)?, kind: kind.parse().map_err(|_| NoLink)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_it_was_made_to_say() {
        let account = UserId::new();
        let until = "2026-12-08T09:00:00Z".parse().unwrap();
        for act in Act::ALL {
            let link = ActLink { account, act: *act, line: "c01".into(), state: "0a".into(), until };
            assert_eq!(link.to_string().parse::<ActLink>().unwrap(), link);
            assert!(link.to_string().parse::<EndLink>().is_err());
        }
        for kind in Kind::ALL {
            let link = EndLink { account, kind: *kind };
            assert_eq!(link.to_string().parse::<EndLink>().unwrap(), link);
            assert!(link.to_string().parse::<ActLink>().is_err());
        }
        for nonsense in ["", "act", "end..digest", "act.x.done.c.0.1", "act.....", "end.x.y.z"] {
            assert!(nonsense.parse::<ActLink>().is_err() && nonsense.parse::<EndLink>().is_err(), "{nonsense}");
        }
    }
}
