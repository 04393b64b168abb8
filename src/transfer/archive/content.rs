//! What a file is, by what is in it; its name is asked where nothing else tells.

use super::files::FileKind;
use crate::transfer::decode::beginning;
use crate::transfer::linkedin::header::{is_list_of_connections, other_file};
use crate::transfer::linkedin::is_blank;
use crate::transfer::linkedin::unreadable::WITHIN;
use crate::transfer::sheets::meaning::has_names;
use crate::transfer::sheets::{guess, names};
use crate::transfer::table::plain_names;

/// How text begins that is no table.
const NO_TABLE: [&str; 4] = ["begin:vcalendar", "<!doctype", "<html", "<?xml"];

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// One of LinkedIn's, or nothing that is known: the reader of `Connections.csv` tells best what was chosen in its place.
    LinkedIn(FileKind),
    /// vCards.
    Cards,
    /// An address book or another table.
    Table,
}

impl Content {
    /// The content of a file of this name that begins like this. What was pasted may be a bare list of names.
    pub fn of(start: &[u8], name: &str, is_pasted: bool) -> Self {
        if let Some(kind) = FileKind::of_start(start) {
            return Self::LinkedIn(kind);
        }
        let by_name = Self::LinkedIn(FileKind::of_name(name).unwrap_or(FileKind::Connections));
        let Ok((text, _)) = beginning(start) else { return by_name };
        let first = text.trim_start().to_lowercase();
        if first.starts_with("begin:vcard") {
            return Self::Cards;
        }
        if NO_TABLE.iter().any(|begins| first.starts_with(begins)) {
            return Self::LinkedIn(FileKind::Connections);
        }
        let lines = text.lines().filter(|line| !is_blank(line)).take(WITHIN);
        let width_of = |line: &str| plain_names(line).len();
        let widths: Vec<usize> = lines.clone().take(2).map(width_of).collect();
        let mut is_table = false;
        for line in lines {
            let cells = plain_names(line);
            let known = guess::known_origin(&cells);
            let is_other = other_file(&cells).is_some_and(|other| other.ends_with("the LinkedIn archive"));
            if is_list_of_connections(&cells) || (is_other && known.is_none()) {
                return Self::LinkedIn(FileKind::Connections);
            }
            is_table |= known.is_some() || names::names_someone(&cells);
        }
        // One column of names is a list of people.
        let is_column = text.lines().find(|line| !is_blank(line)).is_some_and(|line| {
            let cells = plain_names(line);
            let meanings: Vec<_> = cells.iter().filter_map(|cell| names::named(cell)).collect();
            cells.len() == 1 && has_names(&meanings)
        });
        let is_even = matches!(widths[..], [one, other] if one == other && one > 1);
        if is_table || (is_pasted && FileKind::of_name(name).is_none()) {
            return Self::Table;
        }
        if (is_even || is_column) && FileKind::of_name(name).is_none() { Self::Table } else { by_name }
    }
}
