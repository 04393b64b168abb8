//! What must hold of anything at all that is typed, pasted or uploaded. The fuzzer tries it with inputs it makes up from
//! what they reach in the code; the test `fuzz` tries it for a few seconds with every run.

use std::io::{Cursor, Write};

use inroad::address::{EmailAddress, ProfileAddress, WebAddress};
use inroad::companies::name::NameKey;
use inroad::companies::pasted_list::{LIST_MAX, Listed, parse_list};
use inroad::documents::format::{self, Format};
use inroad::export::archive::columns::{Column, Columns, Kind};
use inroad::export::archive::manifest::MANIFEST;
use inroad::export::archive::read::check;
use inroad::text::{Line, Text};
use inroad::transfer::archive::{Archive, reading};
use inroad::transfer::decode::decode as decoded;
use inroad::transfer::linkedin::Connections;
use inroad::transfer::sheets;
use inroad::transfer::sheets::meaning::Meaning;
use jiff::tz::TimeZone;

/// Every address that is kept is a safe link and reads back as itself.
pub fn addresses(bytes: &[u8]) {
    let Ok(typed) = str::from_utf8(bytes) else { return };
    if let Ok(address) = WebAddress::parse(typed) {
        assert!(address.as_str().starts_with("http://") || address.as_str().starts_with("https://"));
        assert!(!address.as_str().contains(char::is_control));
        assert_eq!(WebAddress::parse(address.as_str()).as_ref(), Ok(&address));
    }
    if let Ok(address) = EmailAddress::parse(typed) {
        assert_eq!(EmailAddress::parse(address.as_str()).as_ref(), Ok(&address));
    }
    if let Ok(profile) = ProfileAddress::parse(typed) {
        assert_eq!(ProfileAddress::parse(profile.as_str()).as_ref(), Ok(&profile));
    }
}

/// Any files of a LinkedIn archive, packed or not, give something or an error, and what they give is kept as it is.
pub fn linkedin_archive(bytes: &[u8]) {
    let mut file = std::io::Cursor::new(bytes);
    if let Ok(archive) = reading::read([("file", &mut file as _)], &TimeZone::UTC) {
        assert!(!archive.files.is_empty());
        let kept = serde_json::to_string(&archive).unwrap_or_default();
        let back: Result<Archive, _> = serde_json::from_str(&kept);
        assert!(back.is_ok_and(|back| serde_json::to_string(&back).is_ok_and(|again| again == kept)));
        assert!(!archive.connections.is_some_and(|text| text.contains('\0')));
    }
}

/// Any cards give people, each row one of them or left out, or an error.
pub fn vcard(bytes: &[u8]) {
    if let Ok(sheet) = sheets::vcard::read("file", bytes) {
        all_are_said(&sheet);
    }
}

/// Any spreadsheet gives people, each row one of them or left out, or an error; whatever it says of itself, in bounded memory.
pub fn workbook(bytes: &[u8]) {
    if let Ok(found) = sheets::workbook::read("file", std::io::Cursor::new(bytes)) {
        all_are_said(&found.sheet);
    }
}

/// Any table gives people whatever its columns are said to be, each row one of them or left out, or an error.
pub fn table(bytes: &[u8]) {
    if let Ok(mut sheet) = sheets::rows::read("file", bytes) {
        all_are_said(&sheet);
        let meanings: Vec<Meaning> =
            bytes.iter().map(|byte| Meaning::ALL[usize::from(*byte) % Meaning::ALL.len()]).collect();
        sheet.settle(bytes.len().is_multiple_of(2), &meanings);
        all_are_said(&sheet);
    }
}

fn all_are_said(sheet: &sheets::Sheet) {
    let found = sheet.people(&mut std::collections::HashSet::new());
    let told = found.rows.len() + found.repeated + found.left_out.len();
    assert_eq!(told, sheet.body().len() + sheet.not_people.len());
    let kept = serde_json::to_string(sheet).unwrap_or_default();
    let back: Result<sheets::Sheet, _> = serde_json::from_str(&kept);
    assert!(back.is_ok_and(|back| back == *sheet));
}

