//! A pasted list of companies, in the shapes people have lists in: bare lines, bullets, numbers, ticks, Markdown, columns.
//!
//! What is obvious is read; what is doubtful is read as it most likely is meant, and says so; what is no company (headings,
//! rules, the head of a table) is left out with a word. Nothing is guessed in silence.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::address::{self, WebAddress};
use crate::companies::name::{CompanyName, NameKey};
use crate::text;

mod cells;
mod columns;
mod doubts;
mod head;
mod json;
mod lines;
mod marks;
pub mod rest;
mod said;
mod series;
mod several;
mod site;

use cells::{cells, plain};
use columns::Columns;
use doubts::{SEVERAL, behind_it, joined, left_out, taken_for_website};
use head::Head;
use marks::{is_a_sign, unmarked};
use said::{HEADING, described, headed, is_kind, without_notes};
use series::Series;
use several::{in_brackets, is_said, may_be_several, numbered, parts, several};
use site::{address_in, host_behind, is_theirs, is_written_like_address, markdown_link, markdown_links};

/// How many lines a list may have, blank ones not counted.
pub const LIST_MAX: usize = 500;

/// One company of a pasted list, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Which line it stands on, counted from 1 with the blank ones.
    pub number: usize,
    /// What it says.
    pub content: Listed,
    /// What a reader should look at before it is added.
    pub doubt: Option<String>,
}

/// What a line of a pasted list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A company.
    Company {
        /// Its name.
        name: CompanyName,
        /// Its website, where one stands on the line.
        website: Option<WebAddress>,
    },
    /// A company an earlier line has named.
    Repeated {
        /// The name as it stands here.
        name: CompanyName,
        /// The number of the earlier line.
        first: usize,
    },
    /// No company: a heading, a rule, the head of a table.
    NoCompany(&'static str),
    /// A line that cannot be taken over; the others can.
    Problem(ListProblem),
}

/// Why a line of a pasted list cannot be taken over, in words for the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListProblem {
    /// The name is missing, too long or unkeepable.
    #[error("The name: {0}")]
    Name(text::Problem),
    /// What follows the name is written like an address, but is none.
    #[error("The website: {0}")]
    Website(address::Problem),
    /// An address stands alone.
    #[error("This is only {0}. Write the company's name before its website")]
    NameMissing(String),
    /// The list is longer than [`LIST_MAX`]; nothing after this line was read.
    #[error("A list has at most {LIST_MAX} lines; add the lines from here on in a second one")]
    TooMany,
}

/// Whether every line is a company without a doubt, so that nobody needs to look first.
pub fn is_clean(lines: &[ListLine]) -> bool {
    lines
        .iter()
        .all(|line| line.doubt.is_none() && matches!(line.content, Listed::Company { .. } | Listed::Repeated { .. }))
}

/// Reads a pasted list of companies. Blank lines are skipped; a line that cannot be read does not stop the others. After
/// [`LIST_MAX`] lines one last line says so.
pub fn parse_list(text: &str) -> Vec<ListLine> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let parts = json::entries(&text).unwrap_or_else(|| by_line(&text));
    // By its key, the number of the line a name stands on first, and that line's place among what is read.
    let mut seen: HashMap<NameKey, (usize, usize)> = HashMap::new();
    let mut lines: Vec<ListLine> = Vec::new();
    for (number, read) in parts {
        if lines.len() == LIST_MAX {
            lines.push(ListLine { number, content: Listed::Problem(ListProblem::TooMany), doubt: None });
            return lines;
        }
        let (content, doubt) = match read {
            Read::NoCompany(why) => (Listed::NoCompany(why), None),
            Read::Wrong(problem) => (Listed::Problem(problem), None),
            Read::Company { name, website, doubt } => match seen.entry(name.key()) {
                Entry::Occupied(first) => {
                    let (first, at) = *first.get();
                    // The website may stand on the second line only.
                    if let Some(Listed::Company { website: known @ None, .. }) =
                        lines.get_mut(at).map(|line| &mut line.content)
                    {
                        *known = website;
                    }
                    (Listed::Repeated { name, first }, doubt)
                }
                Entry::Vacant(new) => {
                    new.insert((number, lines.len()));
                    (Listed::Company { name, website }, doubt)
                }
            },
        };
        lines.push(ListLine { number, content, doubt });
    }
    lines
}

/// What each line was read as, with its number; no more lines than a list may have, and one.
fn by_line(text: &str) -> Vec<(usize, Read)> {
    let filled: Vec<(usize, String)> =
        lines::lines(text).into_iter().filter(|(_, line)| !is_blank(line)).take(LIST_MAX + 1).collect();
    let filled = dedented(filled.iter().map(|(number, line)| (*number, line.as_str())).collect());
    let head = filled.first().and_then(|(_, line)| Head::of(line)).filter(|_| filled.len() > 1);
    let common = Common::of(&filled, head);
    let read_line = |(at, (number, line)): (usize, &(usize, &str))| {
        let next = filled.get(at + 1).map(|(_, next)| *next);
        let reads = match (&common.head, at) {
            (Some(_), 0) => vec![Read::NoCompany("The head of a table")],
            _ if is_bold_heading(line, next) => vec![Read::NoCompany(HEADING)],
            _ => read(line, &common),
        };
        let number = *number;
        reads.into_iter().map(move |read| (number, read))
    };
    filled.iter().enumerate().flat_map(read_line).collect()
}

