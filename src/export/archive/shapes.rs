//! What the inside of a value must be, whoever wrote it: pages draw addresses as links, and read what stands in a JSON column
//! into their types.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use data_encoding::HEXLOWER_PERMISSIVE;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::accounts::preferences::Preferences;
use crate::documents::format::{self, Format};
use crate::follow_up::replan::Move;
use crate::playbook::message::channel::Channel;
use crate::playbook::warmth::Warmth;
use crate::transfer::report::Report;
use crate::trash::queries::joins::Kept;

/// The years in which something of a search lies.
pub const YEARS: RangeInclusive<i16> = 1900..=2200;

/// What a text may not hold.
const UNKEEPABLE: &str = "has a character that can't be kept (U+0000)";

/// What an import noted of a contact.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Noted {
    connected_on: Option<Date>,
    company_id: Option<Uuid>,
    #[serde(flatten)]
    #[expect(dead_code, reason = "read for its kind")]
    texts: BTreeMap<String, Option<String>>,
}

/// What reads a JSON column, by its table and name; a test sees that each has its line.
type Reader = fn(&str) -> bool;

/// Every JSON column of an archive.
pub const READERS: &[(&str, &str, Reader)] = &[
    ("contact_changes", "before", is::<Noted>),
    ("contact_changes", "after", is::<Noted>),
    ("imports", "report", is::<Report>),
    ("insights", "before", is::<BTreeMap<String, Option<String>>>),
    ("joins", "kept", is::<Kept>),
    ("replans", "moves", is::<Vec<Move>>),
    ("templates", "channels", is::<Vec<Channel>>),
    ("templates", "warmths", is::<Vec<Warmth>>),
];

fn is<T: DeserializeOwned>(json: &str) -> bool {
    serde_json::from_str::<T>(json).is_ok()
}

/// Whether a column of this name holds an address that pages draw as a link.
fn is_of_addresses(name: &str) -> bool {
    matches!(name, "website" | "url" | "link") || name.ends_with("_url")
}

fn is_address(text: &str) -> bool {
    text.is_empty() || url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Holds a text against what its column is for.
///
/// # Errors
/// What is wrong, after the name of the column.
pub fn text(table: &str, name: &str, text: &str) -> Result<(), String> {
    if text.contains('\0') {
        return Err(UNKEEPABLE.into());
    }
    // What was captured is read as it was shared, and no link until then.
    if is_of_addresses(name) && table != "captures" && !is_address(text) {
        return Err("is no web address".into());
    }
    if (name == "time_zone" || name.ends_with("_time_zone")) && jiff::tz::TimeZone::get(text).is_err() {
        return Err("is no time zone".into());
    }
    Ok(())
}

/// Holds JSON against what is read from its column.
///
/// # Errors
/// What is wrong, after the name of the column.
pub fn json(table: &str, name: &str, json: &str) -> Result<(), String> {
    serde_json::from_str::<Sound>(json)
        .map_err(|error| format!("can't be read: {error}"))
        .and_then(|sound| sound.0.map_or(Ok(()), Err))?;
    match READERS.iter().find(|(of, column, _)| (*of, *column) == (table, name)) {
        Some((.., reads)) if !reads(json) => Err("isn't what stands there otherwise".into()),
        _ => Ok(()),
    }
}

/// Holds stored preferences against their type.
///
/// # Errors
/// What is wrong.
pub fn preferences(value: &Value) -> Result<(), String> {
    json("users", "preferences", &value.to_string())?;
    if has_a_day_outside(value) {
        return Err(format!("a day in them lies outside the years {} to {}", YEARS.start(), YEARS.end()));
    }
    serde_json::from_value::<Preferences>(value.clone()).map(drop).map_err(|error| error.to_string())
}

fn has_a_day_outside(value: &Value) -> bool {
    match value {
        Value::String(text) => text.parse::<Date>().is_ok_and(|day| !YEARS.contains(&day.year())),
        Value::Array(all) => all.iter().any(has_a_day_outside),
        Value::Object(all) => all.values().any(has_a_day_outside),
        _ => false,
    }
}

/// Holds what a row says of itself against what is in it: a document is what it says it is, as it is saved as that.
///
/// # Errors
/// What is wrong.
pub fn row(table: &str, said: &BTreeMap<String, &RawValue>) -> Result<(), String> {
    if table != "document_versions" {
        return Ok(());
    }
    let text = |name: &str| said.get(name).and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
    let format: Option<Format> = text("format").and_then(|word| word.parse().ok());
    let content =
        text("content").and_then(|text| HEXLOWER_PERMISSIVE.decode(text.strip_prefix("\\x")?.as_bytes()).ok());
    match (format, content) {
        (Some(format), Some(content)) if format::of(&content) == Ok(format) => Ok(()),
        _ => Err("its content isn't what its format says".into()),
    }
}

/// JSON that is looked through and not kept: what is wrong with a text in it, if anything is.
struct Sound(Option<String>);

impl<'de> Deserialize<'de> for Sound {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Looking { name: "" })
    }
}

/// Looks through a value that stands under a name.
struct Looking<'n> {
    name: &'n str,
}

impl<'de> serde::de::DeserializeSeed<'de> for Looking<'_> {
    type Value = Sound;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Sound, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Looking<'_> {
    type Value = Sound;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Sound, E> {
        Ok(Sound(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Sound, E> {
        Ok(Sound(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Sound, E> {
        Ok(Sound(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Sound, E> {
        Ok(Sound(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Sound, E> {
        Ok(Sound(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Sound, E> {
        if text.contains('\0') {
            return Ok(Sound(Some(UNKEEPABLE.into())));
        }
        let is_wrong = is_of_addresses(self.name) && !is_address(text);
        Ok(Sound(is_wrong.then(|| format!("holds a {} that is no web address", self.name))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Sound, A::Error> {
        let mut wrong = None;
        while let Some(Sound(found)) = all.next_element_seed(Looking { name: self.name })? {
            wrong = wrong.or(found);
        }
        Ok(Sound(wrong))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Sound, A::Error> {
        let mut wrong = None;
        while let Some(name) = all.next_key::<String>()? {
            if name.contains('\0') {
                wrong = wrong.or(Some(UNKEEPABLE.into()));
            }
            let Sound(found) = all.next_value_seed(Looking { name: &name })?;
            wrong = wrong.or(found);
        }
        Ok(Sound(wrong))
    }
}
