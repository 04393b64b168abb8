//! `messages.csv`: who wrote to whom on which day; and what, for who asks for it.
//!
//! A file may have hundreds of megabytes, so what is kept grows with the people and their days, not with the messages.
//! Sent and received stand in the same folder: which side is the person whose archive it is, [`Letters::seen_by`] finds out
//! when all files have been read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use self::words::{DAY_MAX, Kept};
use super::files::FileKind;
use super::person::Person;
use crate::address::ProfileAddress;
use crate::folding::folded;
use crate::text::{Line, Text};
use crate::transfer::dates::{Order, Written};
use crate::transfer::table::{Fault, Table};

pub mod words;

/// The most different people, and the most days together, that are kept.
const PEOPLE_MAX: usize = 100_000;
const DAYS_MAX: usize = 1_000_000;

/// Someone the person wrote with, and on which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correspondent {
    /// Who.
    pub person: Person,
    /// The days on which the person wrote to them.
    pub sent: BTreeSet<Date>,
    /// The days on which they wrote.
    pub received: BTreeSet<Date>,
    /// What was written, kept until it is known whether it is wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
}

/// What one side wrote on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The day.
    pub on: Date,
    /// Whether the person wrote it whose archive it is.
    pub is_sent: bool,
    /// What.
    pub text: Text<DAY_MAX>,
}

/// Someone who wrote or was written to.
#[derive(Debug)]
struct Participant {
    name: Option<Line<200>>,
    profile: Option<ProfileAddress>,
    /// In how many messages.
    messages: u64,
}

/// What a `messages.csv` holds.
#[derive(Debug, Default)]
pub struct Letters {
    people: Vec<Participant>,
    /// By what the file writes: an address, or a folded name.
    known: HashMap<String, usize>,
    /// From whom to whom.
    days: HashMap<(usize, usize), BTreeSet<Date>>,
    day_count: usize,
    words: Kept,
    /// Messages from one person to another.
    pub count: u64,
    /// Messages to several people: they are no one's answer.
    pub to_groups: u64,
    /// Drafts, advertisements, and messages without a sender, a receiver or a date.
    pub left_out: u64,
}

/// The columns of the file.
struct Columns {
    from: Option<usize>,
    sender: Option<usize>,
    to: Option<usize>,
    recipients: Option<usize>,
    date: Option<usize>,
    content: Option<usize>,
    folder: Option<usize>,
    draft: Option<usize>,
}

impl Letters {
    /// Reads a file; days are those of the given zone.
    ///
    /// # Errors
    /// [`Fault`]; nothing of the file may be used then.
    pub fn read(&mut self, source: impl Read, zone: &TimeZone) -> Result<(), Fault> {
        let mut table = Table::open(source, FileKind::Messages.marks())?;
        let columns = Columns {
            from: table.column(&["from"]),
            sender: table.column(&["senderprofileurl"]),
            to: table.column(&["to"]),
            recipients: table.column(&["recipientprofileurls"]),
            date: table.column(&["date"]),
            content: table.column(&["content"]),
            folder: table.column(&["folder"]),
            draft: table.column(&["ismessagedraft"]),
        };
        while table.advance()? {
            self.take(&table, &columns, zone)?;
        }
        Ok(())
    }

    fn take(&mut self, table: &Table<impl Read>, columns: &Columns, zone: &TimeZone) -> Result<(), Fault> {
        let (from, sender) = (table.cell(columns.from), table.cell(columns.sender));
        let is_true = |cell: &str| ["yes", "true", "1"].iter().any(|word| cell.eq_ignore_ascii_case(word));
        let is_out = table.cell(columns.folder).eq_ignore_ascii_case("spam")
            || is_true(table.cell(columns.draft))
            // Whoever has no page, though the file has a column for it, is an advertiser or has left.
            || (columns.sender.is_some() && sender.is_empty() && table.cell(columns.content).starts_with("<p class=\"spinmail"))
            || (columns.recipients.is_some() && sender.is_empty());
        let (Some(on), false) = (day(table.cell(columns.date), zone), is_out) else {
            self.left_out += 1;
            return Ok(());
        };
        let to = table.cell(columns.to);
        let addresses: Vec<&str> =
            table.cell(columns.recipients).split(',').map(str::trim).filter(|address| !address.is_empty()).collect();
        let mut recipients = Vec::new();
        match addresses[..] {
            [] => recipients.extend(self.participant(to, "")?),
            [one] => recipients.extend(self.participant(to, one)?),
            _ => {
                for address in addresses {
                    recipients.extend(self.participant("", address)?);
                }
            }
        }
        let (Some(sender), false) = (self.participant(from, sender)?, recipients.is_empty()) else {
            self.left_out += 1;
            return Ok(());
        };
        for at in recipients.iter().chain([&sender]) {
            self.people[*at].messages += 1;
        }
        if let [recipient] = recipients[..] {
            self.count += 1;
            let is_new = self.days.entry((sender, recipient)).or_default().insert(on);
            self.day_count += usize::from(is_new);
            self.words.take((sender, recipient), on, table.cell(columns.date), table.cell(columns.content));
        } else {
            self.to_groups += 1;
        }
        if self.day_count > DAYS_MAX {
            return Err(Fault::TooMany { most: DAYS_MAX, what: "days on which someone wrote" });
        }
        Ok(())
    }

