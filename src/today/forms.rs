//! What is done with the ticked lines of Today.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::Result;
use crate::web::form::Errors;
use crate::web::link::own_path_or;

/// The lines ticked, and until when.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// The names of the lines ticked.
    pub line: Vec<String>,
    /// Every line of the day, ticked or not.
    pub all: String,
    /// The day of the button pressed; empty where the day is in the field.
    pub until: String,
    /// The day typed.
    pub day: String,
    /// Where to return to.
    pub back: String,
}

impl BulkForm {
    pub fn parse(&self, today: Date) -> Result<Date, Errors> {
        let mut errors = Errors::default();
        if self.line.is_empty() && self.all.is_empty() {
            errors.add("line", "Tick the lines to snooze first");
        }
        let typed = if self.until.is_empty() { &self.day } else { &self.until };
        let until = errors.optional_date("day", typed);
        let last = today.saturating_add(2.years());
        match until {
            Some(until) if today < until && until <= last && errors.is_empty() => return Ok(until),
            Some(until) if today < until && until <= last => {}
            Some(_) => errors.add("day", "A day after today, within two years"),
            None if errors.get("day").is_none() => errors.add("day", "Choose a day"),
            None => {}
        }
        Err(errors)
    }
}

pub fn back(typed: &str) -> String {
    own_path_or(typed, "/")
}
