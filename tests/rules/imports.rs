//! Who uses whom: only downwards, and the rules of the playbook touch nothing.

use std::collections::BTreeMap;

use crate::source::{Source, sources};
use crate::storeys::Handlers;
use crate::uses::module;

/// The floors of the house, from the ground up. A room uses those of lower floors; its neighbours it does not know.
const FLOORS: &[&[&str]] = &[
    &["kinds", "ids", "clock", "log", "folding", "text"],
    &["access", "address", "links", "config", "playbook"],
    &["database"],
    &["error"],
    &["web"],
    &["mail"],
    &["notices"],
    &["app"],
    &["accounts"],
    &["comments", "suggestions"],
    &["companies", "documents"],
    &["contacts"],
    &["insights", "introductions", "openings", "library"],
    &["interviews"],
    &["referrals"],
    &["offers", "today", "progress", "search", "transfer", "follow_up", "trash"],
    &["search_end", "export"],
    &["demo", "health", "renewal", "api", "reminders"],
    &["routes"],
    &["server"],
    &["commands"],
    &["main"],
];

/// Imports that run upwards, and why.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("app", "accounts", "the state of the program holds the turns for hashing passwords")];

fn floor(room: &str) -> usize {
    let found = FLOORS.iter().position(|rooms| rooms.contains(&room));
    found.unwrap_or_else(|| panic!("give '{room}' a floor in tests/rules/imports.rs"))
}

/// The paths below `crate::` a file names: the first two parts of each.
fn used(source: &Source) -> Vec<(String, String)> {
    let code = source.code();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(top_level(group).into_iter().map(|path| first_two(path.trim())));
        } else {
            found.push(first_two(rest));
        }
    }
    found.into_iter().filter(|(room, _)| !room.is_empty()).collect()
}

/// The parts of a group in braces, up to its end.
pub fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

fn first_two(path: &str) -> (String, String) {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let first = word(path);
    let second = path[first.len()..].strip_prefix("::").map(word).unwrap_or_default();
    (first, second)
}

#[test]
fn rooms_use_only_those_below() {
    let handlers = Handlers::read();
    let mut wrong = BTreeMap::new();
    for source in sources() {
        let room = source.room().to_owned();
        // What answers requests may use whatever any room knows and does: see `storeys`.
        if room == "lib" || handlers.is_upper(&module(&source.path)) {
            continue;
        }
        for (other, _) in used(&source) {
            let macros = source.code().contains(&format!("crate::{other}!"));
            let excepted = EXCEPTIONS.iter().any(|(from, to, _)| *from == room && *to == other);
            if other != room && !macros && !excepted && floor(&other) >= floor(&room) {
                wrong.entry((room.clone(), other)).or_insert_with(Vec::new).push(source.path.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run upwards or sideways: {wrong:#?}");
}

#[test]
fn the_playbook_is_pure() {
    let marks = [
        "sqlx",
        "tokio",
        "axum",
        "askama",
        "std::fs",
        "std::net",
        "std::time",
        "std::env",
        "std::process",
        "Timestamp::now",
        "Zoned::now",
        "SystemTime",
        "Instant",
        "println!",
        "tracing",
        "async ",
        "crate::web",
        "crate::database",
        "crate::clock",
        "crate::error",
    ];
    for source in sources().iter().filter(|source| source.room() == "playbook") {
        for mark in marks {
            assert!(!source.code().contains(mark), "{} holds {mark}", source.path);
        }
    }
}

#[test]
fn what_a_file_uses_is_read() {
    let text = "use crate::web::form::{A, B};\nuse crate::{accounts, companies::queries as c, web::{a, b}};\nfn f() { crate::clock::now() }\n// crate::server";
    let source = Source { path: "src/today/page.rs".into(), text: text.into() };
    let rooms: Vec<String> = used(&source).into_iter().map(|(room, part)| format!("{room}/{part}")).collect();
    assert_eq!(rooms, ["web/form", "accounts/", "companies/queries", "web/", "clock/now"]);
    assert_eq!(source.room(), "today");
}
