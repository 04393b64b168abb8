//! What a search says to do: 'add contact Ada Lovelace at Acme', 'schedule a talk with Grace'.

use super::found::{Hit, Kind};
use super::places::hit;
use crate::links::with_query;

/// How many people an action is offered for.
const MOST: usize = 3;

/// What a search says to do, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A contact of this name, at this company.
    AddContact(String, String),
    /// A company of this name.
    AddCompany(String),
    /// An opening of this title, at this company.
    AddOpening(String, String),
    /// Someone or something of this name, at this company: 'add Ada' says no more.
    Add(String, String),
    /// A talk with whom these words find; with nobody yet if they are none.
    Schedule(String),
    /// A message to whom these words find.
    Write(String),
}

const ADD_CONTACT: &[&str] =
    &["add contact", "add a contact", "new contact", "add person", "add a person", "new person"];
const ADD_COMPANY: &[&str] = &["add company", "add a company", "new company", "add companies"];
const ADD_OPENING: &[&str] =
    &["add opening", "add an opening", "new opening", "add job", "add a job", "add role", "add a role"];
const ADD: &[&str] = &["add"];
const WRITE: &[&str] = &["write to", "write a message to", "message to", "message", "send a message to"];
const SCHEDULE: &[&str] = &[
    "schedule a talk with",
    "schedule a call with",
    "schedule a meeting with",
    "schedule talk with",
    "schedule with",
    "schedule a talk",
    "schedule talk",
    "schedule",
    "talk with",
    "new talk with",
];

/// What stands behind the first of the beginnings that begins it, with or without a colon between.
fn behind(typed: &str, beginnings: &[&str]) -> Option<String> {
    let rest = beginnings.iter().find_map(|beginning| {
        let head = typed.get(..beginning.len()).filter(|head| head.eq_ignore_ascii_case(beginning))?;
        let rest = &typed[head.len()..];
        rest.starts_with([' ', ':']).then(|| rest.trim_start_matches([' ', ':']))
    })?;
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn parted(rest: &str) -> (String, String) {
    let (name, company) = rest.rsplit_once(" at ").unwrap_or((rest, ""));
    (name.trim().to_owned(), company.trim().to_owned())
}

/// Whether it says to schedule something and is still on its way to a name: no word of it is one.
fn is_unfinished(typed: &str) -> bool {
    let typed = typed.to_ascii_lowercase();
    typed.starts_with("schedule ") && SCHEDULE.iter().any(|beginning| beginning.starts_with(&typed))
}

impl Asked {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if is_unfinished(&typed) {
            return Some(Self::Schedule(String::new()));
        }
        let with_company = |of: fn(String, String) -> Self, rest: String| {
            let (name, company) = parted(&rest);
            of(name, company)
        };
        behind(&typed, ADD_CONTACT)
            .map(|rest| with_company(Self::AddContact, rest))
            .or_else(|| behind(&typed, ADD_COMPANY).map(Self::AddCompany))
            .or_else(|| behind(&typed, ADD_OPENING).map(|rest| with_company(Self::AddOpening, rest)))
            .or_else(|| behind(&typed, ADD).map(|rest| with_company(Self::Add, rest)))
            .or_else(|| behind(&typed, WRITE).map(Self::Write))
            .or_else(|| behind(&typed, SCHEDULE).map(Self::Schedule))
    }

    /// Whether it may as well be the name of something else.
    pub fn is_vague(&self) -> bool {
        matches!(self, Self::Add(..))
    }

    /// What is to be found for it: whom it is about, or what is there already; empty where it names nobody yet.
    pub fn sought(&self) -> &str {
        match self {
            Self::Schedule(name)
            | Self::Write(name)
            | Self::AddCompany(name)
            | Self::AddContact(name, _)
            | Self::AddOpening(name, _)
            | Self::Add(name, _) => name,
        }
    }

    /// The actions it means, where these people were found.
    pub fn actions(&self, people: &[Hit]) -> Vec<Hit> {
        let with = |address: fn(&str) -> String, doing: &str| -> Vec<Hit> {
            let action = |person: &Hit| {
                let address = address(person.address.trim_start_matches("/contacts/"));
                let title = format!("{doing} {}", person.title);
                Hit { about: person.about.clone(), ..hit(Kind::Action, address, title, "") }
            };
            people.iter().take(MOST).map(action).collect()
        };
        match self {
            Self::AddContact(name, company) => vec![add_contact(name, company)],
            Self::AddCompany(name) => vec![add_company(name)],
            Self::AddOpening(title, company) => {
                let address = with_query("/openings/new", &[("title", title), ("at", company)]);
                vec![hit(Kind::Action, address, format!("Add the opening {}", at(title, company)), "")]
            }
            Self::Add(name, company) if company.is_empty() => vec![add_contact(name, ""), add_company(name)],
            Self::Add(name, company) => vec![add_contact(name, company)],
            Self::Schedule(whom) if whom.is_empty() || people.is_empty() => {
                vec![hit(Kind::Action, "/interviews/new", "Schedule a talk", "")]
            }
            Self::Schedule(_) => with(|id| with_query("/interviews/new", &[("contact", id)]), "Schedule a talk with"),
            Self::Write(_) => with(|id| format!("/contacts/{id}#next"), "Write to"),
        }
    }
}