/// What an archive may say of contacts here.
fn columns() -> Columns {
    let mut columns = Columns::default();
    for (name, kind, required, names_own) in [
        ("id", Kind::Id, true, false),
        ("name", Kind::Text, true, false),
        ("introduced_by", Kind::Id, false, true),
        ("website", Kind::Text, false, false),
        ("stars", Kind::Whole(16), false, false),
        ("due", Kind::Day, false, false),
        ("created_at", Kind::Instant, false, false),
        ("before", Kind::Json, false, false),
    ] {
        columns.add("contacts".into(), Column { name: name.into(), kind, required, default: None, names_own });
    }
    columns
}

/// An archive is read to its end, row by row, or refused; each row once.
pub fn archive(bytes: &[u8]) {
    let _ = check(Cursor::new(bytes), columns()).map(drop);
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').count();
    let manifest = format!(
        r#"{{"format":"inroad archive","schema":1,"rules":1,"made_by":"0","made_at":"2026-01-01T00:00:00Z","account":{{"name":"A",
            "time_zone":"UTC","theme":"system","date_format":"iso","time_format":"24h","preferences":{{}},"example_since":null,
            "before_example":null}},"rows":{{"contacts":{lines}}}}}"#
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [(MANIFEST, manifest.as_bytes()), ("tables/contacts.ndjson", bytes)] {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        assert!(zip.start_file(name, stored).is_ok() && zip.write_all(text).is_ok());
    }
    let Ok(whole) = zip.finish() else { panic!("a zip can be written") };
    if let Ok(mut archive) = check(whole, columns()) {
        let mut found = 0;
        assert!(
            archive
                .rows(|batch| {
                    found += batch.rows.len();
                    true
                })
                .is_ok()
        );
        assert_eq!(found, lines);
    }
}

/// Every filled line of a pasted list is answered, and every name has a key that is its own key.
pub fn company_list(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let lines = parse_list(text);
    assert!(lines.len() <= LIST_MAX + 1);
    for line in lines {
        if let Listed::Company { name, .. } = line.content {
            let key = name.key();
            assert!(!key.as_str().is_empty());
            assert_eq!(NameKey::of(key.as_str()), key);
        }
    }
}

/// Any file gives people or an error, never an empty success.
pub fn connections(bytes: &[u8]) {
    if let Ok(connections) = Connections::read(bytes) {
        assert!(!connections.rows.is_empty());
        assert!(connections.rows.iter().zip(connections.rows.iter().skip(1)).all(|(one, next)| one.line < next.line));
    }
}

/// Any bytes are text that is not blank, or an error.
pub fn decode(bytes: &[u8]) {
    if let Ok(decoded) = decoded(bytes) {
        assert!(!decoded.text.trim().is_empty());
    }
}

/// Any file is a document of one format or refused, and saved under a name every system takes, which stays its name.
pub fn document(bytes: &[u8]) {
    let text = str::from_utf8(bytes);
    match format::of(bytes) {
        Ok(Format::Pdf) => {
            let marked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            assert!(marked.trim_ascii_start().starts_with(b"%PDF-"));
        }
        Ok(Format::Docx | Format::Odt) => assert!(bytes.starts_with(b"PK")),
        Ok(Format::Text) => assert!(text.is_ok_and(|text| !text.trim().is_empty() && !text.contains(['\0', '\u{1b}']))),
        Err(_) => {}
    }
    for format in Format::ALL {
        let name = format.file_name(text.unwrap_or("file"));
        assert!(name.chars().count() < 90 && !name.starts_with('.') && !name.contains(['/', '\\', '"', '\n']));
        assert_eq!(format.file_name(&name), name);
    }
}

/// Every text that is kept has no control characters, fits, and reads back as itself.
pub fn text(bytes: &[u8]) {
    let Ok(typed) = str::from_utf8(bytes) else { return };
    if let Ok(line) = Line::<40>::parse(typed) {
        assert!(!line.as_str().contains(char::is_control) && line.as_str().chars().count() <= 40);
        assert_eq!(Line::parse(line.as_str()).as_ref(), Ok(&line));
    }
    if let Ok(text) = Text::<40>::parse(typed) {
        assert!(text.as_str().chars().count() <= 40);
        assert_eq!(Text::parse(text.as_str()).as_ref(), Ok(&text));
    }
    if let Some(fitted) = Line::<40>::fit(typed) {
        assert_eq!(Line::parse(fitted.value.as_str()).as_ref(), Ok(&fitted.value));
    }
}
