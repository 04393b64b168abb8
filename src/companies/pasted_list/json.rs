//! A list copied out of a program: an array of names, or of objects with a name and perhaps an address.

use serde_json::Value;

use super::head::Head;
use super::{Read, company, is_written_like_address};

/// Each entry with the number of the line its name stands on; nothing where the text is no such list.
pub fn entries(text: &str) -> Option<Vec<(usize, Read)>> {
    let list = list(text)?;
    let mut from = 0;
    let entries = list.iter().map(|entry| {
        let (name, website) = parts(entry);
        if let Some(at) = name.and_then(|name| text.get(from..)?.find(name)) {
            from += at;
        }
        let read = match name {
            Some(name) => company(name, website, None),
            None => Read::NoCompany("No name stands in this entry"),
        };
        (line_of(text, from), read)
    });
    let entries: Vec<(usize, Read)> = entries.collect();
    entries.iter().any(|(_, read)| matches!(read, Read::Company { .. })).then_some(entries)
}

/// The entries after the first so many, as a list of their own, and how many they are; nothing where the text is no such list.
pub fn after(text: &str, first: usize) -> Option<(String, usize)> {
    entries(text)?;
    let list = list(text)?;
    let left = list.get(first..)?;
    Some((serde_json::to_string(left).ok()?, left.len()))
}

fn list(text: &str) -> Option<Vec<Value>> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with(['[', '{']) {
        return None;
    }
    match serde_json::from_str(text).ok()? {
        Value::Array(list) => Some(list),
        Value::Object(object) => object.into_iter().find_map(|(_, value)| match value {
            Value::Array(list) => Some(list),
            _ => None,
        }),
        _ => None,
    }
}

/// The name, under whatever usual word or as the first text that is no address, and the first address.
fn parts(entry: &Value) -> (Option<&str>, Option<&str>) {
    let Value::Object(object) = entry else { return (entry.as_str(), None) };
    let texts = || object.iter().filter_map(|(key, value)| Some((key, value.as_str()?.trim())));
    let named = Head::NAMES.iter().find_map(|word| texts().find(|(key, _)| key.to_lowercase() == *word));
    let name = named.or_else(|| texts().find(|(_, text)| !text.is_empty() && !is_written_like_address(text)));
    let website = texts().find(|(key, text)| Some(*key) != name.map(|(key, _)| key) && is_written_like_address(text));
    (name.map(|(_, text)| text), website.map(|(_, text)| text))
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
