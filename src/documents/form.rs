//! Forms of documents: strings in; meaning, or errors by field, out.

use jiff::civil::Date;
use serde::Deserialize;

use super::document::{Kind, named};
use super::queries::sent::{NamedRow, Sent};
use crate::ids::SentDocumentId;
use crate::text::Line;
use crate::web::form::Errors;

/// What a document is called and what it is for, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    pub version: i32,
    pub name: String,
    pub kind: String,
}

impl NameForm {
    /// What it means.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self) -> Result<(Line<200>, Kind), Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", Line::parse(&self.name));
        let kind = errors.choose("kind", &self.kind);
        errors.give(|| Some((name?, kind?)))
    }
}

/// Which version was sent when, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SentForm {
    pub id: String,
    pub document: String,
    pub sent_on: String,
}

impl SentForm {
    /// Nothing typed yet.
    pub fn new(today: Date) -> Self {
        Self { id: SentDocumentId::new().to_string(), document: String::new(), sent_on: today.to_string() }
    }

    /// What it means on `today`; a day left out is `today`.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self, today: Date) -> Result<Sent, Errors> {
        let mut errors = Errors::default();
        let version = errors.take("document", self.document.parse().map_err(|_| "Choose one from the list"));
        let on = errors.optional_date("sent_on", &self.sent_on).unwrap_or(today);
        if on > today {
            errors.add("sent_on", "This day is still to come");
        } else if on.year() < 1970 {
            errors.add("sent_on", "This day is too long ago");
        }
        let id = self.id.parse().unwrap_or_else(|_| SentDocumentId::new());
        errors.give(|| Some(Sent { id, version: version?, on }))
    }
}

impl Sent {
    /// What is said once it is noted: 'Noted: you sent Resume, version 3.'
    pub fn said(version: &NamedRow) -> String {
        format!("Noted: you sent {}.", named(&version.name, version.number))
    }

    /// What undoes it.
    pub fn undo(&self) -> String {
        format!("/sent-documents/{}/deletions", self.id)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ids::DocumentVersionId;

    #[test]
    fn what_was_sent_has_a_version_and_a_day_that_was() {
        let today = date(2026, 11, 24);
        let version = DocumentVersionId::new();
        let parse = |document: &str, sent_on: &str| {
            SentForm { id: String::new(), document: document.into(), sent_on: sent_on.into() }.parse(today)
        };
        assert_eq!(parse(&version.to_string(), "").unwrap().on, today);
        assert_eq!(parse(&version.to_string(), " 2026-05-04 ").unwrap().on, date(2026, 5, 4));
        for (document, sent_on, field) in [
            ("", "", "document"),
            ("resume", "2026-05-04", "document"),
            (&*version.to_string(), "2026-11-25", "sent_on"),
            (&*version.to_string(), "1066-10-14", "sent_on"),
            (&*version.to_string(), "4 May", "sent_on"),
        ] {
            assert!(parse(document, sent_on).unwrap_err().get(field).is_some(), "{document} {sent_on}");
        }
    }
}
