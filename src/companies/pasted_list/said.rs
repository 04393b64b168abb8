//! Words around names: what heads them, what is said of them, and what is said between them.

use super::cells::plain;

/// What is left out of each kind of line, as the page says it.
pub const HEADING: &str = "A heading";
const STRUCK_OUT: &str = "Struck out";
const COUNT: &str = "A number of people";
const BUTTON: &str = "A button";
const SENTENCE: &str = "A sentence";

/// Words that begin a heading: 'Tier 1'.
const KINDS: [&str; 12] =
    ["tier", "priority", "prio", "group", "wave", "level", "category", "kategorie", "stufe", "gruppe", "list", "liste"];
/// Of them, those that are no names with a number behind them: 'Level 3' was a company.
const ONLY_KINDS: [&str; 7] = ["tier", "priority", "prio", "category", "kategorie", "stufe", "gruppe"];
/// Words of what heads a list: 'Dream companies: Stripe, Adyen'.
const OF_LISTS: [&str; 23] = [
    "company",
    "companies",
    "employers",
    "firms",
    "startups",
    "targets",
    "target",
    "dream",
    "favorites",
    "favourites",
    "tier",
    "priority",
    "prio",
    "list",
    "unternehmen",
    "firmen",
    "firma",
    "entreprises",
    "entreprise",
    "empresas",
    "aziende",
    "bedrijven",
    "компании",
];
/// What pages show beside the names of companies.
const COUNTED: [&str; 12] = [
    "followers",
    "follower",
    "employees",
    "associated",
    "members",
    "connections",
    "abonnés",
    "seguidores",
    "mitarbeitende",
    "mitarbeiter",
    "employés",
    "jobs",
];
const BUTTONS: [&str; 9] =
    ["follow", "following", "+ follow", "view jobs", "visit website", "folgen", "suivre", "seguir", "promoted"];

/// Why such words are no company, where they are none.
pub fn no_company(line: &str) -> Option<&'static str> {
    let line = line.trim();
    let lower = line.to_lowercase();
    if line.len() > 4 && line.starts_with("~~") && line.ends_with("~~") {
        return Some(STRUCK_OUT);
    }
    if BUTTONS.contains(&lower.as_str()) {
        return Some(BUTTON);
    }
    if is_count(&lower) {
        return Some(COUNT);
    }
    if is_kind_with_a_number(&lower) {
        return Some(HEADING);
    }
    is_sentence(line).then_some(SENTENCE)
}

/// Whether a title heads the names below it.
pub fn is_kind(title: &str) -> bool {
    title.split_whitespace().next().is_some_and(|first| KINDS.contains(&first))
}

/// '12,345 followers', '51-200 employees'.
fn is_count(line: &str) -> bool {
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || "-–.,+km".contains(c))
    };
    let mut words = line.split_whitespace();
    words.next().is_some_and(is_number) && words.next().is_some_and(|word| COUNTED.contains(&word)) && words.count() < 4
}

/// 'Tier 1', 'Priority B'.
fn is_kind_with_a_number(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (kind, number) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_number = number.chars().all(|c| c.is_ascii_digit() || "ivx".contains(c)) || number.chars().count() == 1;
    ONLY_KINDS.contains(&kind) && !number.is_empty() && is_number && words.next().is_none()
}

/// 'Would you like more of them?'
fn is_sentence(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    line.ends_with(['?', '？']) && words.len() > 3
        || line.ends_with(['.', '!', '。', '！']) && words.len() > 5 && small * 2 >= words.len()
}

/// The names behind a heading on the same line: 'Dream companies: Stripe, Adyen'.
pub fn headed(line: &str) -> Option<&str> {
    let (head, names) = line.split_once([':', '：'])?;
    let lower = head.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let names = names.trim_start_matches('*');
    let is_apart = line.contains('：') || names.starts_with(char::is_whitespace);
    (is_apart && !names.trim().is_empty() && words.any(|word| OF_LISTS.contains(&word))).then(|| names.trim())
}

/// A name and what is said of it: 'Stripe: payments', '**Brex:** cards'.
pub fn described(line: &str) -> Option<(&str, &str)> {
    let (name, said) = line.split_once([':', '：'])?;
    let is_bold = said.starts_with('*');
    let said = said.trim_start_matches('*');
    let is_apart = line.contains('：') || said.starts_with(char::is_whitespace);
    let name = if is_bold { name.trim_start_matches('*') } else { name };
    let is_name = name.chars().any(char::is_alphabetic) && !name.contains([',', ';', '(']) && !plain(name).is_empty();
    (is_apart && is_name && !said.trim().is_empty()).then(|| (name.trim(), said.trim()))
}

/// The line without the marks of notes behind it: 'Google[1]'.
pub fn without_notes(line: &str) -> &str {
    let mut line = line.trim_end();
    while let Some((before, note)) = line.strip_suffix(']').and_then(|inside| inside.rsplit_once('['))
        && (1..4).contains(&note.len())
        && note.chars().all(|c| c.is_ascii_digit())
        && !before.trim().is_empty()
    {
        line = before.trim_end();
    }
    line
}
