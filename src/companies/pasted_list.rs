//! A pasted list of companies, in the shapes people have lists in: bare lines, bullets, numbers, ticks, Markdown, columns.
//!
//! What is obvious is read; what is doubtful is read as it most likely is meant, and says so; what is no company (headings,
//! rules, the head of a table) is left out with a word. Nothing is guessed in silence.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::address::{self, WebAddress};
use crate::companies::name::{CompanyName, NameKey, is_legal_form};
use crate::text;

mod cells;
mod head;
mod json;
mod marks;

use cells::{cells, plain};
use head::Head;
use marks::unmarked;

/// How many lines a list may have, blank ones not counted.
pub const LIST_MAX: usize = 500;
/// The longest name of several on one line.
const SHORT: usize = 40;

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
    let mut seen: HashMap<NameKey, usize> = HashMap::new();
    let mut lines = Vec::new();
    for (number, read) in parts {
        if lines.len() == LIST_MAX {
            lines.push(ListLine { number, content: Listed::Problem(ListProblem::TooMany), doubt: None });
            return lines;
        }
        let (content, doubt) = match read {
            Read::NoCompany(why) => (Listed::NoCompany(why), None),
            Read::Wrong(problem) => (Listed::Problem(problem), None),
            Read::Company { name, website, doubt } => match seen.entry(name.key()) {
                Entry::Occupied(first) => (Listed::Repeated { name, first: *first.get() }, doubt),
                Entry::Vacant(new) => {
                    new.insert(number);
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
    let filled = text.split('\n').enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !is_blank(line));
    let filled: Vec<(usize, &str)> = filled.take(LIST_MAX + 1).collect();
    let head = filled.first().and_then(|(_, line)| Head::of(line)).filter(|_| filled.len() > 1);
    let read_line = |(at, (number, line)): (usize, &(usize, &str))| {
        let reads = match (&head, at) {
            (Some(_), 0) => vec![Read::NoCompany("The head of a table")],
            _ => read(line, head.as_ref()),
        };
        let number = *number;
        reads.into_iter().map(move |read| (number, read))
    };
    filled.iter().enumerate().flat_map(read_line).collect()
}

/// What one line, or one part of it, was read as.
enum Read {
    Company { name: CompanyName, website: Option<WebAddress>, doubt: Option<String> },
    NoCompany(&'static str),
    Wrong(ListProblem),
}

fn read(line: &str, head: Option<&Head>) -> Vec<Read> {
    if let Some(why) = no_company(line) {
        return vec![Read::NoCompany(why)];
    }
    let line = unmarked(line);
    let line = &line.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    if let Some(Head { separator, name }) = head.filter(|head| line.contains(head.separator)) {
        let mut cells = cells(line, *separator);
        if *name < cells.len() {
            cells.rotate_left(*name);
        }
        return vec![columns(&cells, Rest::HasAHead)];
    }
    if line.contains('\t') {
        return vec![columns(&cells(line, '\t'), Rest::IsSaid)];
    }
    if line.starts_with('|') || line.contains(" | ") {
        return vec![columns(&cells(line, '|'), Rest::IsSaid)];
    }
    if line.contains('｜') {
        return vec![columns(&cells(line, '｜'), Rest::IsSaid)];
    }
    if line.starts_with('"') && line.contains(',') {
        return vec![columns(&cells(line, ','), Rest::IsSaid)];
    }
    if let Some(names) = several(line) {
        return names
            .into_iter()
            .map(|name| company(name, None, Some("Several names stand on this line".into())))
            .collect();
    }
    vec![free(line)]
}

/// A line without columns: a name, and what follows it.
fn free(line: &str) -> Read {
    if let Some((name, address)) = markdown_link(line) {
        return company(name, Some(address), None);
    }
    if let Some(at) = address_in(line) {
        let (name, address) = line.split_at(at);
        let end = address.find(char::is_whitespace).unwrap_or(address.len());
        let address = address[..end].trim_end_matches([')', '>', ']', ',', ';', '*', '|', '）', '】', '」', '。']);
        let name = name.trim_end_matches(|c: char| c.is_whitespace() || "-–—|:,;(<[：（【「，".contains(c));
        return if name.is_empty() { missing(address) } else { company(name, Some(address), None) };
    }
    if let Some((name, last)) = line.rsplit_once(',') {
        let last = last.trim();
        if last.contains('@') && !last.contains(char::is_whitespace) {
            return company(name, None, Some(left_out(last)));
        }
        if is_written_like_address(last) {
            return with_website(name, last);
        }
    }
    if let Some((name, rest)) = [" — ", " – ", " - "].iter().find_map(|dash| line.split_once(dash)) {
        return company(name, None, Some(left_out(rest)));
    }
    company(line, None, None)
}

/// What is said of the columns that are not read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// The head of the table names them.
    HasAHead,
    /// They are shown as left out.
    IsSaid,
}

/// The first filled cell that is a name, and the first address among the others.
fn columns(cells: &[String], rest: Rest) -> Read {
    let is_number = |cell: &str| cell.chars().all(|c| c.is_ascii_digit() || ".)#".contains(c));
    let mut filled = cells.iter().map(|cell| unmarked(cell)).filter(|cell| !cell.is_empty());
    let Some(name) = filled.find(|cell| !is_number(cell)) else {
        return Read::NoCompany("No name stands in this row");
    };
    let (addresses, others): (Vec<&str>, Vec<&str>) = filled.map(plain).partition(|cell| is_written_like_address(cell));
    let others: Vec<&str> = others.into_iter().filter(|cell| !cell.is_empty() && !is_number(cell)).collect();
    let doubt = (rest == Rest::IsSaid && !others.is_empty()).then(|| left_out(&others.join(", ")));
    let website = addresses.first().copied();
    if let Some((name, address)) = markdown_link(name) {
        return company(name, Some(website.unwrap_or(address)), doubt);
    }
    if name.contains("://") {
        return missing(name);
    }
    company(name, website, doubt)
}

/// What is not taken over, at most as long as a line shows.
fn left_out(text: &str) -> String {
    let shown: String = text.trim().chars().take(80).collect();
    format!("Left out: {shown}")
}

/// A name and, after a comma, what is written like an address: one that shares nothing with the name may be another company.
fn with_website(name: &str, address: &str) -> Read {
    let host = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let label: String = host.split(['.', '/']).next().unwrap_or_default().to_lowercase();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_theirs = CompanyName::parse(plain(name)).is_ok_and(|name| {
        let key = letters(name.key().as_str());
        let start: String = letters(&label).chars().take(3).collect();
        key.contains(&start) || address.contains("://") || address.contains('/') || label.starts_with("www")
    });
    let doubt = (!is_theirs || is_written_like_address(plain(name)))
        .then(|| format!("{address} is taken for their website. If it is another company, give it a line of its own"));
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
        return Some("A heading");
    }
    if line.starts_with("```") || line.chars().all(|c| "[]{}(),;".contains(c)) || line.ends_with(['[', '{']) {
        return Some("Only brackets");
    }
    if line.len() > 2 && line.chars().all(|c| "-=_*~|:+ –—".contains(c)) {
        return Some("A rule");
    }
    let is_title = line.strip_suffix([':', '：']).is_some_and(|title| title.split_whitespace().count() <= 4);
    is_title.then_some("A heading")
}

/// `[Stripe](https://stripe.com)`: its text and its address.
fn markdown_link(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.trim_start_matches('*').strip_prefix('[')?.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    (!name.trim().is_empty()).then_some((name, address.trim()))
}

/// Where an address with a scheme, or one that begins with www, stands in the line.
fn address_in(line: &str) -> Option<usize> {
    let schemed = line.find("://").map(|at| {
        line[..at]
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |before| before + line[before..].chars().next().map_or(1, char::len_utf8))
    });
    let www = line
        .to_ascii_lowercase()
        .find("www.")
        .filter(|at| line[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()));
    [schemed, www].into_iter().flatten().min()
}

