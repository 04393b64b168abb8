//! vCards of every version, as rows: 2.1 of old phones, 3.0 of most programs, 4.0 of new ones.
//!
//! The cards are told apart here, line by line, so that each fault has its line; what a card says, a library reads.

use std::collections::BTreeMap;

use calcard::common::{IanaString, PartialDateTime};
use calcard::vcard::{VCard, VCardEntry, VCardParameterValue, VCardValue};
use calcard::{Entry, Parser};
use jiff::civil::Date;

use super::meaning::Meaning;
use super::{BETWEEN, Origin, Row, Sheet};
use crate::text::upper_first;
use crate::transfer::decode::decode;
use crate::transfer::linkedin::ROWS_MAX;
use crate::transfer::linkedin::unreadable::{CELL_MAX, shortened};
use crate::transfer::table::Fault;
use crate::web::dates::to_others;

/// The largest file, in bytes: phones put pictures in.
pub const CARDS_MAX: usize = 64 * 1024 * 1024;

/// What is not read of a card, and can be large.
const LEFT: [&str; 7] = ["photo", "logo", "sound", "key", "x-thumbnail", "x-ms-cardpicture", "x-wab-gender"];

/// The columns of a card.
const COLUMNS: [(&str, Meaning); 18] = [
    ("First name", Meaning::FirstName),
    ("Middle name", Meaning::MiddleName),
    ("Last name", Meaning::LastName),
    ("Name", Meaning::Name),
    ("Company", Meaning::Company),
    ("Department", Meaning::Also),
    ("Job title", Meaning::JobTitle),
    ("E-mail", Meaning::Email),
    ("Phone", Meaning::Phone),
    ("LinkedIn", Meaning::Profile),
    ("Website", Meaning::Website),
    ("Notes", Meaning::Notes),
    ("Labels", Meaning::Also),
    ("Nickname", Meaning::Also),
    ("Birthday", Meaning::Also),
    ("Address", Meaning::Also),
    ("Name prefix", Meaning::Nothing),
    ("Name suffix", Meaning::Nothing),
];

/// What is of the card and not of the person; of what programs add for themselves the names begin with an X.
const OF_THE_CARD: [&str; 21] = [
    "BEGIN",
    "END",
    "VERSION",
    "UID",
    "REV",
    "PRODID",
    "KIND",
    "PHOTO",
    "LOGO",
    "SOUND",
    "KEY",
    "SOURCE",
    "XML",
    "CLIENTPIDMAP",
    "CLASS",
    "MAILER",
    "PROFILE",
    "SORT-STRING",
    "NAME",
    "LABEL",
    "AGENT",
];

/// How what is not read of a card is called, where its own name says little.
const CALLED: [(&str, &str); 4] =
    [("IMPP", "Instant messages"), ("TZ", "Time zone"), ("GEO", "Place on the map"), ("LANG", "Language")];

/// The most columns of what is not read.
const UNREAD_MAX: usize = 50;

/// Reads the cards of a file.
///
/// # Errors
/// [`Fault`]; nothing of the file may be used then.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Fault> {
    if bytes.len() > CARDS_MAX {
        return Err(Fault::Packed(format!("A file of vCards has at most {} MB", CARDS_MAX / 1024 / 1024)));
    }
    let decoded = decode(bytes)?;
    let mut rows = vec![Row { line: 0, cells: COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect() }];
    let mut not_people = Vec::new();
    let mut unread: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (line, text) in cards(&decoded.text)? {
        let card = match Parser::new(&text).entry() {
            Entry::VCard(card) => card,
            _ => {
                return Err(Fault::Packed(format!(
                    "The card on line {line} could not be read. Export your contacts again"
                )));
            }
        };
        match cells_of(&card) {
            None => not_people.push(line),
            Some((cells, _)) if cells.iter().any(|cell| cell.len() > CELL_MAX) => return Err(Fault::Length { line }),
            Some((cells, rest)) => {
                let at = rows.len();
                for (name, value) in rest.into_iter().filter(|(_, value)| value.len() <= CELL_MAX) {
                    if unread.len() < UNREAD_MAX || unread.contains_key(&name) {
                        unread.entry(name).or_default().push((at, value));
                    }
                }
                rows.push(Row { line, cells });
            }
        }
        if rows.len() > ROWS_MAX + 1 {
            return Err(Fault::TooMany { most: ROWS_MAX, what: "people" });
        }
    }
    if rows.len() == 1 {
        return Err(Fault::Packed("There is no card of a person in it".into()));
    }
    let mut columns: Vec<Meaning> = COLUMNS.iter().map(|(_, meaning)| *meaning).collect();
    for (name, values) in unread {
        columns.push(Meaning::Nothing);
        rows.iter_mut().for_each(|row| row.cells.push(String::new()));
        for (at, value) in std::iter::once((0, name)).chain(values) {
            if let Some(cell) = rows.get_mut(at).and_then(|row| row.cells.last_mut()) {
                *cell = value;
            }
        }
    }
    Ok(Sheet {
        name: name.into(),
        origin: Origin::Cards,
        rows,
        has_heading: true,
        columns,
        is_settled: true,
        not_people,
    })
}