fn at(name: &str, company: &str) -> String {
    if company.is_empty() { name.to_owned() } else { format!("{name} at {company}") }
}

fn add_contact(name: &str, company: &str) -> Hit {
    let address = with_query("/contacts/new", &[("name", name), ("at", company)]);
    hit(Kind::Action, address, format!("Add {} to your contacts", at(name, company)), "")
}

fn add_company(name: &str) -> Hit {
    let address = with_query("/companies/new", &[("companies", name)]);
    hit(Kind::Action, address, format!("Add {name} to your companies"), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_done_is_read() {
        let contact = |name: &str, company: &str| Some(Asked::AddContact(name.into(), company.into()));
        assert_eq!(Asked::read("add contact Ada Lovelace at Acme"), contact("Ada Lovelace", "Acme"));
        assert_eq!(Asked::read("Add a contact  Ada"), contact("Ada", ""));
        for colon in ["add contact: Ada", "add contact:Ada", "Add contact : Ada"] {
            assert_eq!(Asked::read(colon), contact("Ada", ""), "{colon}");
        }
        assert_eq!(Asked::read("add company Acme, Inc."), Some(Asked::AddCompany("Acme, Inc.".into())));
        assert_eq!(Asked::read("add Ada at Acme"), Some(Asked::Add("Ada".into(), "Acme".into())));
        let opening = Some(Asked::AddOpening("Data analyst".into(), "Ninefold".into()));
        assert_eq!(Asked::read("add opening Data analyst at Ninefold"), opening);
        for write in ["write to grace", "message grace", "Message to grace"] {
            assert_eq!(Asked::read(write), Some(Asked::Write("grace".into())), "{write}");
        }
        for nothing in ["", "add", "address", "schedule", "scheduled", "talk with", "messages", "é", "ad\u{301}"] {
            assert_eq!(Asked::read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_talk_is_with_nobody_until_there_is_a_name() {
        assert_eq!(Asked::read("schedule a talk with grace"), Some(Asked::Schedule("grace".into())));
        assert_eq!(Asked::read("schedule grace"), Some(Asked::Schedule("grace".into())));
        for begun in ["schedule a talk with", "schedule a talk with ", "Schedule a talk", "schedule a"] {
            assert_eq!(Asked::read(begun), Some(Asked::Schedule(String::new())), "{begun}");
        }
        let stranger = hit(Kind::Person, "/contacts/1", "Niklaus Wirth", "");
        let actions = Asked::Schedule(String::new()).actions(&[stranger]);
        assert_eq!((actions.len(), actions[0].title.as_str()), (1, "Schedule a talk"));
    }
}
