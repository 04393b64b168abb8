//! What a mail is about. The words, and the secrets of its links, come when it is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::InterviewId;
use crate::kinds::kinds;

kinds! {
    /// The kinds of mail, as the administrator reads them.
    pub enum MailKind {
        /// To whoever signs up.
        SignUp = "sign_up", "Signing up";
        /// To show that an address is its account's.
        Confirmation = "confirmation", "Confirming an address";
        /// To choose a new password.
        Password = "password", "A new password";
        /// To make an account.
        Invitation = "invitation", "An invitation";
        /// To look at a search.
        Coaching = "coaching", "An invitation to look";
        /// Someone logged in where nobody had.
        NewBrowser = "new_browser", "A new browser";
        /// What guards the account was changed.
        Change = "change", "A change of security";
        /// To try whether mail arrives.
        Test = "test", "A test";
        /// What is due today.
        Digest = "digest", "The daily mail";
        /// A talk comes.
        Talk = "talk", "A talk that comes";
        /// The week waits to be looked back on.
        Review = "review", "The weekly review";
    }
}

kinds! {
    /// A change of what guards an account, which its owner is told of.
    pub enum Change {
        /// Another password.
        Password = "password", "Your password was changed";
        /// Another e-mail address.
        Email = "email", "Your e-mail address was changed";
        /// The secret address of a calendar.
        Calendar = "calendar", "A calendar address was made";
        /// Other browsers were logged out.
        Sessions = "sessions", "Your other browsers were logged out";
        /// A code is asked for after the password.
        SecondStepOn = "second_step_on", "The second step was turned on";
        /// The password alone logs in again.
        SecondStepOff = "second_step_off", "The second step was turned off";
        /// A passkey logs in.
        PasskeyAdded = "passkey_added", "A passkey was added";
        /// A passkey no longer does.
        PasskeyRemoved = "passkey_removed", "A passkey was removed";
        /// None of an account does any more.
        PasskeysRemoved = "passkeys_removed", "Your passkeys were removed";
        /// A passkey's counter went back.
        PasskeyCopied = "passkey_copied", "A passkey was refused";
        /// Someone else's word logs in.
        IdentityLinked = "identity_linked", "Another way to log in was linked";
        /// It no longer does.
        IdentityUnlinked = "identity_unlinked", "A way to log in was unlinked";
    }
}

/// A mail as it waits. Links that open an account are made when it leaves, and are nowhere before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// To an address someone signed up with: to confirm it, or, where it had an account before, that it has.
    SignUp,
    /// To confirm the address of an account.
    Confirmation,
    /// To choose a new password, if the address has an account and was confirmed.
    Password,
    /// To make an account.
    Invitation {
        /// Who invites.
        by: String,
        /// Where to.
        link: String,
    },
    /// To look at a search.
    Coaching {
        /// Whose.
        by: String,
        /// Where to.
        link: String,
    },
    /// Someone logged in on a browser that was not known.
    NewBrowser {
        /// The browser in words.
        browser: String,
        /// The client's address, where it is known.
        address: String,
    },
    /// What guards the account was changed.
    Change {
        /// What.
        what: Change,
    },
    /// Whether mail arrives.
    Test,
    /// What is due on the day it leaves.
    Digest,
    /// A talk comes, at this time.
    Talk {
        /// Which.
        id: InterviewId,
        /// When it was to begin; it is another mail where that changes.
        starts_at: Timestamp,
    },
    /// The week waits to be looked back on.
    Review,
}

impl Letter {
    /// Its kind.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::SignUp => MailKind::SignUp,
            Self::Confirmation => MailKind::Confirmation,
            Self::Password => MailKind::Password,
            Self::Invitation { .. } => MailKind::Invitation,
            Self::Coaching { .. } => MailKind::Coaching,
            Self::NewBrowser { .. } => MailKind::NewBrowser,
            Self::Change { .. } => MailKind::Change,
            Self::Test => MailKind::Test,
            Self::Digest => MailKind::Digest,
            Self::Talk { .. } => MailKind::Talk,
            Self::Review => MailKind::Review,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_reads_back_as_it_was_kept() {
        for letter in [
            Letter::SignUp,
            Letter::Confirmation,
            Letter::Password,
            Letter::Invitation { by: "Ada".into(), link: "https://a.example/".into() },
            Letter::Coaching { by: "Ada".into(), link: "https://a.example/".into() },
            Letter::NewBrowser { browser: "Firefox on Linux".into(), address: "192.0.2.7".into() },
            Letter::Change { what: Change::Calendar },
            Letter::Test,
            Letter::Digest,
            Letter::Talk { id: InterviewId::new(), starts_at: "2026-11-26T14:00:00Z".parse().unwrap() },
            Letter::Review,
        ] {
            let kept = serde_json::to_value(&letter).unwrap();
            assert_eq!(kept["kind"], letter.kind().as_str());
            assert_eq!(serde_json::from_value::<Letter>(kept).unwrap(), letter);
        }
    }
}
