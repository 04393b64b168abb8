//! `inroad.json`: what the archive is, whose settings it holds, and how many rows of what.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refused::Refused;
use crate::database::MIGRATIONS;
use crate::text::Line;
use crate::web::dates::{DateFormat, TimeFormat};
use crate::web::theme::Theme;

/// The name of the file.
pub const MANIFEST: &str = "inroad.json";
/// The folder of the rows.
pub const FOLDER: &str = "tables/";
/// What it says it is.
pub const FORMAT: &str = "inroad archive";

/// The file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The number of the schema it was written by: that of the last migration.
    pub schema: i64,
    /// By which rules names and keys in it are folded.
    pub rules: i32,
    /// The version of the program that wrote it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// The person's own settings.
    pub account: Account,
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
}

/// A person's own settings: what of an account moves with it. Its e-mail address and password stay where they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The name.
    pub name: String,
    /// Where they live, in time.
    pub time_zone: String,
    /// Light or dark.
    pub theme: Theme,
    /// How dates are written.
    pub date_format: DateFormat,
    /// How times are written.
    pub time_format: TimeFormat,
    /// What was set for the search, as it is stored.
    pub preferences: Value,
    /// Since when an example is shown, if one is.
    pub example_since: Option<Timestamp>,
    /// What was set before the example.
    pub before_example: Option<Value>,
}

/// The file of a table's rows.
pub fn file_of(table: &str) -> String {
    format!("{FOLDER}{table}.ndjson")
}

/// The number of the schema of this program.
pub fn schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

impl Manifest {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &[u8]) -> Result<Self, Refused> {
        let wrong = |what: String| Refused::Manifest { what };
        // What is newer may look otherwise, and says so first.
        #[derive(Deserialize)]
        struct Head {
            format: String,
            schema: i64,
        }
        let head: Head = serde_json::from_slice(text).map_err(|error| wrong(error.to_string()))?;
        if head.format != FORMAT {
            return Err(wrong(format!("its format is not '{FORMAT}'")));
        }
        if head.schema > schema() {
            return Err(Refused::Newer { schema: head.schema, known: schema() });
        }
        let manifest: Self = serde_json::from_slice(text).map_err(|error| wrong(error.to_string()))?;
        manifest.account.check().map_err(wrong)?;
        Ok(manifest)
    }
}

impl Account {
    fn check(&self) -> Result<(), String> {
        let line = Line::<100>::parse(&self.name).map_err(|problem| format!("the name: {problem}"))?;
        if line.as_str() != self.name {
            return Err("the name has white space or marks that no name has".into());
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return Err(format!("there is no time zone '{}'", self.time_zone));
        }
        for (name, value) in
            [("preferences", Some(&self.preferences)), ("before_example", self.before_example.as_ref())]
        {
            let Some(value) = value else { continue };
            super::shapes::preferences(value).map_err(|what| format!("{name}: {what}"))?;
        }
        if self.example_since.is_some() != self.before_example.is_some() {
            return Err("example_since and before_example go together".into());
        }
        Ok(())
    }
}
