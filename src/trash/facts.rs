//! What two records say that are to be joined, as the page shows it and the notes keep it. Pure.

use std::str::FromStr;

use jiff::civil::Date;

use super::queries::Kind;
use super::queries::joins::Pair;
use crate::companies::company::{Status, posting_words};
use crate::playbook::warmth::{Closeness, Warmth};
use crate::text::Text;
use crate::web::words;

/// What a field is called.
pub fn label(kind: Kind, field: &str) -> &str {
    match (kind, field) {
        (Kind::Contact, "closeness") => "Their job",
        (Kind::Contact, "warmth") => "How you know them",
        (Kind::Contact, "introduced_by") => "Introduced by",
        (Kind::Contact, "rhythm") => "How often to write",
        (Kind::Contact, "retention") => "Keep until",
        (Kind::Contact, _) => crate::contacts::form::label(field),
        (_, "motivation") => "Motivation",
        (_, "posting") => "Posting",
        (_, "status") => "Status",
        (_, "careers_rhythm") => "Look at the careers page",
        _ => crate::companies::wording::label(field),
    }
}

/// What a field says, in words.
pub fn in_words(field: &str, value: &str, today: Date) -> String {
    match field {
        "closeness" => said(value, Closeness::label),
        "warmth" => said(value, Warmth::label),
        "rhythm" | "careers_rhythm" if value == "0" => "Never".to_owned(),
        "rhythm" | "careers_rhythm" if value == "1" => "Every day".to_owned(),
        "rhythm" | "careers_rhythm" => format!("Every {value} days"),
        "retention" if value == "for_good" => "For good".to_owned(),
        "retention" => value.parse().map_or_else(|_| value.to_owned(), |day| words::full_day(day, today)),
        "motivation" => format!("{value} of 5"),
        "posting" => posting_words(value.parse().unwrap_or_default()).to_owned(),
        "status" => {
            let (status, reason) = value.split_once(": ").map_or((value, None), |(it, reason)| (it, Some(reason)));
            let status = said(status, Status::label);
            reason.map_or_else(|| status.clone(), |reason| format!("{status}: {reason}"))
        }
        _ => value.to_owned(),
    }
}

/// A stored word by its label.
fn said<T: FromStr>(word: &str, label: fn(T) -> &'static str) -> String {
    word.parse().map_or_else(|_| word.to_owned(), |it| label(it).to_owned())
}

/// The notes of both, and what was said otherwise than is kept. Nothing where it is too long.
pub fn notes(kind: Kind, pair: &Pair, chosen: &[String]) -> Option<String> {
    let theirs = pair.gone_notes.as_ref().filter(|notes| Some(*notes) != pair.kept_notes.as_ref());
    let otherwise = pair.facts.0.iter().filter_map(|(what, gone, kept)| match (gone, kept) {
        (Some(gone), Some(kept)) if gone != kept => {
            let other = if chosen.contains(what) { kept } else { gone };
            Some(format!("{}: {other}", label(kind, what)))
        }
        _ => None,
    });
    let otherwise: Vec<String> = otherwise.collect();
    let before = (!otherwise.is_empty()).then(|| format!("Before the two were joined: {}", otherwise.join("; ")));
    let parts: Vec<&str> =
        [pair.kept_notes.as_deref(), theirs.map(String::as_str), before.as_deref()].into_iter().flatten().collect();
    let notes = parts.join("\n\n");
    (notes.is_empty() || Text::<20_000>::parse(&notes).is_ok()).then_some(notes)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_stored_is_said_in_words() {
        for (field, value, said) in [
            ("closeness", "same_role", "In the role"),
            ("warmth", "knows_me", "Knows you"),
            ("rhythm", "0", "Never"),
            ("careers_rhythm", "14", "Every 14 days"),
            ("retention", "for_good", "For good"),
            ("motivation", "4", "4 of 5"),
            ("posting", "3", "right now"),
            ("status", "ruled_out: They froze: until 2028", "Ruled out: They froze: until 2028"),
            ("status", "active", "Active"),
            ("name", "active: 3", "active: 3"),
        ] {
            assert_eq!(in_words(field, value, date(2026, 11, 24)), said, "{field}");
        }
    }
}