/// The cards of a text, each with the line it begins on, and without what is not read.
fn cards(text: &str) -> Result<Vec<(u64, String)>, Fault> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', " ");
    let mut cards = Vec::new();
    let (mut card, mut begins, mut depth, mut is_left) = (String::new(), 0, 0_usize, false);
    for (nr, line) in (1..).zip(text.split('\n')) {
        let plain = line.trim().to_ascii_lowercase();
        if plain == "begin:vcard" {
            depth += 1;
            if depth == 1 {
                (card, begins) = (String::new(), nr);
            }
        } else if depth == 0 {
            if plain.is_empty() {
                continue;
            }
            let found = shortened(line);
            return Err(Fault::Packed(format!("Line {nr}, '{found}', is in no card. Export your contacts again")));
        }
        let continues = line.starts_with([' ', '\t']);
        if !continues {
            let name = plain.split([':', ';']).next().unwrap_or_default();
            is_left = LEFT.contains(&name.rsplit('.').next().unwrap_or_default());
        }
        // A card within a card is somebody's assistant.
        if depth == 1 && !is_left {
            card.push_str(line);
            card.push_str("\r\n");
        }
        if plain == "end:vcard" {
            depth = depth.saturating_sub(1);
            is_left = false;
            if depth == 0 {
                cards.push((begins, std::mem::take(&mut card)));
            }
        }
    }
    if depth > 0 {
        let why = format!(
            "The card that begins on line {begins} does not end. The file was cut off: export your contacts again"
        );
        return Err(Fault::Packed(why));
    }
    Ok(cards)
}

/// The cells of a card, and what is not read of it, by its name.
type CardRow = (Vec<String>, Vec<(String, String)>);

