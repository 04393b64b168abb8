//! What a text tells of someone, and how a part is taken out of it.

use crate::address::ProfileAddress;
use crate::contacts::guess::name_from_profile;
use crate::folding::folded;
use crate::text;

/// Someone as far as a text tells; every field as it would be typed, empty where the text says nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Read {
    pub name: String,
    pub job_title: String,
    pub company: String,
    pub profile: String,
    pub email: String,
    pub phone: String,
    /// What stands in the text and is none of these.
    pub rest: String,
}

impl Read {
    /// Fills what is empty; what finds its place taken by something else is told with the rest.
    pub fn take(&mut self, more: Self) {
        let mut left = Vec::new();
        for (mine, theirs) in [
            (&mut self.job_title, more.job_title),
            (&mut self.company, more.company),
            (&mut self.profile, more.profile),
            (&mut self.email, more.email),
            (&mut self.phone, more.phone),
        ] {
            left.extend(put(mine, theirs));
        }
        left.push(more.rest);
        for rest in left {
            append(&mut self.rest, &rest);
        }
    }
}

/// Puts a value where nothing stands yet. Gives it back where something else does.
pub fn put(field: &mut String, value: String) -> Option<String> {
    if value.is_empty() || folded(field) == folded(&value) {
        None
    } else if field.trim().is_empty() {
        *field = value;
        None
    } else {
        Some(value)
    }
}

/// Adds a line to a text.
pub fn append(text: &mut String, line: &str) {
    if !line.trim().is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line.trim());
    }
}

pub fn name_in(profile: &str) -> Option<String> {
    ProfileAddress::parse(profile).ok().and_then(|profile| name_from_profile(&profile))
}

/// 'grace.hopper@navy.example' is Grace Hopper's, 'ghopper@navy.example' anybody's.
pub fn name_in_mailbox(mailbox: &str) -> Option<String> {
    let local = mailbox.split('@').next()?;
    let words: Vec<&str> = local.split(['.', '_']).collect();
    let are_names =
        words.len() >= 2 && words.iter().all(|word| word.chars().count() >= 2 && word.chars().all(char::is_alphabetic));
    are_names.then(|| words.iter().map(|word| text::upper_first(word)).collect::<Vec<_>>().join(" "))
}

/// A text without one part of it, and without the brackets and label around that part.
pub fn without(text: &str, part: &str) -> String {
    let Some(at) = text.find(part) else { return text.to_owned() };
    let before = text[..at]
        .trim_end_matches(['<', '(', '[', '|', '"'])
        .trim_end_matches("mailto:")
        .trim_end_matches(['<', '(', ' ']);
    // The text of a Markdown link is kept, its brackets are not.
    let before = before.trim_end_matches(']').trim_start_matches('[');
    let labels = [
        "linkedin:",
        "linkedin",
        "profile:",
        "profil:",
        "e-mail:",
        "email:",
        "mail:",
        "web:",
        "www:",
        "tel:",
        "tel.:",
        "telefon:",
        "fon:",
        "phone:",
        "mobile:",
        "mob:",
        "cell:",
    ];
    let lower = before.trim_end().to_lowercase();
    let label = labels.iter().find(|label| lower.ends_with(*label)).map_or(0, |label| label.len());
    let kept = before.trim_end();
    let kept = kept.get(..kept.len().saturating_sub(label)).unwrap_or(kept);
    let after = text[at + part.len()..].trim_start_matches(['>', ')', ']', '|', '"', '.', ',', ';']);
    format!("{} {}", kept.trim(), after.trim()).trim().to_owned()
}

/// A name without the marks that stood between it and an address.
pub fn bare(name: &str) -> &str {
    name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '[' | ']' | '|' | ',' | ';' | ':' | '-' | '–' | '—' | '·' | '"' | '\'')
    })
}