/// Lines of a table that stands a column further in than it was copied.
fn dedented(lines: Vec<(usize, &str)>) -> Vec<(usize, &str)> {
    let further_in: Option<Vec<_>> =
        lines.iter().map(|(number, line)| Some((*number, line.strip_prefix('\t')?))).collect();
    further_in.unwrap_or(lines)
}

/// What the lines of a list have in common.
struct Common {
    head: Option<Head>,
    series: Series,
    columns: Columns,
}

impl Common {
    fn of(filled: &[(usize, &str)], head: Option<Head>) -> Self {
        let lines: Vec<&str> = filled.iter().map(|(_, line)| *line).filter(|line| no_company(line).is_none()).collect();
        let series = Series::of(&lines);
        let columns = Columns::of(&lines, &series);
        Self { head, series, columns }
    }
}

/// What one line, or one part of it, was read as.
enum Read {
    Company { name: CompanyName, website: Option<WebAddress>, doubt: Option<String> },
    NoCompany(&'static str),
    Wrong(ListProblem),
}

fn read(line: &str, common: &Common) -> Vec<Read> {
    if let Some(why) = no_company(line) {
        return vec![Read::NoCompany(why)];
    }
    if let Some(names) = numbered(line) {
        return several_of(names);
    }
    // The first cell of a row may be empty: the tab behind it is no blank before the row.
    if let Some(head) = common.head.as_ref().filter(|head| head.separator == '\t' && line.starts_with('\t')) {
        return vec![row(line, head)];
    }
    let (line, number) = common.series.unmarked(line);
    let mut reads = read_unmarked(line, common);
    if let (Some(number), [Read::Company { doubt, .. }, ..]) = (number, &mut reads[..]) {
        *doubt = joined(Some(left_out(number)), doubt.take());
    }
    reads
}

fn read_unmarked(line: &str, common: &Common) -> Vec<Read> {
    let Common { head, columns: rows, .. } = common;
    let line = &line.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    let line = without_notes(line);
    if let Some(head) = head.as_ref().filter(|head| line.contains(head.separator)) {
        return vec![row(line, head)];
    }
    if line.contains('\t') {
        return vec![columns(&cells(line, '\t'), Others::AreSaid)];
    }
    if line.starts_with('|') || line.contains(" | ") {
        return vec![columns(&cells(line, '|'), Others::AreSaid)];
    }
    if line.contains('｜') {
        return vec![columns(&cells(line, '｜'), Others::AreSaid)];
    }
    if let Some(links) = markdown_links(line) {
        return links.into_iter().map(|(name, site)| company(name, Some(site), Some(SEVERAL.into()))).collect();
    }
    if let Some(cells) = rows.cells(line) {
        let cells: Vec<String> = cells.into_iter().map(str::to_owned).collect();
        return vec![columns(&cells, Others::AreSaid)];
    }
    if line.starts_with('"') && line.contains(',') {
        return vec![columns(&cells(line, ','), Others::AreSaid)];
    }
    // 'Dropbox, Inc. (dropbox.com)'
    if host_behind(line).is_some_and(|(name, host)| parts(name, ',').len() == 1 && is_theirs(name, host)) {
        return vec![free(line)];
    }
    if let Some(names) = headed(line) {
        let mut reads = vec![Read::NoCompany(HEADING)];
        reads.extend(read_unmarked(names, common));
        return reads;
    }
    if let Some(names) = in_brackets(line).or_else(|| several(line)) {
        return several_of(names);
    }
    vec![free(line)]
}

fn several_of(names: Vec<&str>) -> Vec<Read> {
    names.into_iter().map(|name| company(name, None, Some(SEVERAL.into()))).collect()
}

/// A row of a table whose head says where the name stands.
fn row(line: &str, head: &Head) -> Read {
    let mut cells = cells(line, head.separator);
    if head.name < cells.len() {
        cells.rotate_left(head.name);
    }
    match cells.first() {
        Some(name) if name.is_empty() => Read::NoCompany("No name stands in this row"),
        _ => columns(&cells, Others::HaveAHead),
    }
}

/// A line without columns: a name, and what follows it.
fn free(line: &str) -> Read {
    if let Some((name, address, behind)) = markdown_link(line) {
        return company(name, Some(address), behind_it(behind));
    }
    if let Some(at) = address_in(line) {
        let (name, address) = line.split_at(at);
        let end = address.find(char::is_whitespace).unwrap_or(address.len());
        let (address, behind) = address.split_at(end);
        let address = address.trim_end_matches([')', '>', ']', ',', ';', ':', '*', '|', '）', '】', '」', '。']);
        let name = name.trim_end_matches(|c: char| c.is_whitespace() || "-–—|:,;(<[：（【「，→➜➔⇒=>".contains(c));
        return if name.is_empty() { missing(address) } else { company(name, Some(address), behind_it(behind)) };
    }
    if let Some((name, host)) = host_behind(line) {
        return with_website(name, host);
    }
    if let Some((name, said)) = described(line) {
        return company(name, None, Some(left_out(said)));
    }
    if let Some((name, last)) = line.rsplit_once(',') {
        let last = last.trim();
        let is_word = !last.contains(char::is_whitespace);
        if is_written_like_address(last) {
            return with_website(name, last);
        }
        if (is_word && last.contains(['@', ':'])) || is_said(last) {
            return company(name, None, Some(left_out(last)));
        }
    }
    if let Some((name, rest)) = [" — ", " – ", " - "].iter().find_map(|dash| line.split_once(dash)) {
        return company(name, None, Some(left_out(rest)));
    }
    let doubt = may_be_several(line).then(|| "Several names? Give each a line of its own".to_owned());
    company(line, None, doubt)
}

/// What is said of the columns that are not read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    /// The head of the table names them.
    HaveAHead,
    /// They are shown as left out.
    AreSaid,
}

