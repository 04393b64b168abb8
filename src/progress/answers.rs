//! What was answered, and how soon.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ledger::{Ledger, Touch};
use super::period::Period;
use super::range::{Share, share};
use crate::ids::ContactId;
use crate::kinds::kinds;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::message::built_in;
use crate::web::words;

kinds! {
    /// What answer rates are compared by.
    pub enum By {
        Template = "template", "Template";
        Warmth = "warmth", "Warmth";
        Channel = "channel", "Channel";
        Weekday = "weekday", "Day of the week";
    }
}

/// A message that asked for something, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    pub touch: &'a Touch,
    /// The day of the answer.
    pub answered_on: Option<Date>,
    /// Nobody can say yet: the days one waits for an answer are not over.
    pub waits: bool,
}

/// How the messages of one group were answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    pub group: String,
    /// Sent, without those that still wait.
    pub sent: usize,
    pub answered: usize,
    pub waiting: usize,
}

impl Rate {
    /// The share answered; none for few.
    pub fn share(&self) -> Option<Share> {
        share(self.answered, self.sent)
    }
}

/// Whether it answers a message: whom an introduction brought need not answer the request any more.
fn answers(kind: Kind) -> bool {
    kind.answers() || kind == Kind::Introduced
}

/// The messages sent in the period that asked for an answer. An answer belongs to the last message before it.
pub fn sent<'a>(ledger: &'a Ledger, period: Period, cadence: &Cadence, today: Date) -> Vec<Sent<'a>> {
    let mut all: Vec<Sent<'a>> = Vec::new();
    let mut last: HashMap<ContactId, usize> = HashMap::new();
    for touch in &ledger.touches {
        if touch.kind.asks() {
            if let Some(earlier) = last.insert(touch.contact, all.len()).and_then(|at| all.get_mut(at)) {
                earlier.waits = false;
            }
            let waited = cadence.business_days_between(touch.on, today);
            all.push(Sent { touch, answered_on: None, waits: waited < i32::from(cadence.follow_up_days.get()) });
        } else if answers(touch.kind)
            && let Some(message) = last.remove(&touch.contact).and_then(|at| all.get_mut(at))
        {
            message.answered_on = Some(touch.on);
            message.waits = false;
        }
    }
    all.retain(|message| period.contains(message.touch.on));
    all
}

/// The rates of each group, the most used first; for days of the week in their order.
pub fn rates(sent: &[Sent<'_>], by: By) -> Vec<Rate> {
    let mut groups: HashMap<(u8, String), Rate> = HashMap::new();
    for message in sent {
        let (order, group) = group_of(message.touch, by);
        let rate = groups.entry((order, group.clone())).or_insert(Rate { group, sent: 0, answered: 0, waiting: 0 });
        match message.waits {
            true => rate.waiting += 1,
            false => rate.sent += 1,
        }
        rate.answered += usize::from(message.answered_on.is_some());
    }
    let mut rates: Vec<_> = groups.into_iter().collect();
    rates.sort_by(|((order_a, name_a), a), ((order_b, name_b), b)| {
        (order_a, b.sent, name_a).cmp(&(order_b, a.sent, name_b))
    });
    rates.into_iter().map(|(_, rate)| rate).collect()
}

fn group_of(touch: &Touch, by: By) -> (u8, String) {
    match by {
        By::Template => (0, template(touch)),
        By::Warmth => (0, touch.warmth.label().into()),
        By::Channel => (0, touch.channel.map_or("Not said", |channel| channel.label()).into()),
        By::Weekday => (touch.on.weekday().to_monday_zero_offset().unsigned_abs(), words::weekday(touch.on).into()),
    }
}

/// 'Note to someone new', 'My note, wording 2'; a version of its own counts for itself, or a better wording would hide a worse.
fn template(touch: &Touch) -> String {
    let Some((key, version)) = &touch.template else { return "Own words".into() };
    let name = touch.template_name.as_deref().or_else(|| built_in::find(key).map(|template| template.name));
    match (name, version) {
        (None, _) => "A deleted template".into(),
        (Some(name), 1) => name.into(),
        (Some(name), version) => format!("{name}, wording {version}"),
    }
}

/// How long answers took, in calendar days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// The label of a stretch of days, and how many answers fell into it.
    pub stretches: Vec<(&'static str, usize)>,
    /// As many took longer as took less; none without answers.
    pub median: Option<i32>,
}

/// The time from each message to its answer.
pub fn waits(sent: &[Sent<'_>]) -> Waits {
    let taken = |message: &Sent<'_>| Some(words::days_between(message.touch.on, message.answered_on?));
    let mut days: Vec<i32> = sent.iter().filter_map(taken).collect();
    days.sort_unstable();
    let within = |from: i32, to: i32| days.iter().filter(|day| (from..=to).contains(*day)).count();
    Waits {
        median: days.get(days.len() / 2).copied(),
        stretches: vec![
            ("Same day", within(0, 0)),
            ("Next day", within(1, 1)),
            ("2 to 3 days", within(2, 3)),
            ("4 to 7 days", within(4, 7)),
            ("8 to 14 days", within(8, 14)),
            ("Longer", within(15, i32::MAX)),
        ],
    }
}
