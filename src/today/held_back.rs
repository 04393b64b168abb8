//! First messages that wait: somebody else at the company may still answer, or the week's requests are used up.

use jiff::civil::Date;

use super::agenda::StepRow;
use crate::accounts::preferences::Preferences;
use crate::companies::whom_to_ask::{advice, because};
use crate::contacts::ceilings::{Ceilings, on};
use crate::ids::ContactId;
use crate::playbook::approach::{Person, free_on, held_back};
use crate::playbook::business_days::monday_of;
use crate::playbook::cadence::Cadence;
use crate::playbook::step::Step;
use crate::web::words;

/// Somebody whose first message is due and waits.
#[derive(Debug)]
pub struct Waiting {
    /// Who.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// Why.
    pub why: String,
    /// Until when.
    pub advice: String,
}

/// What of the day waits, and what is left of the ceilings.
#[derive(Debug, Default)]
pub struct HeldBack {
    /// Who waits.
    pub waiting: Vec<Waiting>,
    /// What is left of requests and notes, where it is worth saying today.
    pub left: Vec<String>,
}

impl HeldBack {
    /// '2 first messages wait: You wrote to Kate Novak at Acme on Monday.'
    pub fn in_words(&self) -> String {
        let waiting = words::count(self.waiting.len() as i64, "first message waits", "first messages wait");
        match self.waiting.first() {
            Some(first) => format!("{waiting}: {}", first.why),
            None => waiting,
        }
    }
}

/// Takes out of the day's steps the first messages that wait. `there` are the people at the companies of those due today.
pub fn hold_back(
    steps: Vec<StepRow>,
    there: &[Person],
    ceilings: &Ceilings,
    requests_last_week: i64,
    preferences: &Preferences,
    today: Date,
) -> (Vec<StepRow>, HeldBack) {
    let cadence = &preferences.cadence;
    let mut requests_left = ceilings.requests.left();
    let mut requests = 0;
    let mut waiting = Vec::new();
    let mut due = Vec::new();
    for mut row in steps {
        let who = there.iter().find(|person| person.id == row.id);
        let hold = who.and_then(|person| held_back(person, there, cadence, today)).map(|hold| {
            let place = row.employer.as_ref().map_or_else(|| "there".into(), |employer| format!("at {employer}"));
            (because(&hold, &place, today), advice(&hold, today))
        });
        let is_request = row.step == Step::Request;
        let no_more = || (is_request && requests_left == 0).then(|| (no_more(ceilings, cadence, today), String::new()));
        match hold.or_else(no_more) {
            Some((why, advice)) => waiting.push(Waiting { id: row.id, name: row.name, why, advice }),
            None => {
                let week = ceilings.requests.free_since(requests_last_week, monday_of(today), cadence);
                let others = who.and_then(|person| free_on(person, there, cadence, today));
                row.free_on = others.max(week.filter(|_| is_request));
                requests += i64::from(is_request);
                requests_left -= i64::from(is_request);
                due.push(row);
            }
        }
    }
    // Few notes are always few: they are worth a word only where a request is to be written.
    let left = match (ceilings.requests.is_near() || ceilings.notes.is_near(), requests) {
        (false, 0) => Vec::new(),
        _ => ceilings.lines(cadence, today),
    };
    (due, HeldBack { waiting, left })
}

/// Why a request waits for the next week.
fn no_more(ceilings: &Ceilings, cadence: &Cadence, today: Date) -> String {
    let said = ceilings.requests_line(cadence, today).filter(|_| ceilings.requests.is_reached());
    said.unwrap_or_else(|| match ceilings.requests.renewed_on(cadence) {
        Some(again) => format!("The requests above are the last of this week. The next is free {}.", on(again, today)),
        None => "You set that no requests are sent.".into(),
    })
}
