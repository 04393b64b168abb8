//! What a change of settings moved, as it is kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{ContactId, ReferralId};
use crate::kinds::kinds;

kinds! {
    /// What was changed.
    pub enum Cause {
        Pace = "pace", "Your goals and pace are saved.";
        Holidays = "holidays", "Your holidays are saved.";
        Away = "away", "Your time away is saved.";
        Ending = "ending", "Saved how often to write from now on.";
    }
}

kinds! {
    /// What can lie on a day.
    pub enum Of {
        /// A contact's next step.
        Contact = "contact", "Next step";
        /// A referral's next step.
        Referral = "referral", "Referral";
        /// A promise of the user's.
        Promise = "promise", "Promise";
        /// What the user does for a referral.
        Task = "task", "Task";
    }
}

/// One thing that lies on another day than before. Whose it is and how it reads is looked up when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Of which kind.
    pub of: Of,
    /// The contact, referral, promise or task.
    pub id: Uuid,
    /// The word of the step, where it is one.
    pub step: Option<String>,
    /// When it was due.
    pub was: Option<Date>,
    /// When it is due now.
    pub now: Option<Date>,
}

/// A move with whose it is, as a page shows it.
#[derive(Debug, Deserialize)]
pub struct MoveRow {
    pub of: Of,
    pub contact: ContactId,
    pub referral: Option<ReferralId>,
    pub name: String,
    pub step: Option<String>,
    pub text: Option<String>,
    pub was: Option<Date>,
    pub now: Option<Date>,
}
