//! The form of an opening: typed text in, what it means out.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::opening::{Described, Next, Source};
use super::queries::Change;
use super::queries::show::OpeningDetail;
use crate::address::WebAddress;
use crate::error::Result;
use crate::ids::OpeningChangeId;
use crate::playbook::opening::Status;
use crate::text::{Line, Text};
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OpeningForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    pub id: String,
    /// The capture it was read from, which waits no more once it is added.
    pub capture: String,
    pub version: i32,
    pub company: String,
    pub title: String,
    pub source: String,
    pub url: String,
    pub role_number: String,
    pub place: String,
    pub salary: String,
    pub posting_text: String,
    pub seen_on: String,
    pub notes: String,
    pub applied_on: String,
    pub applied_how: String,
}

impl OpeningForm {
    /// The form of an opening as it is kept.
    pub fn of(opening: &OpeningDetail) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            id: opening.id.to_string(),
            capture: String::new(),
            version: opening.version,
            company: opening.company.clone(),
            title: opening.title.clone(),
            source: opening.source.to_string(),
            url: text(&opening.url),
            role_number: text(&opening.role_number),
            place: text(&opening.place),
            salary: text(&opening.salary),
            posting_text: text(&opening.posting_text),
            seen_on: opening.seen_on.0.to_string(),
            notes: text(&opening.notes),
            applied_on: opening.applied_on.map(|day| day.0.to_string()).unwrap_or_default(),
            applied_how: text(&opening.applied_how),
        }
    }

    /// Reads everything but the company. Faults go to `errors`, and then there is nothing.
    pub fn parse(&self, errors: &mut Errors, today: Date) -> Option<Described> {
        let title = errors.take("title", Line::parse(&self.title));
        let source = errors.choose::<Source>("source", &self.source);
        let url = errors.take("url", WebAddress::parse_optional(&self.url));
        let role_number = errors.take("role_number", Line::parse_optional(&self.role_number));
        let place = errors.take("place", Line::parse_optional(&self.place));
        let salary = errors.take("salary", Line::parse_optional(&self.salary));
        let posting_text = errors.take("posting_text", Text::parse_optional(&self.posting_text));
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        let seen_on = past_date(errors, "seen_on", &self.seen_on, today);
        let applied_on = past_date(errors, "applied_on", &self.applied_on, today);
        let applied_how = errors.take("applied_how", Line::parse_optional(&self.applied_how));
        if !errors.is_empty() {
            return None;
        }
        Some(Described {
            title: title?,
            source: source?,
            url: url?,
            role_number: role_number?,
            place: place?,
            salary: salary?,
            posting_text: posting_text?,
            seen_on: seen_on.unwrap_or(today),
            notes: notes?,
            applied_on,
            applied_how: applied_how?,
        })
    }

    /// The sources, for choosing one.
    pub fn sources(&self) -> Vec<(&'static str, &'static str)> {
        Source::choices()
    }
}

/// Keeps an optional date of something that has happened.
pub fn past_date(errors: &mut Errors, field: &'static str, text: &str, today: Date) -> Option<Date> {
    let date = errors.optional_date(field, text)?;
    if date > today {
        errors.add(field, "This day is still to come");
    } else if date.year() < 1970 {
        errors.add(field, "This day is too long ago");
    }
    Some(date)
}

/// What may be said of a change of the status, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MovedForm {
    /// The day.
    pub on: String,
    /// What is to be kept of it.
    pub note: String,
    /// How the user applied.
    pub how: String,
}

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StatusForm {
    /// Of the line in the history, made when the form is drawn, so that a second press changes nothing.
    pub id: String,
    pub status: String,
    #[serde(flatten)]
    pub moved: MovedForm,
    /// Where to return to; the opening's page if empty.
    pub back: String,
}

impl StatusForm {
    /// The change that was typed and how one applied, or what is wrong with it.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self, today: Date) -> Result<(Change, Option<Line<500>>), Errors> {
        let mut errors = Errors::default();
        let status = errors.choose::<Status>("status", &self.status);
        let on = past_date(&mut errors, "on", &self.moved.on, today).unwrap_or(today);
        let note = errors.take("note", Text::parse_optional(&self.moved.note));
        let how = errors.take("how", Line::parse_optional(&self.moved.how));
        let id = self.id.parse().unwrap_or_else(|_| OpeningChangeId::new());
        errors.give(|| Some((Change { id, status: status?, on, note: note? }, how?)))
    }
}

/// Who said that it is open, and when; nobody takes an earlier word back.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ConfirmationForm {
    pub contact: String,
    pub contact_words: Option<String>,
    pub contact_seen: String,
    pub confirmed_on: String,
}

/// The form as typed; without a step there is none.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct NextForm {
    pub version: i32,
    pub next_step: String,
    pub next_on: String,
}

impl NextForm {
    pub fn parse(&self, today: Date) -> Result<Option<Next>, Errors> {
        let mut errors = Errors::default();
        let step = errors.take("next_step", Line::<300>::parse_optional(&self.next_step));
        let on = errors.optional_date("next_on", &self.next_on);
        if on.is_some_and(|on| on > today.saturating_add(2.years()) || on < today.saturating_sub(1.years())) {
            errors.add("next_on", "A day within two years from now");
        }
        match step {
            Some(None) if on.is_some() => errors.add("next_step", "Say what to do on that day"),
            Some(step) if errors.is_empty() => return Ok(step.map(|step| Next { step, on })),
            _ => {}
        }
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    fn form() -> OpeningForm {
        OpeningForm { title: "Data analyst".into(), source: "posted".into(), ..OpeningForm::default() }
    }

    #[test]
    fn a_title_and_a_source_are_enough() {
        let mut errors = Errors::default();
        let described = form().parse(&mut errors, TODAY).unwrap();
        assert_eq!((described.title.as_str(), described.seen_on), ("Data analyst", TODAY));
    }

    #[test]
    fn every_fault_is_told_by_its_field() {
        let mut errors = Errors::default();
        let form = OpeningForm {
            title: " ".into(),
            source: "rumour".into(),
            url: "javascript:alert(1)".into(),
            role_number: "x".repeat(101),
            place: "x".repeat(201),
            salary: "\u{0}".into(),
            posting_text: "x".repeat(50_001),
            seen_on: "2026-11-25".into(),
            notes: "x".repeat(20_001),
            applied_on: "yesterday".into(),
            applied_how: "x".repeat(501),
            ..OpeningForm::default()
        };
        assert!(form.parse(&mut errors, TODAY).is_none());
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [
                "title",
                "source",
                "url",
                "role_number",
                "place",
                "salary",
                "posting_text",
                "notes",
                "seen_on",
                "applied_on",
                "applied_how"
            ]
        );
    }
}
