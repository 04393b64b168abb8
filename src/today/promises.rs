//! Lines of the day that someone promised or agreed to: promises, referrals, and what makes them happen.

use jiff::civil::Date;
use serde::Deserialize;

use super::items::{Action, Item};
use crate::ids::{ActionItemId, ContactId, ReferralId};
use crate::playbook::message::phrase::ended;
use crate::playbook::referral;

/// A promise that is due.
#[derive(Debug, Deserialize)]
pub struct PromiseRow {
    pub id: ActionItemId,
    pub contact: ContactId,
    pub name: String,
    pub whose: referral::Whose,
    pub text: String,
    pub due: Date,
    #[serde(default)]
    pub days_late: i32,
}

/// A referral whose next step is due.
#[derive(Debug, Deserialize)]
pub struct ReferralRow {
    pub id: ReferralId,
    pub name: String,
    pub company: String,
    pub opening: Option<String>,
    pub step: referral::ReferralStep,
    pub due: Date,
    #[serde(default)]
    pub days_late: i32,
}

/// What someone does so that a referral happens.
#[derive(Debug, Deserialize)]
pub struct TaskRow {
    pub id: uuid::Uuid,
    pub referral: ReferralId,
    pub name: String,
    pub whose: referral::Whose,
    pub text: String,
    pub due: Date,
    #[serde(default)]
    pub days_late: i32,
}

pub(super) fn promise_item(row: PromiseRow) -> Item {
    let mine = row.whose == referral::Whose::Mine;
    Item {
        verb: if mine { "You promised" } else { "Remind, gently:" },
        href: if mine {
            format!("/contacts/{}", row.contact)
        } else {
            format!("/contacts/{}?promise={}", row.contact, row.id)
        },
        line: if mine { ended(&row.text) } else { ended(&format!("They offered: {}", row.text)) },
        name: row.name,
        go: if mine { "Open" } else { "Write" },
        due: row.due,
        days_late: row.days_late,
        minutes: 10,
        action: Action::Promise(row.id),
        worth: 2,
    }
}

pub(super) fn referral_item(row: ReferralRow) -> Item {
    let what = row.opening.unwrap_or(row.company);
    let (verb, go, done, line) = match row.step {
        referral::ReferralStep::Ask => ("Ask for a referral:", "Write", "asks", ended(&format!("For {what}"))),
        referral::ReferralStep::Remind => (
            "Remind once, gently:",
            "Write",
            "reminders",
            format!("You asked for a referral for {what}, and there is no answer yet."),
        ),
        referral::ReferralStep::RemindToMake => (
            "Make it easy for",
            "Write",
            "reminders",
            format!("They agreed to refer you for {what}, and it is not done yet."),
        ),
        referral::ReferralStep::ConfirmMade => {
            ("Is it made?", "Open", "makings", format!("All that was to be done for the referral for {what} is done."))
        }
        referral::ReferralStep::TellAndThank => {
            ("Tell and thank", "Write", "tellings", ended(&format!("There is news of {what}")))
        }
    };
    Item {
        verb,
        name: row.name,
        href: format!("/referrals/{}", row.id),
        line,
        go,
        due: row.due,
        days_late: row.days_late,
        minutes: 5,
        action: Action::Referral(row.id, done),
        worth: 2,
    }
}

pub(super) fn task_item(row: TaskRow) -> Item {
    let mine = row.whose == referral::Whose::Mine;
    Item {
        verb: if mine { "For the referral by" } else { "Waiting on" },
        name: row.name,
        href: format!("/referrals/{}", row.referral),
        line: ended(&row.text),
        go: "Open",
        due: row.due,
        days_late: row.days_late,
        minutes: 5,
        action: Action::Task(row.id),
        worth: 3,
    }
}
