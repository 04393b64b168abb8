//! `Notes.csv`: what was noted about connections on their profiles.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::files::FileKind;
use super::person::Person;
use crate::text::Text;
use crate::transfer::table::{Fault, ROWS_MAX, Table};

/// A note about someone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonNote {
    /// About whom.
    pub about: Person,
    /// What was noted.
    pub text: Text<20_000>,
}

/// Reads the file. Rows without a person or without words are left out, and counted.
///
/// # Errors
/// [`Fault`]; nothing of the file may be used then.
pub fn read(source: impl Read) -> Result<(Vec<PersonNote>, usize), Fault> {
    let mut table = Table::open(source, FileKind::Notes.marks())?;
    let [first, last, profile, note] =
        ["connectionfirstname", "connectionlastname", "connectionprofileurl", "note"].map(|name| table.column(&[name]));
    let (mut notes, mut left_out) = (Vec::new(), 0);
    while table.advance()? {
        let name = format!("{} {}", table.cell(first), table.cell(last));
        let text: String =
            table.cell(note).chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        match (Person::read(name.trim(), table.cell(profile)), Text::parse(&text)) {
            (Some(about), Ok(text)) if notes.len() < ROWS_MAX => notes.push(PersonNote { about, text }),
            _ => left_out += 1,
        }
    }
    Ok((notes, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_keep_their_lines() {
        let file = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n\
            Grace,Hopper,https://www.linkedin.com/in/grace,\"Met in Oslo.\nLikes \"\"compilers\"\".\",2026-01-02,\n\
            ,,,lonely,,\nAda,L,,,,\n";
        let (notes, left_out) = read(file.as_bytes()).unwrap();
        assert_eq!(notes[0].text.as_str(), "Met in Oslo.\nLikes \"compilers\".");
        assert_eq!((notes[0].about.name.as_str(), notes.len(), left_out), ("Grace Hopper", 1, 2));
    }
}