/// Several short names on one line, with commas or semicolons between them; a legal form belongs to the name before it.
fn several(line: &str) -> Option<Vec<&str>> {
    let separator = [';', '；', '؛', '、', ',', '，', '،'].into_iter().find(|separator| line.contains(*separator))?;
    let parts: Vec<&str> = line.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
    // Two names without a space between them are two cells of a row; two with one may be one name.
    let is_row = parts.len() == 2 && separator == ',' && !line.contains(", ") && !is_written_like_address(parts[1]);
    let are_names = parts.iter().all(|part| {
        part.chars().count() <= SHORT
            && part.chars().any(char::is_alphabetic)
            && !part.contains('@')
            && !is_legal_form(part)
    });
    // What stands between the entries of a list stands inside no name.
    let lists = matches!(separator, ';' | '；' | '؛' | '、') && parts.len() == 2;
    ((parts.len() > 2 || is_row || lists) && are_names).then_some(parts)
}

/// One word with a scheme or a host in it, right or wrong, that is no legal form ('Co.Ltd').
fn is_written_like_address(part: &str) -> bool {
    if part.contains("://") {
        return true;
    }
    !part.contains(char::is_whitespace)
        && !is_legal_form(part)
        && !part.contains('@')
        && (part.contains(':') || part.to_ascii_lowercase().starts_with("www.") || WebAddress::parse(part).is_ok())
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == ',').is_empty()
}

#[cfg(test)]
mod tests;
