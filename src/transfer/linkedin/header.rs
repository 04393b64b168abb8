//! The header of `Connections.csv`, and those of files chosen in its place.

use super::super::{decode::Separator, quoting};
use super::unreadable::{Unreadable, WITHIN, is_blank, shortened};
use csv::StringRecord;

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
    /// Spreadsheets drop it, and the person is known without it.
    pub(super) connected_on: Option<usize>,
    /// The names of the columns that mean nothing to us.
    pub(super) others: Vec<(usize, String)>,
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

/// Which other known file has columns of these names, without case, spaces and underscores.
pub fn other_file(names: &[String]) -> Option<&'static str> {
    let has = |mark: &&str| names.iter().any(|name| name == mark);
    OTHER_FILES.iter().find(|(marks, _)| marks.iter().all(has)).map(|(_, what)| *what)
}

/// Whether these are the names of `Connections.csv` and no others, as a spreadsheet without the dates has them.
pub fn is_list_of_connections(names: &[String]) -> bool {
    let own = |name: &str| {
        EMAIL_NAMES.contains(&name)
            || ["firstname", "lastname", "url", "profileurl", "linkedinurl", "company", "position"].contains(&name)
    };
    let has = |name: &str| names.iter().any(|one| one == name);
    ["firstname", "lastname", "company", "position"].into_iter().all(has)
        && ["url", "profileurl", "linkedinurl", "emailaddress"].into_iter().any(has)
        && names.iter().all(|name| own(name))
}

/// How files begin that are text, but no table.
const OTHER_BEGINNINGS: [(&str, &str); 4] = [
    ("begin:vcard", "a vCard file"),
    ("begin:vcalendar", "a calendar file"),
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
];

/// How the column of e-mail addresses is called.
const EMAIL_NAMES: [&str; 5] = ["emailaddress", "email", "e-mail", "e-mailaddress", "mail"];

impl Header {
    /// The columns that are read, by LinkedIn's names, and where they are.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&'static str, Option<usize>)> + use<> {
        [
            ("First Name", Some(self.first_name)),
            ("Last Name", self.last_name),
            ("URL", self.url),
            ("Email Address", self.email),
            ("Company", self.company),
            ("Position", self.position),
            ("Connected On", self.connected_on),
        ]
        .into_iter()
    }

    /// Whether a row has all the cells without which it could be broken off.
    pub(super) fn fits(&self, row: &StringRecord) -> bool {
        let needed = self.connected_on.map_or(self.cells, |date| date.max(self.first_name) + 1);
        row.len() >= needed && row.iter().skip(self.cells).all(is_blank)
    }

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
            let known = OTHER_FILES.iter().find(|(marks, _)| marks.iter().all(|mark| column(mark).is_some()));
            let connected_on = column("connectedon");
            // Without the date two names and a job are enough, unless they are those of another known file.
            let has_job = column("company").is_some() || column("position").is_some();
            let is_header = connected_on.is_some() || (known.is_none() && column("lastname").is_some() && has_job);
            if let (Some(first_name), true) = (column("firstname"), is_header) {
                quoting::check(written, separator, line)?;
                let mut header = Self {
                    separator,
                    line,
                    end,
                    cells: names.len(),
                    first_name,
                    last_name: column("lastname"),
                    url: ["url", "profileurl", "linkedinurl"].iter().find_map(|name| column(name)),
                    email: EMAIL_NAMES.iter().find_map(|name| column(name)),
                    company: column("company"),
                    position: column("position"),
                    connected_on,
                    others: Vec::new(),
                };
                let read: Vec<usize> = header.columns().filter_map(|(_, at)| at).collect();
                let cells = cells(written, separator);
                header.others = cells
                    .iter()
                    .map(str::trim)
                    .enumerate()
                    .filter(|(at, name)| !read.contains(at) && !name.is_empty())
                    .map(|(at, name)| (at, shortened(name)))
                    .collect();
                return Ok(header);
            }
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

/// The cells of one line.
pub(super) fn cells(line: &str, separator: Separator) -> StringRecord {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(separator.byte()).from_reader(line.as_bytes());
    reader.records().next().and_then(Result::ok).unwrap_or_default()
}

/// The cells of a line, without case, spaces and underscores.
fn column_names(line: &str, separator: Separator) -> Vec<String> {
    let cells = cells(line, separator);
    let plain =
        |cell: &str| cell.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect();
    cells.iter().map(plain).collect()
}
