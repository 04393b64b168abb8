//! The forms beside a contact: dates of theirs, reasons to write, their rhythm.

use serde::{Deserialize, Serialize};

use crate::address::WebAddress;
use crate::contacts::queries::dates::{DateRow, NewDate};
use crate::contacts::queries::reasons::NewReason;
use crate::error::Result;
use crate::ids::ContactDateId;
use crate::playbook::occasion::{DateKind, YearlyDay};
use crate::text::{Line, Problem, Text};
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct DateForm {
    /// The date to be: sent twice, the form adds it once.
    #[serde(skip_serializing)]
    pub id: String,
    pub kind: String,
    pub word: String,
    pub day: String,
    pub month: String,
    pub year: String,
    #[serde(skip_serializing)]
    pub version: i32,
}

impl DateForm {
    /// A date as it is.
    pub fn of(row: &DateRow) -> Self {
        Self {
            id: String::new(),
            kind: row.kind.to_string(),
            word: row.word.clone().unwrap_or_default(),
            day: row.stored.day.to_string(),
            month: row.stored.month.to_string(),
            year: row.stored.year.map(|year| year.to_string()).unwrap_or_default(),
            version: row.version,
        }
    }

    pub fn parse(&self) -> Result<NewDate, Errors> {
        let mut errors = Errors::default();
        let kind = errors.choose::<DateKind>("kind", &self.kind);
        let word = match kind {
            Some(DateKind::Other) => errors
                .take(
                    "word",
                    Line::parse(&self.word).map_err(|problem| match self.word.trim() {
                        "" => "Choose which day it is".to_owned(),
                        _ => problem.to_string(),
                    }),
                )
                .map(Some),
            _ => Some(None),
        };
        let year = errors.optional("year", &self.year, |year| match year.parse() {
            Ok(year @ 1900..=2200_i16) => Ok(year),
            _ => Err("A year like 1984, or nothing"),
        });
        let number = |typed: &str| typed.trim().parse::<i8>().ok();
        let month = number(&self.month).filter(|month| (1..=12).contains(month));
        if month.is_none() {
            errors.add("month", "Choose a month");
        }
        let day = number(&self.day);
        let yearly = month.zip(day).and_then(|(month, day)| YearlyDay::new(month, day, year).ok());
        if yearly.is_none() && (month.is_some() || day.is_none()) {
            errors.add("day", "A day that month has");
        }
        errors.give(|| Some(NewDate { kind: kind?, word: word?, day: yearly? }))
    }
}

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    /// The reason to be: sent twice, the form adds it once.
    pub id: String,
    pub kind: String,
    /// What to write about; an address in it becomes the link.
    pub text: String,
}

impl ReasonForm {
    pub fn parse(&self) -> Result<NewReason, Errors> {
        let mut errors = Errors::default();
        let kind = errors.choose("kind", &self.kind);
        let (text, link) = without_link(&self.text);
        let text = Text::parse(&text).map_err(|problem| match (problem, &link) {
            (Problem::Empty, Some(_)) => "Say what it is in a few words, before the address".to_owned(),
            (problem, _) => problem.to_string(),
        });
        let text = errors.take("text", text);
        errors.give(|| Some(NewReason { kind: kind?, text: text?, link }))
    }
}

/// A line without the first web address in it, and that address.
fn without_link(line: &str) -> (String, Option<WebAddress>) {
    let is_link = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    let found = line.split_whitespace().filter(is_link).find_map(|word| Some((word, WebAddress::parse(word).ok()?)));
    match found {
        Some((word, link)) => {
            let text = line.replacen(word, "", 1);
            (text.trim().trim_end_matches([',', ':']).to_owned(), Some(link))
        }
        None => (line.to_owned(), None),
    }
}

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct RhythmForm {
    /// `default`, `never` or `own`, which goes with `rhythm_days`.
    pub rhythm: String,
    pub rhythm_days: String,
}

/// What was typed into the forms of the card, and what was wrong with it.
#[derive(Default)]
pub struct Typed {
    pub rhythm: Errors,
    pub rhythm_form: RhythmForm,
    pub date: Errors,
    /// The date that was changed; none for a new one.
    pub date_of: Option<ContactDateId>,
    pub date_form: DateForm,
    pub reason: Errors,
    pub reason_form: ReasonForm,
}
