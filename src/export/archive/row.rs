//! One row of an archive, held against the columns of its table.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::columns::{Column, Kind};
use super::shapes::{self, YEARS};

/// A row that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// The rows of the same table that it names.
    pub names: Vec<Uuid>,
    /// Every column's value, as the inside of a JSON object: the account is yet to be said.
    pub fields: String,
}

/// Reads a line.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(line: &str, table: &str, columns: &[Column]) -> Result<Row, String> {
    let said: BTreeMap<String, &RawValue> = serde_json::from_str(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => "the row is cut off".to_owned(),
        _ => format!("it's no row: {error}"),
    })?;
    if let Some(unknown) = said.keys().find(|name| columns.iter().all(|column| column.name != **name)) {
        return Err(format!("{table} has no '{}'", shortened(unknown)));
    }
    let mut row = Row { id: Uuid::nil(), names: Vec::new(), fields: String::with_capacity(line.len() + 16) };
    for column in columns {
        let value = match said.get(&column.name).map(|raw| raw.get()) {
            Some(value) => value,
            None => column.default.as_deref().unwrap_or("null"),
        };
        let id = checked(value, table, column)?;
        if column.name == "id" {
            row.id = id.unwrap_or_default();
        } else if column.names_own {
            row.names.extend(id);
        }
        row.fields.extend([",\"", &column.name, "\":", value]);
    }
    shapes::row(table, &said)?;
    row.names.retain(|named| *named != row.id);
    Ok(row)
}

/// Holds a value against its column; returns it where it is an id.
fn checked(value: &str, table: &str, column: &Column) -> Result<Option<Uuid>, String> {
    let name = &column.name;
    if value == "null" {
        return if column.required { Err(format!("it has no {name}")) } else { Ok(None) };
    }
    let is_no = |what: &str| format!("its {name} is no {what}");
    match column.kind {
        Kind::Id => return serde_json::from_str(value).map(Some).map_err(|_| is_no("id")),
        Kind::Text => {
            let text: String = serde_json::from_str(value).map_err(|_| is_no("text"))?;
            shapes::text(table, name, &text).map_err(|what| format!("its {name} {what}"))?;
        }
        Kind::Truth => drop(serde_json::from_str::<bool>(value).map_err(|_| is_no("true or false"))?),
        Kind::Whole(bits) => {
            let number: i64 = serde_json::from_str(value).map_err(|_| is_no("whole number"))?;
            if number.unsigned_abs() >= 1 << (bits - 1) {
                return Err(format!("its {name} is too large a number"));
            }
        }
        Kind::Day => {
            let day: Date = serde_json::from_str(value).map_err(|_| is_no("date"))?;
            in_time(name, day)?;
        }
        Kind::Instant => {
            let at: Timestamp = serde_json::from_str(value).map_err(|_| is_no("instant"))?;
            in_time(name, jiff::tz::TimeZone::UTC.to_datetime(at).date())?;
        }
        Kind::Json => shapes::json(table, name, value).map_err(|what| format!("its {name} {what}"))?,
        Kind::Bytes => {
            let text: String = serde_json::from_str(value).map_err(|_| is_no("text"))?;
            let digits = text.strip_prefix("\\x").ok_or_else(|| is_no("bytes"))?;
            if digits.len() % 2 != 0 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return Err(is_no("bytes"));
            }
        }
    }
    Ok(None)
}

fn in_time(name: &str, day: Date) -> Result<(), String> {
    if YEARS.contains(&day.year()) {
        Ok(())
    } else {
        Err(format!("its {name} lies outside the years {} to {}", YEARS.start(), YEARS.end()))
    }
}

fn shortened(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        let column = |name: &str, kind, required, default: Option<&str>, names_own| Column {
            name: name.into(),
            kind,
            required,
            default: default.map(Into::into),
            names_own,
        };
        vec![
            column("id", Kind::Id, true, None, false),
            column("name", Kind::Text, true, None, false),
            column("website", Kind::Text, false, None, false),
            column("stars", Kind::Whole(16), true, Some("0"), false),
            column("since", Kind::Day, false, None, false),
            column("at", Kind::Instant, false, None, false),
            column("led_by", Kind::Id, false, None, true),
            column("extra", Kind::Json, false, None, false),
            column("file", Kind::Bytes, false, None, false),
            column("live", Kind::Truth, false, None, false),
        ]
    }

    const ID: &str = "01900000-0000-7000-8000-000000000001";

    #[test]
    fn a_row_of_an_older_schema_takes_defaults() {
        let row = read(&format!(r#"{{"id":"{ID}","name":"Ada"}}"#), "people", &columns()).unwrap();
        assert_eq!(
            row.fields,
            format!(
                r#","id":"{ID}","name":"Ada","website":null,"stars":0,"since":null,"at":null,"led_by":null,"extra":null,"file":null,"live":null"#
            )
        );
        assert_eq!((row.id.to_string().as_str(), row.names.len()), (ID, 0));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let with = |more: &str| format!(r#"{{"id":"{ID}","name":"Ada"{more}}}"#);
        let deep = format!(r#","extra":{}1{}"#, "[".repeat(200), "]".repeat(200));
        for (line, said) in [
            (String::new(), "the row is cut off"),
            (with("").replace('}', ""), "the row is cut off"),
            ("[1]".into(), "it's no row"),
            (format!(r#"{{"id":"{ID}"}}"#), "it has no name"),
            (with(r#","name2":1"#), "people has no 'name2'"),
            (with(&format!(r#","user_id":"{ID}""#)), "people has no 'user_id'"),
            (with(r#","stars":70000"#), "its stars is too large a number"),
            (with(r#","stars":"1""#), "its stars is no whole number"),
            (with(r#","stars":null"#), "it has no stars"),
            (with(r#","since":"yesterday""#), "its since is no date"),
            (with(r#","since":"infinity""#), "its since is no date"),
            (with(r#","since":"0001-01-01""#), "its since lies outside the years 1900 to 2200"),
            (with(r#","at":"9999-01-01T00:00:00Z""#), "its at lies outside"),
            (with(r#","led_by":"me""#), "its led_by is no id"),
            (with(r#","website":"javascript:alert(1)""#), "its website is no web address"),
            (with(r#","website":"Ada\u0000""#), "its website has a character that can't be kept"),
            (with(r#","extra":{"a":["\u0000"]}"#), "its extra has a character that can't be kept"),
            (
                with(r#","extra":{"profile_url":"data:text/html,x"}"#),
                "its extra holds a profile_url that is no web address",
            ),
            (with(&deep), "its extra can't be read: recursion limit exceeded"),
            (with(r#","file":"4142""#), "its file is no bytes"),
            (with(r#","live":1"#), "its live is no true or false"),
        ] {
            let wrong = read(&line, "people", &columns()).unwrap_err();
            assert!(wrong.starts_with(said), "{line}: {wrong}");
        }
        let other = ID.replace("01", "02");
        let row = read(&with(&format!(r#","led_by":"{other}","file":"\\x4142""#)), "people", &columns()).unwrap();
        assert_eq!(row.names, [other.parse::<Uuid>().unwrap()]);
    }
}
