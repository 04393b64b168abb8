//! Text to put into forms: plausible where a form is to be taken, naughty where it is to be tried.

use std::sync::atomic::{AtomicU32, Ordering};

use super::page::{Control, Form};

/// The list of naughty strings, as they are meant.
pub fn naughty() -> Vec<String> {
    include_str!("naughty.txt").lines().filter(|line| !line.starts_with("#:")).map(meant).collect()
}

/// Reads `\u{..}`, `\n`, `\r`, `\t` and `\\`.
fn meant(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        if let Some(code) = after.strip_prefix("u{") {
            let (code, onward) = code.split_once('}').unwrap();
            text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
            rest = onward;
        } else {
            text.push(match after.as_bytes()[0] {
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'\\' => '\\',
                other => panic!("\\{} in {line}", char::from(other)),
            });
            rest = &after[1..];
        }
    }
    text + rest
}

/// Something a person could have put into this control, never the same text twice.
fn plausible(control: &Control) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let nr = COUNT.fetch_add(1, Ordering::Relaxed);
    match control.kind.as_str() {
        "email" => format!("someone{nr}@example.com"),
        "url" => format!("https://example.com/somewhere/{nr}"),
        "tel" => "+49 431 1234567".into(),
        "number" => "3".into(),
        "date" => "2026-11-25".into(),
        "time" => "10:30".into(),
        "datetime-local" => "2026-11-25T10:30".into(),
        "select" | "chooser" => {
            control.options.iter().map(|(key, _)| key).find(|key| !key.is_empty()).cloned().unwrap_or_default()
        }
        "radio" => control.value.clone(),
        _ => format!("Something to say {nr}"),
    }
}

impl Form {
    /// The same form with every empty field that is asked for filled as a person could have.
    pub fn filled_in(mut self) -> Self {
        for control in self.controls.clone() {
            let skipped = matches!(control.kind.as_str(), "hidden" | "checkbox" | "file" | "password");
            if !skipped && !control.optional && self.value(&control.name).is_empty() {
                self = self.set(&control.name, &plausible(&control));
            }
        }
        self
    }
}
