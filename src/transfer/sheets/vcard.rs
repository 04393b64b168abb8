//! vCards of every version, as rows: 2.1 of old phones, 3.0 of most programs, 4.0 of new ones.
//!
//! The cards are told apart here, line by line, so that each fault has its line; what a card says, a library reads.

use calcard::common::IanaString;
use calcard::vcard::{VCard, VCardEntry, VCardParameterValue, VCardValue};
use calcard::{Entry, Parser};

use super::meaning::Meaning;
use super::{BETWEEN, Origin, Row, Sheet};
use crate::transfer::decode::decode;
use crate::transfer::linkedin::ROWS_MAX;
use crate::transfer::linkedin::unreadable::{CELL_MAX, shortened};
use crate::transfer::table::Fault;

/// The largest file, in bytes: phones put pictures in.
pub const CARDS_MAX: usize = 64 * 1024 * 1024;

/// What is not read of a card, and can be large.
const LEFT: [&str; 7] = ["photo", "logo", "sound", "key", "x-thumbnail", "x-ms-cardpicture", "x-wab-gender"];

/// The columns of a card.
const COLUMNS: [(&str, Meaning); 13] = [
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
];

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
            Some(cells) if cells.iter().any(|cell| cell.len() > CELL_MAX) => return Err(Fault::Length { line }),
            Some(cells) => rows.push(Row { line, cells }),
        }
        if rows.len() > ROWS_MAX + 1 {
            return Err(Fault::TooMany { most: ROWS_MAX, what: "people" });
        }
    }
    if rows.len() == 1 {
        return Err(Fault::Packed("There is no card of a person in it".into()));
    }
    Ok(Sheet {
        name: name.into(),
        origin: Origin::Cards,
        rows,
        has_heading: true,
        columns: COLUMNS.iter().map(|(_, meaning)| *meaning).collect(),
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

/// The cells of a card; nothing of one that is of no person.
fn cells_of(card: &VCard) -> Option<Vec<String>> {
    let mut cells: [Vec<String>; COLUMNS.len()] = Default::default();
    let [first, middle, last, name, company, department, title, emails, phones, profiles, sites, notes, labels] =
        &mut cells;
    let mut role = Vec::new();
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
            }
            "FN" => name.extend(whole()),
            "ORG" => {
                let mut parts = whole();
                company.extend(parts.next());
                department.extend(parts);
            }
            "TITLE" => title.extend(whole()),
            "ROLE" => role.extend(whole()),
            "EMAIL" => push(emails, entry, whole()),
            "TEL" => push(phones, entry, whole().map(|tel| tel.trim_start_matches("tel:").to_owned())),
            "URL" => push(sites, entry, whole()),
            "X-SOCIALPROFILE" | "SOCIALPROFILE" => {
                for site in whole().filter(|site| site.contains('/')) {
                    if site.to_ascii_lowercase().contains("linkedin.com") {
                        profiles.push(site)
                    } else {
                        sites.push(site)
                    }
                }
            }
            "NOTE" => notes.extend(whole()),
            "CATEGORIES" => labels.extend(whole()),
            _ => {}
        }
    }
    if title.is_empty() {
        *title = role;
    }
    // Of a name that comes twice, in two scripts or versions, the first counts.
    for once in [first, middle, last, name, company, title] {
        once.truncate(1);
    }
    let joined = [" ", " ", " ", " ", " ", ", ", " ", BETWEEN, BETWEEN, BETWEEN, BETWEEN, "\n", BETWEEN];
    Some(cells.iter().zip(joined).map(|(texts, between)| texts.join(between)).collect())
}

/// Puts values behind the others, those that are preferred before them.
fn push(to: &mut Vec<String>, entry: &VCardEntry, values: impl Iterator<Item = String>) {
    let is_preferred = entry.params.iter().any(|param| {
        param.name.as_str().eq_ignore_ascii_case("PREF")
            || matches!(&param.value, VCardParameterValue::Text(text) if text.eq_ignore_ascii_case("pref"))
    });
    for value in values {
        if is_preferred { to.insert(0, value) } else { to.push(value) }
    }
}

/// The values of a property, as they would be written.
fn texts(entry: &VCardEntry) -> Vec<String> {
    let text = |value: &VCardValue| match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Kind(kind) => kind.as_str().to_owned(),
        _ => String::new(),
    };
    entry.values.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn people(text: &[u8]) -> Vec<String> {
        let sheet = read("contacts.vcf", text).unwrap();
        let said = |one: &crate::transfer::linkedin::Connection| {
            [
                Some(one.name.to_string()),
                one.employer.as_ref().map(|it| it.to_string()),
                one.job_title.as_ref().map(|it| it.to_string()),
                one.email.as_ref().map(|it| it.as_str().to_owned()),
                one.phone.as_ref().map(|it| it.to_string()),
                one.profile.as_ref().map(|it| it.key().to_owned()),
                one.notes.as_ref().map(|it| it.to_string()),
            ]
            .map(Option::unwrap_or_default)
            .join("|")
        };
        sheet.people(&mut HashSet::new()).rows.iter().map(said).collect()
    }

    #[test]
    fn cards_of_every_version_are_read() {
        assert_eq!(
            people(
                b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;\r\n\
                  TEL;CELL:+49 171 1234567\r\nEMAIL;INTERNET:joerg@example.org\r\nORG:Acme;Research\r\nTITLE:Engineer\r\n\
                  PHOTO;ENCODING=BASE64;JPEG:\r\n AAAA\r\n BBBB\r\n\r\nEND:VCARD\r\n"
            ),
            ["Jörg Müller|Acme|Engineer|joerg@example.org|+49 171 1234567||Department: Research"]
        );
        assert_eq!(
            people(
                b"BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nN:Hopper;Grace;;;\nEMAIL;TYPE=HOME:home@example.org\n\
                  EMAIL;TYPE=WORK,PREF:grace@navy.example\nitem1.URL:https://www.linkedin.com/in/Grace-Hopper\n\
                  item1.X-ABLabel:LinkedIn\nNOTE:Compilers\\, mostly\\nCOBOL\nCATEGORIES:Navy,Friends\nEND:VCARD\n"
            ),
            [
                "Grace Hopper|||grace@navy.example||/in/grace-hopper|Compilers, mostly\nCOBOL\nAlso: home@example.org\nLabels: Navy, Friends"
            ]
        );
        assert_eq!(
            people(
                b"BEGIN:VCARD\nVERSION:4.0\nFN:Ada\n  Lovelace\nTEL;VALUE=uri:tel:+44-20-1\n\
                  X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/ada\nEND:VCARD\n\
                  BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD\n"
            ),
            ["Ada Lovelace||||+44-20-1|/in/ada|"]
        );
    }

    #[test]
    fn what_is_no_file_of_cards_is_refused_with_its_line() {
        for (text, says) in [
            ("BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n", "The card that begins on line 1 does not end"),
            ("BEGIN:VCARD\nFN:Ada\nEND:VCARD\nhello\n", "Line 4, 'hello', is in no card"),
            ("BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Acme\nEND:VCARD\n", "There is no card of a person in it"),
            ("", "The file is empty"),
        ] {
            let why = read("contacts.vcf", text.as_bytes()).unwrap_err().to_string();
            assert!(why.contains(says), "{why}");
        }
    }
}
