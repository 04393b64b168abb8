//! The people of a sheet.

use std::collections::HashSet;

use super::meaning::Meaning;
use super::names::plain;
use super::{BETWEEN, Origin, Row, Sheet};
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::folding::folded;
use crate::text::{Line, Text};
use crate::transfer::dates::{Order, Written};
use crate::transfer::linkedin::unreadable::shortened;
use crate::transfer::linkedin::{Connection, Connections, LeftOut, Others, Remarks, Why, is_blank};

/// The most characters of what goes to someone's notes out of one row.
const NOTE_MAX: usize = 4_000;
/// The label Google gives everyone.
const EVERYONE: [&str; 3] = ["* myContacts", "myContacts", "* My Contacts"];

impl Sheet {
    /// The people of the sheet, but for those who are among `seen` already.
    pub fn people(&self, seen: &mut HashSet<String>) -> Connections {
        let mut found = Connections::nobody();
        let mut dates: Vec<Option<Written>> = Vec::new();
        for row in self.body() {
            let mut remarks = Remarks::of_line(row.line);
            let (mut person, written) = match self.person(row, &mut remarks) {
                Ok(read) => read,
                Err(why) => {
                    found.left_out.push(LeftOut { line: row.line, why, of: None });
                    continue;
                }
            };
            if !seen.insert(identity(&person)) {
                found.repeated += 1;
                continue;
            }
            person.is_connected = written.is_some();
            found.remarks.extend(remarks.found());
            found.rows.push(person);
            dates.push(written);
        }
        let order = Order::of(dates.iter().copied().flatten());
        for (person, written) in found.rows.iter_mut().zip(dates) {
            person.connected_on = written.and_then(|written| written.in_order(order));
            person.is_connected = person.connected_on.is_some();
        }
        found.left_out.extend(self.not_people.iter().map(|line| LeftOut { line: *line, why: Why::NoPerson, of: None }));
        found.columns.unread = self.unread();
        found
    }

    /// The columns that hold something and were left out, by their names.
    fn unread(&self) -> Vec<String> {
        let left_out = self.columns.iter().enumerate().filter(|(_, meaning)| **meaning == Meaning::Nothing);
        let is_filled = |at: usize| self.body().iter().any(|row| row.cells.get(at).is_some_and(|cell| !is_blank(cell)));
        let names = left_out.filter(|(at, _)| is_filled(*at)).map(|(at, _)| self.name_of(at));
        let names = names.filter(|name| !name.is_empty());
        // Of these nothing is lost: the label of an address, the parts of a name that is read whole.
        let is_lost = |name: &&str| {
            let plain = plain(name);
            self.origin == Origin::Table || !(plain.ends_with("label") || plain.ends_with("type") || plain == "name")
        };
        names.filter(is_lost).map(shortened).collect()
    }