/// The row of a card; nothing of a card that is of no person.
fn cells_of(card: &VCard) -> Option<CardRow> {
    let mut cells: [Vec<String>; COLUMNS.len()] = Default::default();
    let [
        first,
        middle,
        last,
        name,
        company,
        department,
        title,
        emails,
        phones,
        profiles,
        sites,
        notes,
        labels,
        nicknames,
        birthday,
        addresses,
        prefix,
        suffix,
    ] = &mut cells;
    let mut role = Vec::new();
    let mut rest = Vec::new();
    // The preferred first.
    let mut ranked: [Vec<(u32, String)>; 3] = Default::default();
    let [ranked_emails, ranked_phones, ranked_sites] = &mut ranked;
    for entry in &card.entries {
        let property = entry.name.as_str().to_ascii_uppercase();
        let texts = texts(entry);
        let whole = || texts.iter().filter(|text| !text.trim().is_empty()).cloned();
        match property.as_str() {
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" if whole().any(|kind| !kind.eq_ignore_ascii_case("individual")) => {
                return None;
            }
            "X-ABSHOWAS" if whole().any(|shown| shown.eq_ignore_ascii_case("company")) => return None,
            "N" => {
                let part = |at: usize| texts.get(at).filter(|part| !part.trim().is_empty()).cloned();
                last.extend(part(0));
                first.extend(part(1));
                middle.extend(part(2));
                prefix.extend(part(3));
                suffix.extend(part(4));
            }
            "FN" => name.extend(whole()),
            "ORG" => {
                let mut parts = whole();
                company.extend(parts.next());
                department.extend(parts);
            }
            "TITLE" => title.extend(whole()),
            "ROLE" => role.extend(whole()),
            "EMAIL" => push(ranked_emails, entry, whole()),
            "TEL" => push(ranked_phones, entry, whole().map(|tel| tel.trim_start_matches("tel:").to_owned())),
            "URL" => push(ranked_sites, entry, whole()),
            "X-SOCIALPROFILE" | "SOCIALPROFILE" => {
                for site in whole().filter(|site| site.contains('/')) {
                    if site.to_ascii_lowercase().contains("linkedin.com") {
                        profiles.push(site)
                    } else {
                        ranked_sites.push((NO_RANK, site))
                    }
                }
            }
            "NOTE" => notes.extend(whole()),
            "CATEGORIES" => labels.extend(whole()),
            "NICKNAME" => nicknames.extend(whole()),
            "BDAY" => birthday.extend(whole()),
            "ADR" => {
                let lines: Vec<String> = whole().map(|part| part.replace('\n', ", ")).collect();
                addresses.extend(Some(lines.join(", ")).filter(|address| !address.is_empty()));
            }
            property if property.starts_with("X-") || OF_THE_CARD.contains(&property) => {}
            property => {
                let value = whole().collect::<Vec<_>>().join(", ");
                let called = CALLED.iter().find(|(name, _)| *name == property).map(|(_, called)| (*called).to_owned());
                let called = called.unwrap_or_else(|| upper_first(&property.to_lowercase()));
                rest.extend(Some((called, value)).filter(|(_, value)| !value.is_empty()));
            }
        }
    }
    for (to, mut values) in [emails, phones, sites].into_iter().zip(ranked) {
        values.sort_by_key(|(rank, _)| *rank);
        to.extend(values.into_iter().map(|(_, value)| value));
    }
    if title.is_empty() {
        *title = role;
    }
    // Of a name that comes twice, in two scripts or versions, the first counts.
    for once in [first, middle, last, name, company, title, birthday] {
        once.truncate(1);
    }
    let joined = [
        " ", " ", " ", " ", " ", ", ", " ", BETWEEN, BETWEEN, BETWEEN, BETWEEN, "\n", BETWEEN, BETWEEN, " ", BETWEEN,
        " ", " ",
    ];
    Some((cells.iter().zip(joined).map(|(texts, between)| texts.join(between)).collect(), rest))
}

/// The rank of what nobody prefers; the highest that can be given is 100 (RFC 6350).
const NO_RANK: u32 = 101;

/// Keeps values with how much they are preferred: the lower the more, and the most where nothing else is said.
fn push(to: &mut Vec<(u32, String)>, entry: &VCardEntry, values: impl Iterator<Item = String>) {
    let rank = entry.params.iter().filter_map(|param| match &param.value {
        VCardParameterValue::Integer(rank) if is_pref(param.name.as_str()) => Some(*rank),
        VCardParameterValue::Text(text) if is_pref(param.name.as_str()) => Some(text.trim().parse().unwrap_or(1)),
        VCardParameterValue::Text(text) if is_pref(text) => Some(1),
        _ if is_pref(param.name.as_str()) => Some(1),
        _ => None,
    });
    let rank = rank.min().unwrap_or(NO_RANK);
    to.extend(values.map(|value| (rank, value)));
}

fn is_pref(word: &str) -> bool {
    word.eq_ignore_ascii_case("pref")
}

/// A day as it is written to people; the year may be missing.
fn day(date: &PartialDateTime) -> Option<String> {
    let (month, day) = (i8::try_from(date.month?).ok()?, i8::try_from(date.day?).ok()?);
    // Apple's programs write 1604 where there is no year.
    match date.year.filter(|year| *year != 1604) {
        Some(year) => Date::new(i16::try_from(year).ok()?, month, day).ok().map(|date| date.to_string()),
        // A leap year, for the 29th of February.
        None => Date::new(2000, month, day).ok().map(|date| to_others().yearly(date, None)),
    }
}

/// The values of a property, as they would be written.
fn texts(entry: &VCardEntry) -> Vec<String> {
    let text = |value: &VCardValue| match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Kind(kind) => kind.as_str().to_owned(),
        VCardValue::PartialDateTime(date) => day(date).unwrap_or_default(),
        _ => String::new(),
    };
    entry.values.iter().map(text).collect()
}

#[cfg(test)]
mod tests;
