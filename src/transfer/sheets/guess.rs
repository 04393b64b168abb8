//! What the columns of a table mean, as well as can be told: by their names, or else by what is in them.

use super::meaning::{Meaning, has_names};
use super::names::{named, plain};
use super::{Origin, Row, Sheet};
use crate::address::{EmailAddress, ProfileAddress};
use crate::transfer::dates::Written;
use crate::transfer::linkedin::is_blank;
use crate::transfer::linkedin::unreadable::WITHIN;

impl Sheet {
    /// A sheet of these rows; nothing where none holds anything. What the columns mean is known or guessed, and what is above
    /// the heading is left out.
    pub fn of(name: &str, mut rows: Vec<Row>) -> Option<Self> {
        rows.retain(|row| !row.cells.iter().all(|cell| is_blank(cell)));
        let heading = heading(&rows);
        rows.drain(..heading.unwrap_or_default());
        let known = known_origin(heading.and_then(|_| rows.first()).map_or(&[], |row| row.cells.as_slice()));
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        // Address books have dozens of columns that hold nothing but their names.
        let is_kept = |at: &usize| {
            let mut cells = rows.iter().skip(1).filter_map(|row| row.cells.get(*at));
            known.is_none() || cells.any(|cell| !is_blank(cell))
        };
        let kept: Vec<usize> = (0..width).filter(is_kept).collect();
        for row in &mut rows {
            row.cells = kept.iter().map(|at| row.cells.get(*at).cloned().unwrap_or_default()).collect();
        }
        let mut sheet = Self {
            name: name.into(),
            origin: known.unwrap_or(Origin::Table),
            rows,
            has_heading: heading.is_some(),
            columns: Vec::new(),
            is_settled: known.is_some(),
            not_people: Vec::new(),
        };
        sheet.columns = guessed(&sheet);
        Some(sheet)
    }
}

/// The place of the row that names the columns: the first with two names that say something, or with one name and no
/// values; else the very first, unless it has values of its own.
fn heading(rows: &[Row]) -> Option<usize> {
    let known = |row: &Row| row.cells.iter().filter(|cell| named(cell).is_some()).count();
    if let Some(at) = rows.iter().take(WITHIN).position(|row| known(row) >= 2) {
        return Some(at);
    }
    let first = rows.first()?;
    if rows.len() < 2 || first.cells.iter().any(|cell| is_value(cell)) {
        return None;
    }
    (known(first) == 1 || rows[1].cells.iter().any(|cell| is_value(cell))).then_some(0)
}

/// Whether a cell is something no column is called.
fn is_value(cell: &str) -> bool {
    looks_like(cell).is_some()
}

/// What a value most likely is.
fn looks_like(cell: &str) -> Option<Meaning> {
    let cell = cell.trim();
    if cell.contains('@') && EmailAddress::parse(cell).is_ok() {
        return Some(Meaning::Email);
    }
    if cell.to_ascii_lowercase().contains("linkedin.com/") && ProfileAddress::parse(cell).is_ok() {
        return Some(Meaning::Profile);
    }
    if cell.contains("://") || cell.starts_with("www.") {
        return Some(Meaning::Website);
    }
    if Written::parse(cell).is_some() {
        return Some(Meaning::Nothing);
    }
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let is_phone = (7..=15).contains(&digits)
        && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '/' | '(' | ')' | '.'));
    is_phone.then_some(Meaning::Phone)
}

/// Whose file has columns of these names.
pub fn known_origin(names: &[String]) -> Option<Origin> {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let has = |name: &str| names.iter().any(|one| one == name);
    let has_some = |some: &[&str]| some.iter().any(|name| has(name));
    if has_some(&["email1value", "phone1value", "phoneticfirstname", "organization1name", "groupmembership"])
        && has_some(&["firstname", "givenname", "name", "lastname", "familyname"])
        || has("organizationname") && has("firstname") && has("labels")
    {
        return Some(Origin::Google);
    }
    let outlook =
        ["businessphone", "homephone", "mobilephone", "webpage", "categories", "businessstreet", "email2address"];
    let is_outlook = has("emailaddress") && has_some(&["firstname", "lastname"]) && has_some(&outlook);
    is_outlook.then_some(Origin::Outlook)
}

/// What the columns of a sheet mean, as well as can be told.
fn guessed(sheet: &Sheet) -> Vec<Meaning> {
    let width = sheet.rows.first().map_or(0, |row| row.cells.len());
    let mut columns: Vec<Meaning> = (0..width)
        .map(|at| {
            let name = sheet.name_of(at);
            // Of Outlook's it is the form of address.
            let is_address = sheet.origin == Origin::Outlook && plain(name) == "title";
            let by_name = named(name).filter(|_| !is_address);
            // What a known program writes has known names.
            let by_content = || by_content(sheet, at).filter(|_| sheet.origin == Origin::Table);
            by_name.or_else(by_content).unwrap_or(Meaning::Nothing)
        })
        .collect();
    let has = |columns: &[Meaning], meaning: Meaning| columns.contains(&meaning);
    // Beside a first name a bare 'Name' is the last one in the languages that say so.
    if has(&columns, Meaning::FirstName) && !has(&columns, Meaning::LastName) {
        let firsts = ["vorname", "voornaam", "fornavn", "fornamn", "prenom", "nombre"];
        let lasts = ["name", "naam", "navn", "namn", "nom"];
        let names: Vec<String> = (0..width).map(|at| plain(sheet.name_of(at))).collect();
        if names.iter().any(|name| firsts.contains(&name.as_str())) {
            let of_last = columns.iter_mut().zip(&names).filter(|(_, name)| lasts.contains(&name.as_str()));
            of_last.for_each(|(column, _)| *column = Meaning::LastName);
        }
    }
    // 'Nom' and 'Nome' are the whole name where no other column is a part of it.
    if !has(&columns, Meaning::Name) && has(&columns, Meaning::FirstName) != has(&columns, Meaning::LastName) {
        let alone = ["nom", "nome", "nombre", "ad", "имя", "이름", "名", "isim"];
        for (at, column) in columns.iter_mut().enumerate() {
            if alone.contains(&plain(sheet.name_of(at)).as_str()) {
                *column = Meaning::Name;
            }
        }
    }
    // What the app's own table of contacts says of tags is no note: the contacts have them.
    let is_own =
        ["stage", "nextstep", "lastcontact"].iter().all(|own| (0..width).any(|at| plain(sheet.name_of(at)) == *own));
    if is_own {
        let tags = (0..width).filter(|at| plain(sheet.name_of(*at)) == "tags");
        tags.for_each(|at| columns[at] = Meaning::Nothing);
    }
    // The parts say more than the whole.
    if has(&columns, Meaning::FirstName) && has(&columns, Meaning::LastName) {
        columns.iter_mut().filter(|column| **column == Meaning::Name).for_each(|column| *column = Meaning::Nothing);
    }
    if !has_names(&columns) && !sheet.has_heading {
        // Of a list without a heading the first column of words is who.
        let is_words =
            |at: &usize| columns[*at] == Meaning::Nothing && !sheet.examples(*at).iter().any(|cell| is_value(cell));
        if let Some(at) = (0..width).find(is_words) {
            columns[at] = Meaning::Name;
        }
    }
    columns
}

fn by_content(sheet: &Sheet, at: usize) -> Option<Meaning> {
    let examples = sheet.examples(at);
    let found = examples.first().and_then(|cell| looks_like(cell))?;
    let all = examples.iter().all(|cell| looks_like(cell) == Some(found));
    all.then_some(found)
}
