//! `Positions.csv` and `Education.csv`: where the person whose archive it is has been; and the roles they told LinkedIn they want.

use std::collections::HashSet;
use std::io::Read;

use serde::{Deserialize, Serialize};

use super::files::FileKind;
use crate::companies::name::NameKey;
use crate::folding::folded;
use crate::text::Line;
use crate::transfer::table::{Fault, Table};

/// The most lines that are kept of each list.
const LINES_MAX: usize = 100;

/// What an archive says of the person whose it is, as far as the settings keep it; each once, in the order of the files.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// Where they work, and worked before.
    pub employers: Vec<Line<100>>,
    /// Their schools.
    pub schools: Vec<Line<100>>,
    /// Job titles they want.
    pub roles: Vec<Line<100>>,
}

/// The key of a company's name.
pub fn employer_key(name: &str) -> String {
    NameKey::of(name).as_str().to_owned()
}

impl Own {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.employers.is_empty() && self.schools.is_empty() && self.roles.is_empty()
    }

    /// Reads where they worked. Returns how many of them are new.
    ///
    /// # Errors
    /// [`Fault`]; nothing of the file may be used then.
    pub fn read_positions(&mut self, source: impl Read) -> Result<usize, Fault> {
        Ok(add(&mut self.employers, &column(source, FileKind::Positions, "companyname")?, employer_key))
    }

    /// Reads their schools. Returns how many of them are new.
    ///
    /// # Errors
    /// [`Fault`]; nothing of the file may be used then.
    pub fn read_education(&mut self, source: impl Read) -> Result<usize, Fault> {
        Ok(add(&mut self.schools, &column(source, FileKind::Education, "schoolname")?, folded))
    }

    /// Takes the roles of a cell that names several.
    pub fn take_roles(&mut self, cell: &str) {
        let roles: Vec<String> = cell.split([',', ';', '|', '\n']).map(str::to_owned).collect();
        add(&mut self.roles, &roles, folded);
    }
}

fn column(source: impl Read, kind: FileKind, name: &str) -> Result<Vec<String>, Fault> {
    let mut table = Table::open(source, kind.marks())?;
    let column = table.column(&[name]);
    let mut found = Vec::new();
    while table.advance()? {
        if found.len() < LINES_MAX {
            found.push(table.cell(column).to_owned());
        }
    }
    Ok(found)
}

fn add(to: &mut Vec<Line<100>>, found: &[String], key: impl Fn(&str) -> String) -> usize {
    let mut known: HashSet<String> = to.iter().map(|line| key(line.as_str())).collect();
    let before = to.len();
    for line in found.iter().filter_map(|cell| Line::fit(cell)).map(|fitted| fitted.value) {
        if to.len() < LINES_MAX && known.insert(key(line.as_str())) {
            to.push(line);
        }
    }
    to.len() - before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line<100>]) -> Vec<&str> {
        lines.iter().map(Line::as_str).collect()
    }

    #[test]
    fn employers_and_schools_are_read_each_once() {
        let mut own = Own::default();
        let positions = "Company Name,Title,Description,Location,Started On,Finished On\n\
            \"Acme, Inc.\",Head,\"Two\nlines\",Oslo,Jan 2024,\nGlobex,Analyst,,,2019,2023\nACME,Analyst,,,2015,2018\n,,,,,\n";
        assert_eq!(own.read_positions(positions.as_bytes()), Ok(2));
        assert_eq!(own.read_positions(positions.as_bytes()), Ok(0));
        let education =
            "School Name,Start Date,End Date,Notes,Degree Name,Activities\nMIT,2010,2014,,BSc,\nmit,,,,MSc,\n";
        assert_eq!(own.read_education(education.as_bytes()), Ok(1));
        own.take_roles("Data analyst, data Analyst; Product manager");
        assert_eq!(texts(&own.employers), ["Acme, Inc.", "Globex"]);
        assert_eq!(texts(&own.schools), ["MIT"]);
        assert_eq!(texts(&own.roles), ["Data analyst", "Product manager"]);
    }

    #[test]
    fn a_file_of_another_kind_is_a_fault() {
        assert!(Own::default().read_positions(&b"Company Name\nAcme\n"[..]).is_err());
        assert!(Own::default().read_education(&b"First Name,Last Name\nA,B\n"[..]).is_err());
    }
}
