//! Lines of the day about introductions: one that can be asked for, one to remind of.

use jiff::civil::Date;
use serde::Deserialize;

use super::items::{Action, Item};
use crate::contacts::wording::on_day;
use crate::ids::IntroductionId;
use crate::playbook::introduction::Status;
use crate::playbook::message::phrase::ended;

/// An introduction that can be asked for, or was.
#[derive(Debug, Deserialize)]
pub struct IntroductionRow {
    pub id: IntroductionId,
    pub introducer: String,
    pub introduced: String,
    /// Where the person to be introduced works.
    pub company: Option<String>,
    pub status: Status,
    pub asked_on: Option<Date>,
}

/// The line of one that stands since `due`, and is late for so many days.
pub(super) fn introduction_item(row: IntroductionRow, due: Date, days_late: i32, today: Date) -> Item {
    let to = match &row.company {
        Some(company) => format!("{} at {company}", row.introduced),
        None => row.introduced,
    };
    let (verb, done, line) = match row.status {
        Status::Asked => {
            let asked = row.asked_on.map(|on| format!(" {}", on_day(on, today))).unwrap_or_default();
            let line = format!("You asked{asked} to be introduced to {to}, and there is no answer yet.");
            ("Remind once, gently:", "reminders", line)
        }
        _ => ("Ask for an introduction:", "asks", ended(&format!("To {to}"))),
    };
    Item {
        verb,
        name: row.introducer,
        href: format!("/introductions/{}", row.id),
        line,
        go: "Write",
        due: if days_late > 0 { due } else { due.max(today) },
        days_late,
        minutes: 4,
        action: Action::Introduction(row.id, done),
        worth: 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn asking_says_whom_and_reminding_says_since_when_they_know() {
        let today = date(2026, 11, 24);
        let row = |status, asked_on| IntroductionRow {
            id: IntroductionId::new(),
            introducer: "Mary Jackson".into(),
            introduced: "Kate Miller".into(),
            company: Some("Acme Inc.".into()),
            status,
            asked_on,
        };
        let ask = introduction_item(row(Status::Possible, None), date(2026, 11, 20), 0, today);
        assert_eq!(ask.said(), "Ask for an introduction: Mary Jackson");
        assert_eq!((ask.line.as_str(), ask.is_late(), ask.due), ("To Kate Miller at Acme Inc.", false, today));
        let asked = |on| introduction_item(row(Status::Asked, Some(on)), date(2026, 11, 19), 3, today);
        for (on, said) in [
            (date(2026, 11, 16), "on 16 November"),
            (date(2026, 11, 20), "4 days ago"),
            (date(2026, 11, 23), "yesterday"),
            (today, "today"),
        ] {
            let remind = asked(on);
            assert_eq!(
                remind.line,
                format!("You asked {said} to be introduced to Kate Miller at Acme Inc., and there is no answer yet.")
            );
            assert!(remind.is_late() && remind.key().starts_with('i'));
        }
    }
}