    /// The place of someone by what the file writes of them; nothing where that is nobody.
    fn participant(&mut self, name: &str, address: &str) -> Result<Option<usize>, Fault> {
        let key = if address.is_empty() { format!("name {}", folded(name)) } else { address.to_owned() };
        if let Some(at) = self.known.get(&key) {
            return Ok(Some(*at));
        }
        let profile = ProfileAddress::parse(address).ok();
        let fitted = Line::fit(name).map(|fitted| fitted.value);
        if profile.is_none() && fitted.is_none() {
            return Ok(None);
        }
        let other_spelling = profile.as_ref().map(|profile| format!("profile {}", profile.key()));
        let at = other_spelling.as_ref().and_then(|key| self.known.get(key)).copied().unwrap_or(self.people.len());
        if at == self.people.len() {
            if self.people.len() == PEOPLE_MAX {
                return Err(Fault::TooMany { most: PEOPLE_MAX, what: "people" });
            }
            self.people.push(Participant { name: fitted, profile, messages: 0 });
        } else if self.people[at].name.is_none() {
            self.people[at].name = fitted;
        }
        self.known.extend(other_spelling.map(|key| (key, at)));
        self.known.insert(key, at);
        Ok(Some(at))
    }

    /// Those without a profile are who bears their name and has one, where that is one person.
    fn same(&self) -> Vec<usize> {
        let mut named: HashMap<String, Option<usize>> = HashMap::new();
        for (at, person) in self.people.iter().enumerate().filter(|(_, person)| person.profile.is_some()) {
            if let Some(name) = &person.name {
                named.entry(folded(name.as_str())).and_modify(|one| *one = None).or_insert(Some(at));
            }
        }
        let same = |(at, person): (usize, &Participant)| {
            let name = person.name.as_ref().filter(|_| person.profile.is_none());
            name.and_then(|name| named.get(&folded(name.as_str())).copied().flatten()).unwrap_or(at)
        };
        self.people.iter().enumerate().map(same).collect()
    }

    /// With whom the person wrote whose archive it is: of that profile or name, or else whoever takes part in more messages
    /// than anyone else. Nothing where that cannot be told.
    pub fn seen_by(&self, profile: Option<&ProfileAddress>, name: Option<&Line<200>>) -> Option<Vec<Correspondent>> {
        let same = self.same();
        let own = self.own(&same, profile, name)?;
        let mut found: BTreeMap<usize, Correspondent> = BTreeMap::new();
        for ((sender, recipient), days) in &self.days {
            let (sender, recipient) = (same[*sender], same[*recipient]);
            let (other, is_sent) = match (sender == own, recipient == own) {
                (true, false) => (recipient, true),
                (false, true) => (sender, false),
                _ => continue,
            };
            let person = &self.people[other];
            let slug = || Line::fit(person.profile.as_ref()?.key().rsplit('/').next()?).map(|fitted| fitted.value);
            let Some(name) = person.name.clone().or_else(slug) else { continue };
            let correspondent = found.entry(other).or_insert_with(|| Correspondent {
                person: Person { name, profile: person.profile.clone() },
                sent: BTreeSet::new(),
                received: BTreeSet::new(),
                words: Vec::new(),
            });
            let to = if is_sent { &mut correspondent.sent } else { &mut correspondent.received };
            to.extend(days);
        }
        for ((sender, recipient), on, text) in self.words.days() {
            let (sender, recipient) = (same[sender], same[recipient]);
            let (other, is_sent) = if sender == own { (recipient, true) } else { (sender, false) };
            let (Some(correspondent), Ok(text)) = (found.get_mut(&other), Text::parse(&text)) else { continue };
            correspondent.words.push(Words { on, is_sent, text });
        }
        Some(found.into_values().collect())
    }

    fn own(&self, same: &[usize], profile: Option<&ProfileAddress>, name: Option<&Line<200>>) -> Option<usize> {
        let by_profile = profile.and_then(|own| self.known.get(&format!("profile {}", own.key())));
        if let Some(at) = by_profile {
            return Some(same[*at]);
        }
        let mut messages: BTreeMap<usize, u64> = BTreeMap::new();
        for (at, person) in self.people.iter().enumerate() {
            *messages.entry(same[at]).or_default() += person.messages;
        }
        let most = *messages.values().max()?;
        let in_most: Vec<usize> = messages.iter().filter(|(_, count)| **count == most).map(|(at, _)| *at).collect();
        if let [one] = in_most[..] {
            return Some(one);
        }
        let sought = folded(name?.as_str());
        let is_named =
            |at: &&usize| self.people[**at].name.as_ref().is_some_and(|name| folded(name.as_str()) == sought);
        let mut named = in_most.iter().filter(is_named);
        named.next().copied().filter(|_| named.next().is_none())
    }
}

/// The day a message was sent on, where the reader is: `2026-02-08 23:11:12 UTC`, or whatever a spreadsheet made of it.
fn day(cell: &str, zone: &TimeZone) -> Option<Date> {
    let instant = cell.strip_suffix(" UTC").and_then(|plain| {
        let (day, time) = plain.split_once(' ')?;
        format!("{day}T{time}Z").parse::<Timestamp>().ok()
    });
    match instant {
        Some(instant) => Some(zone.to_datetime(instant).date()),
        None => Written::parse(cell).and_then(|written| written.in_order(Order::MonthFirst)),
    }
}

#[cfg(test)]
mod tests;