/// The first filled cell that is a name, and the first address among the others.
fn columns(cells: &[String], rest: Others) -> Read {
    let is_number = |cell: &str| cell.chars().all(|c| c.is_ascii_digit() || ".)#".contains(c));
    let mut filled = cells.iter().map(|cell| unmarked(cell)).filter(|cell| !cell.is_empty());
    let Some(name) = filled.find(|cell| !is_number(cell)) else {
        return Read::NoCompany("No name stands in this row");
    };
    let is_site = |cell: &&str| is_written_like_address(cell) && WebAddress::parse(cell).is_ok();
    let cells: Vec<&str> = filled.map(plain).filter(|cell| !cell.is_empty() && !is_number(cell)).collect();
    let website = cells.iter().copied().find(|cell| is_site(cell));
    let others: Vec<&str> = cells.into_iter().filter(|cell| Some(*cell) != website).collect();
    let said = rest == Others::AreSaid;
    let doubt = (said && !others.is_empty()).then(|| left_out(&others.join(", ")));
    if let Some((name, address, _)) = markdown_link(name) {
        return company(name, Some(website.unwrap_or(address)), doubt);
    }
    if name.contains("://") {
        return missing(name);
    }
    let taken = website.filter(|site| said && !is_theirs(name, site)).map(taken_for_website);
    company(name, website, joined(taken, doubt))
}

/// A name and, after a comma, what is written like an address: one that shares nothing with the name may be another company.
fn with_website(name: &str, address: &str) -> Read {
    let is_clear = is_theirs(name, address) && !is_written_like_address(plain(name));
    let doubt = (!is_clear).then(|| taken_for_website(address));
    company(name, Some(address), doubt)
}

fn company(name: &str, website: Option<&str>, doubt: Option<String>) -> Read {
    let website = match website.map(WebAddress::parse_optional).transpose() {
        Ok(website) => website.flatten(),
        Err(problem) => return Read::Wrong(ListProblem::Website(problem)),
    };
    match CompanyName::parse(plain(name)) {
        Ok(name) => Read::Company { name, website, doubt },
        Err(problem) => Read::Wrong(ListProblem::Name(problem)),
    }
}

fn missing(address: &str) -> Read {
    let shown = address.chars().take(60).collect();
    Read::Wrong(ListProblem::NameMissing(shown))
}

/// Why a line holds no company.
fn no_company(line: &str) -> Option<&'static str> {
    let line = line.trim();
    if line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') {
        return Some(HEADING);
    }
    if line.starts_with("```") || line.chars().all(|c| "[]{}(),;".contains(c)) || line.ends_with(['[', '{']) {
        return Some("Only brackets");
    }
    if line.len() > 2 && line.chars().all(|c| "-=_*~|:+ –—".contains(c)) {
        return Some("A rule");
    }
    if is_a_sign(line) {
        return Some("Only a sign");
    }
    if line.ends_with([':', '：']) {
        return Some(HEADING);
    }
    said::no_company(unmarked(line))
}

/// `**Tier 1**` above the names it heads: bold, where the line below is not.
fn is_bold_heading(line: &str, next: Option<&str>) -> bool {
    let bold = |line: &str| {
        let inner =
            ["**", "__"].iter().find_map(|mark| line.trim().strip_prefix(mark)?.strip_suffix(mark)).map(str::trim);
        inner.filter(|inner| !inner.contains("**") && !inner.contains("](")).map(str::to_lowercase)
    };
    let Some(title) = bold(line) else { return false };
    let heads_marks = next.is_some_and(|next| bold(next).is_none() && unmarked(next).len() < next.trim().len());
    is_kind(&title) || heads_marks
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == ',').is_empty()
}

#[cfg(test)]
mod tests;
