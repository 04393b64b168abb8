//! From the files that were sent to the archive they are, or to one sentence that says what is wrong with which.

use std::io::{Read, Seek};

use jiff::tz::TimeZone;

use super::content::Content;
use super::files::FileKind;
use super::invitations::{Invitations, Way};
use super::messages::Letters;
use super::packed::{Packed, Unusable};
use super::{Archive, FileRead, Refused, jobs, notes, wishes};
use crate::address::ProfileAddress;
use crate::text::Line;
use crate::transfer::decode::{NotText, decode};
use crate::transfer::format::Format;
use crate::transfer::linkedin::unreadable::BYTES_MAX;
use crate::transfer::linkedin::{Connections, Unreadable};
use crate::transfer::sheets::vcard::CARDS_MAX;
use crate::transfer::sheets::{Origin, Sheet, rows, vcard, workbook};
use crate::transfer::table::{Fault, START, Table};
use crate::web::words;

/// What stands for the name of a file where its text was pasted.
pub const PASTED: &str = "Pasted rows";

/// A file that can be read, wherever it lies.
pub trait Bytes: Read + Seek {}
impl<T: Read + Seek> Bytes for T {}

/// Reads files by name and content. Days are those of the given zone.
///
/// # Errors
/// [`Refused`]; nothing of any file may be used then.
pub fn read<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f mut dyn Bytes)>,
    zone: &TimeZone,
) -> Result<Archive, Refused> {
    let mut reading = Reading { zone, archive: Archive::default(), letters: None, own: None, own_name: None };
    let mut names = Vec::new();
    for (name, file) in files {
        names.push(name.to_owned());
        reading.take(name, file)?;
    }
    let archive = reading.finish()?;
    if archive.is_empty() { Err(Refused::Nothing(words::list(&names))) } else { Ok(archive) }
}

/// What was read so far.
struct Reading<'z> {
    zone: &'z TimeZone,
    archive: Archive,
    letters: Option<Letters>,
    own: Option<ProfileAddress>,
    own_name: Option<Line<200>>,
}

/// A file of the archive, and what the reading of it came to.
type Found = Result<String, Fault>;

