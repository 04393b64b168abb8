//! The header of `Connections.csv`, and those of files chosen in its place.

use super::super::{decode::Separator, quoting};
use super::{Unreadable, shortened};

/// How many lines are searched for the header; three stand before it as a rule.
pub(super) const WITHIN: usize = 20;

/// Where the header is and which column is what.
pub(super) struct Header {
    pub(super) separator: Separator,
    /// Its line, counted from 1.
    pub(super) line: u64,
    /// Where the text after it begins, in bytes.
    pub(super) end: usize,
    pub(super) cells: usize,
    pub(super) first_name: usize,
    pub(super) last_name: Option<usize>,
    pub(super) url: Option<usize>,
    pub(super) email: Option<usize>,
    pub(super) company: Option<usize>,
    pub(super) position: Option<usize>,
    pub(super) connected_on: usize,
}

/// Headers of files people choose by mistake.
const OTHER_FILES: [(&[&str], &str); 13] = [
    (&["sentat", "direction"], "Invitations.csv from the LinkedIn archive"),
    (&["conversationid", "folder"], "messages.csv from the LinkedIn archive"),
    (&["connectionprofileurl", "note"], "Notes.csv from the LinkedIn archive"),
    (&["organization", "followedon"], "Company Follows.csv from the LinkedIn archive"),
    (&["saveddate", "joburl"], "Saved Jobs.csv from the LinkedIn archive"),
    (&["applicationdate", "joburl"], "Job Applications.csv from the LinkedIn archive"),
    (&["companyname", "title", "startedon"], "Positions.csv from the LinkedIn archive"),
    (&["schoolname", "degreename"], "Education.csv from the LinkedIn archive"),
    (&["firstname", "headline", "summary"], "Profile.csv from the LinkedIn archive"),
    (&["endorsementdate", "skillname"], "a list of endorsements from the LinkedIn archive"),
    (&["phoneticfirstname"], "a Google contacts file"),
    (&["givenname", "familyname"], "a Google contacts file"),
    (&["firstname", "e-mailaddress"], "an Outlook contacts file"),
];

/// How files begin that are text, but no table.
const OTHER_BEGINNINGS: [(&str, &str); 4] = [
    ("begin:vcard", "a vCard file"),
    ("begin:vcalendar", "a calendar file"),
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
];

impl Header {
    /// Looks for it among the first [`WITHIN`] lines.
    ///
    /// # Errors
    /// [`Unreadable::OtherFile`] where the file is known to be another, [`Unreadable::Quoting`] where its header is broken, else
    /// [`Unreadable::Header`].
    pub(super) fn find(text: &str) -> Result<Self, Unreadable> {
        let mut end = 0;
        let mut other = None;
        for (line, written) in (1..).zip(text.split_inclusive('\n').take(WITHIN)) {
            end += written.len();
            let separator = Separator::detect(written);
            let names = column_names(written, separator);
            let column = |name: &str| names.iter().position(|column| column == name);
            if let (Some(first_name), Some(connected_on)) = (column("firstname"), column("connectedon")) {
                quoting::check(written, separator, line)?;
                return Ok(Self {
                    separator,
                    line,
                    end,
                    cells: names.len(),
                    first_name,
                    last_name: column("lastname"),
                    url: column("url"),
                    email: column("emailaddress"),
                    company: column("company"),
                    position: column("position"),
                    connected_on,
                });
            }
            let known = OTHER_FILES.iter().find(|(marks, _)| marks.iter().all(|mark| column(mark).is_some()));
            other = other.or(known.map(|(_, what)| *what));
        }
        let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let start = first.to_ascii_lowercase();
        let beginning = OTHER_BEGINNINGS.iter().find(|(begins, _)| start.starts_with(begins)).map(|(_, what)| *what);
        Err(match beginning.or(other) {
            Some(what) => Unreadable::OtherFile(what),
            None => Unreadable::Header { found: shortened(first) },
        })
    }
}

/// The cells of a line, without case, spaces and underscores.
fn column_names(line: &str, separator: Separator) -> Vec<String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(separator.byte()).from_reader(line.as_bytes());
    let cells = reader.records().next().and_then(Result::ok).unwrap_or_default();
    let plain =
        |cell: &str| cell.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect();
    cells.iter().map(plain).collect()
}
