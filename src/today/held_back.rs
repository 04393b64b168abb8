//! First messages that wait: someone else at the company may still answer, or the week's requests are used up.

use jiff::civil::Date;

use crate::companies::whom_to_ask::{advice, because};
use crate::contacts::ceilings::{Ceilings, on};
use crate::ids::ContactId;
use crate::playbook::cadence::Cadence;
use crate::playbook::due::{DueLine, OnDay, Wait};
use crate::web::words;

/// Someone whose first message is due and waits.
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

/// Who waits of a day, in words: `name` tells the name of a contact and where they work.
pub fn in_words<'n>(
    on_day: &OnDay<'_>,
    name: impl Fn(ContactId) -> Option<(&'n str, Option<&'n str>)>,
    ceilings: &Ceilings,
    cadence: &Cadence,
    today: Date,
) -> HeldBack {
    let said = |(line, wait): &(&DueLine, Wait<'_>)| {
        let id = line.person?;
        let (name, employer) = name(id)?;
        let (why, advice) = match wait {
            Wait::Behind(hold) => {
                let place = employer.map_or_else(|| "there".into(), |employer| format!("at {employer}"));
                (because(hold, &place, today), advice(hold, today))
            }
            Wait::NoMore => (no_more(ceilings, cadence, today), String::new()),
        };
        Some(Waiting { id, name: name.to_owned(), why, advice })
    };
    // Few notes are always few: they are worth a word only where a request is to be written.
    let writes = on_day.lines.iter().any(|(line, _)| line.is_request());
    let is_near = ceilings.requests.is_near() || ceilings.notes.is_near();
    let left = if is_near || writes { ceilings.lines(cadence, today) } else { Vec::new() };
    HeldBack { waiting: on_day.waiting.iter().filter_map(said).collect(), left }
}

/// Why a request waits for the next week.
fn no_more(ceilings: &Ceilings, cadence: &Cadence, today: Date) -> String {
    let said = ceilings.requests_line(cadence, today).filter(|_| ceilings.requests.is_reached());
    said.unwrap_or_else(|| match ceilings.requests.renewed_on(cadence) {
        Some(again) => format!("The requests above are the last of this week. The next is free {}.", on(again, today)),
        None => "You set that no requests are sent.".into(),
    })
}