impl Reading<'_> {
    /// A file as it was sent: an archive, or one of its files.
    fn take(&mut self, name: &str, file: &mut dyn Bytes) -> Result<(), Refused> {
        let broken = |error: std::io::Error| Refused::file(name, error);
        let mut start = Vec::new();
        file.take(START as u64).read_to_end(&mut start).map_err(broken)?;
        file.rewind().map_err(broken)?;
        let format = Format::of(&start);
        let is_workbook = workbook::is_one(format, &mut *file);
        file.rewind().map_err(broken)?;
        if is_workbook {
            let found = self.workbook(name, file);
            return self.note(name, found);
        }
        if format == Some(Format::Zip) {
            return self.unpack(name, file);
        }
        let found = match Content::of(&start, name, name == PASTED) {
            Content::Table => self.sheet(file, BYTES_MAX, |bytes| rows::read(name, bytes)),
            Content::Cards => self.sheet(file, CARDS_MAX, |bytes| vcard::read(name, bytes)),
            // Their own reader tells best what was chosen in their place.
            Content::LinkedIn(kind) if start.is_empty() || kind == FileKind::Connections => {
                self.connections(file, true)
            }
            Content::LinkedIn(kind) => self.file(kind, file),
        };
        self.note(name, found)
    }

    /// An address book, or any other table, of at most so many bytes.
    fn sheet(&mut self, content: impl Read, most: usize, read: impl FnOnce(&[u8]) -> Result<Sheet, Fault>) -> Found {
        let mut bytes = Vec::new();
        content.take(most as u64 + 1).read_to_end(&mut bytes)?;
        let sheet = read(&bytes)?;
        let found = counted(sheet.body().len(), "row", "rows");
        let said = match sheet.origin {
            Origin::Table => found,
            origin => format!("{}, {found}", origin.label()),
        };
        self.archive.sheets.push(sheet);
        Ok(said)
    }

    fn workbook(&mut self, name: &str, file: &mut dyn Bytes) -> Found {
        let workbook::Found { sheet, said } = workbook::read(name, file)?;
        let found = counted(sheet.body().len(), "row", "rows");
        self.archive.sheets.push(sheet);
        Ok(said.map_or(found.clone(), |said| format!("{found}; {said}")))
    }

    fn unpack(&mut self, name: &str, file: &mut dyn Bytes) -> Result<(), Refused> {
        let refused = |why: Unusable| Refused::file(name, why);
        let mut packed = Packed::open(file).map_err(refused)?;
        for (at, kind, entry) in packed.known().map_err(refused)? {
            let found = packed.read(at, |content| match kind {
                FileKind::Connections => self.connections(content, false),
                kind => self.file(kind, content),
            });
            // An archive has each of its files, also those with nothing in them.
            if found != Err(Fault::NotText(NotText::Empty)) {
                self.note(&entry, found)?;
            }
        }
        Ok(())
    }

    fn note(&mut self, name: &str, found: Found) -> Result<(), Refused> {
        let found = found.map_err(|why| Refused::file(name, why))?;
        self.archive.files.push(FileRead { name: name.to_owned(), found });
        Ok(())
    }

    /// `Connections.csv`. One that was chosen by itself must have someone in it.
    fn connections(&mut self, mut content: impl Read, is_chosen: bool) -> Found {
        let mut bytes = Vec::new();
        (&mut content).take(BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
        let said = |why: Unreadable| Fault::Packed(why.to_string());
        if bytes.len() > BYTES_MAX {
            let most = BYTES_MAX / 1024 / 1024;
            let why = format!("a Connections.csv is usually under 1 MB; this has more than {most} MB");
            return Err(Fault::Packed(why));
        }
        if !is_chosen && bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Fault::NotText(NotText::Empty));
        }
        let people = match Connections::read(&bytes) {
            Err(Unreadable::Nobody { .. }) if !is_chosen => return Ok("no one".into()),
            read => read.map_err(said)?,
        };
        if self.archive.connections.is_some() {
            return Err(Fault::Packed("There is a Connections.csv already. Choose the newer one of them".into()));
        }
        // PostgreSQL keeps no U+0000, and the reader takes it for a space.
        let text = decode(&bytes)?.text.replace('\0', " ");
        if text.len() > BYTES_MAX {
            return Err(said(Unreadable::TooLarge { megabytes: text.len().div_ceil(1024 * 1024) }));
        }
        self.archive.connections = Some(text);
        Ok(counted(people.rows.len(), "person", "people"))
    }

    fn file(&mut self, kind: FileKind, mut content: &mut dyn Read) -> Found {
        Ok(match kind {
            FileKind::Connections => return self.connections(content, true),
            FileKind::Invitations => {
                let found = Invitations::read(&mut content)?;
                self.own = self.own.take().or(found.own);
                let sent = found.all.iter().filter(|one| one.way == Way::Sent).count();
                let received = found.all.len() - sent;
                self.archive.invitations.extend(found.all);
                let said = format!("{}, {received} received", counted(sent, "request sent", "requests sent"));
                with_rest(said, found.left_out, "without a name or a direction")
            }
            FileKind::Messages => {
                let letters = self.letters.get_or_insert_default();
                letters.read(&mut content, self.zone)?;
                said_of(letters)
            }
            FileKind::Notes => {
                let (notes, left_out) = notes::read(&mut content)?;
                let found =
                    with_rest(counted(notes.len(), "note", "notes"), left_out, "without a name or without words");
                self.archive.notes.extend(notes);
                found
            }
            FileKind::Profile => {
                let mut table = Table::open(&mut content, FileKind::Profile.marks())?;
                let [first, last] = ["firstname", "lastname"].map(|name| table.column(&[name]));
                if table.advance()? {
                    let name = format!("{} {}", table.cell(first), table.cell(last));
                    self.own_name = Line::fit(&name).map(|fitted| fitted.value);
                }
                "your name".into()
            }
            FileKind::Positions => counted(self.archive.own.read_positions(&mut content)?, "employer", "employers"),
            FileKind::Education => counted(self.archive.own.read_education(&mut content)?, "school", "schools"),
            kind => {
                let found = wishes::read(&mut content, kind)?;
                let before = self.archive.own.roles.len();
                self.archive.own.take_roles(&found.roles);
                let said = [
                    (found.companies.len(), "company", "companies"),
                    (found.jobs.len(), "job", "jobs"),
                    (self.archive.own.roles.len() - before, "role", "roles"),
                ]
                .into_iter()
                .enumerate()
                .filter(|(at, (n, ..))| *at == 0 || *n > 0)
                .map(|(_, (n, one, many))| counted(n, one, many));
                let said: Vec<String> = said.collect();
                self.archive.jobs.extend(found.jobs);
                self.archive.wishes.extend(found.companies);
                words::list(&said)
            }
        })
    }

    fn finish(self) -> Result<Archive, Refused> {
        let mut archive = self.archive;
        archive.jobs = jobs::each_once(archive.jobs);
        let Some(letters) = self.letters else { return Ok(archive) };
        match letters.seen_by(self.own.as_ref(), self.own_name.as_ref()) {
            Some(seen) => archive.letters = seen,
            None if letters.count > 0 => {
                let name = FileKind::Messages.label();
                let why =
                    "It does not tell which of the two is you: choose Invitations.csv or Profile.csv together with it";
                if archive.is_empty() {
                    return Err(Refused::file(name, why));
                }
                archive.files.push(FileRead { name: name.into(), found: why.into() });
            }
            None => {}
        }
        Ok(archive)
    }
}

fn said_of(letters: &Letters) -> String {
    let count = i64::try_from(letters.count).unwrap_or(i64::MAX);
    let mut said = vec![words::count(count, "message", "messages")];
    if letters.to_groups > 0 {
        said.push(format!("{} to groups, which count for no one", letters.to_groups));
    }
    if letters.left_out > 0 {
        said.push(format!("{} left out: drafts, advertisements, or without a sender", letters.left_out));
    }
    said.join(", ")
}

/// What was found, and how many rows were left out for what they are without.
fn with_rest(said: String, left_out: usize, without: &str) -> String {
    if left_out == 0 { said } else { format!("{said}, {left_out} left out: {without}") }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    words::count(i64::try_from(n).unwrap_or(i64::MAX), one, many)
}