    /// The filled cells of a meaning, with their columns.
    fn cells<'s>(&'s self, row: &'s Row, meaning: Meaning) -> impl Iterator<Item = (usize, &'s str)> {
        let columns = self.columns.iter().enumerate().filter(move |(_, column)| **column == meaning);
        columns.filter_map(|(at, _)| Some((at, row.cells.get(at)?.trim()))).filter(|(_, cell)| !is_blank(cell))
    }

    /// The values of a meaning: several may stand in one cell, and the one that is marked as the first comes first.
    fn values<'s>(&'s self, row: &'s Row, meaning: Meaning) -> Vec<&'s str> {
        let mut values: Vec<(bool, &str)> = Vec::new();
        for (at, cell) in self.cells(row, meaning) {
            let is_label = |before: &usize| {
                let name = plain(self.name_of(*before));
                self.origin == Origin::Google && (name.ends_with("label") || name.ends_with("type"))
            };
            let label = at.checked_sub(1).filter(is_label).and_then(|before| row.cells.get(before));
            let is_first = label.is_some_and(|label| label.starts_with("* "));
            for part in cell.split(BETWEEN.trim()).map(str::trim).filter(|part| !part.is_empty()) {
                let unmarked = part.strip_prefix("* ").unwrap_or(part);
                if !values.iter().any(|(_, known)| *known == unmarked) {
                    values.push((is_first || part != unmarked, unmarked));
                }
            }
        }
        values.sort_by_key(|(is_first, _)| !is_first);
        values.into_iter().map(|(_, value)| value).collect()
    }

    fn person(&self, row: &Row, remarks: &mut Remarks) -> Result<(Connection, Option<Written>), Why> {
        let one = |meaning| self.cells(row, meaning).map(|(_, cell)| cell).next().unwrap_or_default();
        let parts = [Meaning::FirstName, Meaning::MiddleName, Meaning::LastName].map(one);
        let name = Line::fit(&self.whole_name(parts, one(Meaning::Name))).ok_or(Why::NoName)?;
        let emails = self.values(row, Meaning::Email);
        let phones = self.values(row, Meaning::Phone);
        let sites = self.values(row, Meaning::Website);
        let profiles = self.values(row, Meaning::Profile);
        let is_profile = |site: &&&str| ProfileAddress::parse(site).is_ok_and(|profile| profile.is_linkedin());
        let profile_cell = profiles.first().or_else(|| sites.iter().find(is_profile)).copied().unwrap_or_default();
        let email = emails.iter().find_map(|cell| EmailAddress::parse(cell).ok());
        let others = Others {
            emails: emails.iter().filter_map(|cell| EmailAddress::parse(cell).ok()).collect(),
            profiles: profiles.iter().chain(&sites).filter_map(|cell| ProfileAddress::parse(cell).ok()).collect(),
        };
        let email =
            email.or_else(|| remarks.readable("e-mail address", emails.first().unwrap_or(&""), EmailAddress::parse));
        let mut said = Said::default();
        self.cells(row, Meaning::Notes).for_each(|(_, cell)| said.add("", cell));
        for (_, cell) in emails.iter().enumerate().filter(|(_, cell)| !is_same(email.as_ref(), cell)) {
            said.add("Also", cell);
        }
        phones.iter().skip(1).for_each(|cell| said.add("Also", cell));
        sites.iter().filter(|site| **site != profile_cell).for_each(|cell| said.add("Website", cell));
        profiles.iter().skip(1).for_each(|cell| said.add("Also", cell));
        for (at, cell) in self.cells(row, Meaning::Also) {
            let values = cell.split(BETWEEN.trim()).map(str::trim).filter(|part| !EVERYONE.contains(part));
            let values = values.map(|part| part.trim_start_matches("* ")).collect::<Vec<_>>().join(", ");
            // Outlook's empty dates are 0/0/00.
            let mut digits = values.chars().filter(char::is_ascii_digit).peekable();
            let is_void = digits.peek().is_some() && digits.all(|digit| digit == '0');
            if !is_void || values.chars().any(char::is_alphabetic) {
                said.add(&shortened(self.name_of(at)), &values);
            }
        }
        let written = remarks.readable("date", one(Meaning::ConnectedOn), |cell| Written::parse(cell).ok_or(()));
        let profile = remarks.readable("profile address", profile_cell, ProfileAddress::parse);
        let person = Connection {
            line: row.line,
            name: remarks.fitted("name", name),
            phone: remarks.readable("phone number", phones.first().unwrap_or(&""), Line::parse),
            employer: CompanyName::fit(one(Meaning::Company)).map(|fitted| remarks.fitted("company", fitted)),
            job_title: Line::fit(one(Meaning::JobTitle)).map(|fitted| remarks.fitted("position", fitted)),
            connected_on: None,
            notes: said.text(remarks),
            is_connected: false,
            others: others.beyond(profile.as_ref(), email.as_ref()),
            profile,
            email,
        };
        Ok((person, written))
    }

    /// The name of parts, or the whole one where no part is filled. Of a name of which only the first or the last part stands
    /// by itself, the rest is in the whole one.
    fn whole_name(&self, parts: [&str; 3], whole: &str) -> String {
        let joined = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let [first, _, last] = parts;
        if whole.is_empty() || (!first.is_empty() && !last.is_empty()) {
            return joined;
        }
        let (named, part) = (folded(whole), folded(if first.is_empty() { last } else { first }));
        let is_inside = part.split(' ').all(|word| named.split(' ').any(|one| one == word));
        if joined.is_empty() || is_inside {
            return whole.to_owned();
        }
        // What a card shows beside another name may be anything.
        match self.origin {
            Origin::Cards => joined,
            _ if last.is_empty() => format!("{joined} {whole}"),
            _ => format!("{whole} {joined}"),
        }
    }
}

fn is_same(email: Option<&EmailAddress>, cell: &str) -> bool {
    email.is_some_and(|email| EmailAddress::parse(cell).as_ref() == Ok(email))
}

/// By what a person of a file is known again in it: the profile, the name with an address, or all there is.
fn identity(person: &Connection) -> String {
    if let Some(profile) = &person.profile {
        return profile.key().to_owned();
    }
    let name = folded(person.name.as_str());
    match (&person.email, &person.phone, &person.employer) {
        (Some(email), ..) => format!("{name}\n{}", email.as_str()),
        (None, Some(phone), _) => format!("{name}\n{}", phone.as_str()),
        (None, None, employer) => {
            format!(
                "{name}\n\n{}",
                employer.as_ref().map(|employer| employer.key().as_str().to_owned()).unwrap_or_default()
            )
        }
    }
}

/// What goes to someone's notes.
#[derive(Default)]
struct Said(Vec<String>);

impl Said {
    fn add(&mut self, what: &str, cell: &str) {
        if is_blank(cell) {
            return;
        }
        self.0.push(if what.is_empty() { cell.to_owned() } else { format!("{what}: {cell}") });
    }

    fn text(self, remarks: &mut Remarks) -> Option<Text<20_000>> {
        let whole: String =
            self.0.join("\n").chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c }).collect();
        let whole = whole.trim();
        let kept: String = whole.chars().take(NOTE_MAX).collect();
        if kept.len() < whole.len() {
            remarks.cut_notes();
        }
        Text::parse(&kept).ok()
    }
}
