//! What the columns of the tables hold, as the database's catalogue says.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id.
    Id,
    /// Text.
    Text,
    /// Yes or no.
    Truth,
    /// A whole number of so many bits.
    Whole(u32),
    /// A civil date.
    Day,
    /// An instant.
    Instant,
    /// JSON.
    Json,
    /// Bytes, written in hexadecimal digits.
    Bytes,
}

impl Kind {
    /// The kind of a type of PostgreSQL's, as it prints its name.
    pub fn of_type(name: &str) -> Option<Self> {
        Some(match name {
            "uuid" => Self::Id,
            "text" => Self::Text,
            "boolean" => Self::Truth,
            "smallint" => Self::Whole(16),
            "integer" => Self::Whole(32),
            "bigint" => Self::Whole(64),
            "date" => Self::Day,
            "timestamp with time zone" => Self::Instant,
            "jsonb" => Self::Json,
            "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether each row says something here.
    pub required: bool,
    /// What stands in a row that says nothing, as JSON.
    pub default: Option<String>,
    /// Whether it names another row of the same table.
    pub names_own: bool,
}

/// The columns of each table, but for the account.
#[derive(Debug, Clone, Default)]
pub struct Columns(BTreeMap<String, Vec<Column>>);

impl Columns {
    /// Those of one table; none of one that is not there.
    pub fn of(&self, table: &str) -> &[Column] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// Adds one.
    pub fn add(&mut self, table: String, column: Column) {
        self.0.entry(table).or_default().push(column);
    }
}

/// A default of a column, as PostgreSQL prints it, as JSON. The rules of the schema allow constants and `now()`.
pub fn default_of(expression: &str, now: Timestamp) -> Option<String> {
    if expression == "now()" {
        return serde_json::to_string(&now).ok();
    }
    match expression.strip_prefix('\'') {
        None => serde_json::from_str::<serde_json::Value>(expression).ok().map(|value| value.to_string()),
        Some(rest) => {
            let (text, kind) = rest.rsplit_once("'::")?;
            let text = text.replace("''", "'");
            if kind == "jsonb" { Some(text) } else { serde_json::to_string(&text).ok() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_read_as_json() {
        let now = Timestamp::UNIX_EPOCH;
        for (expression, json) in [
            ("0", Some("0")),
            ("false", Some("false")),
            ("'active'::text", Some("\"active\"")),
            ("''::text", Some("\"\"")),
            ("'it''s'::text", Some("\"it's\"")),
            ("'{}'::jsonb", Some("{}")),
            ("'[\"email\", \"text\"]'::jsonb", Some("[\"email\", \"text\"]")),
            ("now()", Some("\"1970-01-01T00:00:00Z\"")),
            ("gen_random_uuid()", None),
            ("'half", None),
        ] {
            assert_eq!(default_of(expression, now).as_deref(), json, "{expression}");
        }
    }
}
