//! One first approach at a time per company, read from the touchpoints alone: the table of `playbook::approach` written down a
//! second time, as a walk through what happened with the others there.

use std::collections::HashMap;

use inroad::ids::{CompanyId, ContactId};
use jiff::ToSpan;
use jiff::civil::Date;
use sqlx::Row;

use super::calendar::{AWAY, AWAY_IS_SAID, after};
use super::rules::{Touch, touches};
use super::scene::Search;

/// Working days the others wait after a request, and after everything else.
const WAIT: usize = 3;
/// Calendar days that 'later' is, where no day is named: the rhythm of the search.
const RHYTHM: i64 = 21;

/// Where someone stands, as far as others at their company wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Not approached, or known without a talk being wanted.
    New,
    Requested(Date),
    /// To be asked for a talk on that day.
    Answered(Date),
    /// Asked; the day of the first follow-up.
    Asked(Date),
    /// Followed up without an answer.
    Silent,
    /// A time is being found; the day it is due.
    SettingTime(Date),
    Talk(Date),
    /// Thanks are due on that day.
    Helped(Date),
    InTouch,
    LetGo,
}

/// Goes through what happened with someone up to an evening.
fn walk(history: &[&Touch]) -> At {
    let mut at = At::New;
    let mut owed: Option<Date> = None;
    // Heard from before: a late acceptance of the request is no news then.
    let mut known = false;
    for touch in history {
        let on = touch.on;
        at = match (touch.kind.as_str(), at) {
            ("requested" | "introduction_asked", At::New | At::Requested(_)) => At::Requested(on),
            ("accepted" | "introduced" | "replied" | "met", At::New | At::Requested(_)) => At::Answered(after(on, 0)),
            ("introduced" | "replied" | "met", At::LetGo) => At::Answered(after(on, 0)),
            ("accepted", At::LetGo) if !known => At::Answered(after(on, 0)),
            ("replied" | "met", At::Asked(_) | At::Silent) => At::Asked(after(on, WAIT)),
            ("asked", at) if !matches!(at, At::Talk(_)) => At::Asked(after(on, WAIT)),
            ("followed_up", At::SettingTime(_)) => At::SettingTime(after(on, WAIT)),
            ("followed_up", At::Asked(_)) => At::Silent,
            ("answered_yes", at) if !matches!(at, At::Talk(_)) => At::SettingTime(after(on, 0)),
            ("answered_later", at) if !matches!(at, At::Helped(_) | At::InTouch) => {
                At::Answered(after(touch.until.unwrap_or(on.saturating_add(RHYTHM.days())), 0))
            }
            ("sent_on", At::Talk(day)) => {
                owed = owed.or(Some(after(on, 1)));
                At::Talk(day)
            }
            ("held" | "answered_in_writing" | "sent_on", _) => At::Helped(*owed.get_or_insert(after(on, 1))),
            ("scheduled" | "rescheduled", _) => At::Talk(touch.until.unwrap()),
            ("cancelled" | "no_show", At::Talk(_)) => At::SettingTime(after(on, 1)),
            ("thanked", at) => {
                owed = None;
                if matches!(at, At::Helped(_)) { At::InTouch } else { at }
            }
            ("answered_no" | "moved_on" | "moving_on_note", _) => {
                owed = None;
                At::LetGo
            }
            ("snoozed", At::Answered(_)) => At::Answered(after(touch.until.unwrap(), 0)),
            ("snoozed", At::SettingTime(_)) => At::SettingTime(after(touch.until.unwrap(), 0)),
            ("dismissed" | "done_otherwise", At::Asked(_)) => At::Silent,
            ("dismissed" | "done_otherwise", At::Answered(_) | At::SettingTime(_)) => At::New,
            (_, at) => at,
        };
        known |= matches!(at, At::Answered(_) | At::SettingTime(_) | At::Talk(_) | At::Helped(_) | At::InTouch)
            || matches!(touch.kind.as_str(), "already_connected" | "replied" | "answered_no");
    }
    at
}

/// The first day on which others there are free again.
fn free_on(at: At, day: Date) -> Option<Date> {
    match at {
        At::New | At::Silent | At::InTouch | At::LetGo => None,
        At::Requested(on) | At::Talk(on) | At::SettingTime(on) | At::Helped(on) => Some(after(on, WAIT)),
        // The days away were not off yet.
        At::Answered(due) if day < AWAY_IS_SAID && due >= AWAY.0 => None,
        At::Answered(due) => (due <= after(day, WAIT)).then(|| after(due, WAIT)),
        At::Asked(follow_up) => Some(follow_up),
    }
}

struct Person {
    name: String,
    company: Option<CompanyId>,
    introduced_by: Option<ContactId>,
}

/// No first message went to anybody at whose company someone else might still answer, or did.
pub async fn one_at_a_time(search: &Search) {
    let sql = "select id, name, company_id, introduced_by from contacts where user_id = $1";
    let rows = sqlx::query(sql).bind(search.alice.id).fetch_all(&search.app.db).await.unwrap();
    let people: HashMap<ContactId, Person> = rows
        .iter()
        .map(|row| {
            let (name, company, introduced_by) = (row.get("name"), row.get("company_id"), row.get("introduced_by"));
            (row.get("id"), Person { name, company, introduced_by })
        })
        .collect();
    let touches = touches(search).await;
    let mut approaches = 0;
    for (nr, first) in touches.iter().enumerate() {
        let before = &touches[..nr];
        let is_approach = match first.kind.as_str() {
            "requested" | "introduction_asked" => true,
            "asked" => !before.iter().any(|t| t.contact == first.contact && !is_no_contact(&t.kind)),
            _ => false,
        };
        if !is_approach {
            continue;
        }
        approaches += 1;
        let who = &people[&first.contact];
        for (id, other) in &people {
            if *id == first.contact || other.company.is_none() || other.company != who.company {
                continue;
            }
            if who.introduced_by == Some(*id) {
                continue;
            }
            let mut history: Vec<&Touch> = before.iter().filter(|t| t.contact == *id).collect();
            history.sort_by_key(|touch| (touch.on, touch.id));
            let at = walk(&history);
            assert!(
                free_on(at, first.on).is_none_or(|day| day <= first.on),
                "seed {}: {} was approached on {} while {} is at {at:?}: {history:#?}",
                search.seed,
                who.name,
                first.on,
                other.name
            );
        }
    }
    assert!(approaches >= 30, "seed {}: only {approaches} first approaches", search.seed);
}

/// What happens without the two being in contact.
fn is_no_contact(kind: &str) -> bool {
    matches!(
        kind,
        "found" | "already_connected" | "picked" | "snoozed" | "dismissed" | "second_person_asked" | "accepted"
    )
}
