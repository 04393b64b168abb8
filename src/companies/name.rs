//! What a company is called, and when two names mean one company.

use crate::address::{self, WebAddress};
use crate::text::{self, Fitted, Line, text_column};
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A company's name as the user writes it: one line of at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CompanyName(Line<200>);

impl CompanyName {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`text::Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, text::Problem> {
        Line::parse(typed).map(Self)
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`text::Problem`], but never [`text::Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, text::Problem> {
        Ok(Line::parse_optional(typed)?.map(Self))
    }

    /// Reads a cell of a file, shortened where it is too long; `None` where it is empty.
    pub fn fit(cell: &str) -> Option<Fitted<Self>> {
        Line::fit(cell).map(|fitted| fitted.map(Self))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What this name shares with its other spellings.
    pub fn key(&self) -> NameKey {
        NameKey::of(self.as_str())
    }
}

/// Under which the spellings of a company's name are one: 'Acme, Inc.', 'ACME  inc' and 'Acme' are all `acme`.
///
/// Compatibility forms, case, accents and punctuation do not count, '&' is 'and', and legal forms at the end fall away, but
/// never the whole name. Accents do not count because people leave them out ('Societe Generale'); only those of the Latin,
/// Greek and Cyrillic scripts, as in other scripts the marks are letters. A plus sign counts ('Canal+').
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(String);

/// Legal forms as they read once dots are gone and other punctuation has become a space; longer before shorter where one ends another.
const LEGAL_FORMS: [&str; 62] = [
    "inc",
    "incorporated",
    "llc",
    "l l c",
    "llp",
    "lp",
    "ltd",
    "limited",
    "co",
    "company",
    "corp",
    "corporation",
    "plc",
    "pty",
    "pte",
    "pvt",
    "gmbh",
    "mbh",
    "ggmbh",
    "ag",
    "a g",
    "kg",
    "kgaa",
    "ohg",
    "ug",
    "eg",
    "ev",
    "se",
    "sa",
    "s a",
    "sas",
    "s a s",
    "sarl",
    "sa rl",
    "s a r l",
    "sl",
    "slu",
    "spa",
    "s p a",
    "srl",
    "s r l",
    "bv",
    "b v",
    "nv",
    "n v",
    "ab",
    "oy",
    "oyj",
    "as",
    "a s",
    "asa",
    "aps",
    "sp z oo",
    "sp z o o",
    "sro",
    "s r o",
    "doo",
    "kft",
    "zrt",
    "ou",
    "kk",
    "and",
];

impl NameKey {
    /// The key of a name; of an empty one the empty key, which no [`CompanyName`] has.
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let key = without_legal_forms(&words);
        if key.is_empty() { Self(as_it_stands(name)) } else { Self(key.to_owned()) }
    }

    /// Reads a key that was stored.
    ///
    /// # Errors
    /// [`text::Problem::Empty`] where nothing is left of it.
    pub fn parse(stored: &str) -> Result<Self, text::Problem> {
        let key = Self::of(stored);
        if key.0.is_empty() { Err(text::Problem::Empty) } else { Ok(key) }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words of a name, folded, with one space between them.
fn words(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            '&' => folded.push_str(" and "),
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            '+' => folded.push('+'),
            // Abbreviations and contractions are one word: 'S.A.', 'O’Reilly'.
            '.' | '\'' | '\u{2018}' | '\u{2019}' | '`' => {}
            // Accents of the Latin, Greek and Cyrillic scripts, soft hyphens and joiners.
            '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200F}' => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    let composed: String = folded.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_legal_forms(words: &str) -> &str {
    let mut name = words;
    while let Some(shorter) = LEGAL_FORMS.iter().find_map(|form| name.strip_suffix(form)?.strip_suffix(' ')) {
        name = shorter;
    }
    name
}

/// A name of signs only ('!!!', an emoji) is its own key.
fn as_it_stands(name: &str) -> String {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

text_column!(CompanyName);
text_column!(NameKey);

/// One line of a pasted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Which line it is, counted from 1 with the blank ones.
    pub number: usize,
    /// What it says.
    pub content: Listed,
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
    /// A line that cannot be taken over; the others can.
    Problem(ListProblem),
}

/// Why a line of a pasted list cannot be taken over, in words for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListProblem {
    /// The name is missing, too long or unkeepable.
    #[error("The name: {0}")]
    Name(text::Problem),
    /// What follows the name is written like an address, but is none.
    #[error("The website: {0}")]
    Website(address::Problem),
    /// An address stands alone.
    #[error("Write the company's name before its website")]
    NameMissing,
    /// The list is longer than [`LIST_MAX`]; nothing after this line was read.
    #[error("A list has at most {LIST_MAX} companies; add the lines from here on in a second one")]
    TooMany,
}

/// How many lines of a list are read, blank ones not counted.
pub const LIST_MAX: usize = 500;

/// Reads a pasted list of companies, one a line: `Name`, or `Name, website`, or `Name<tab>website`.
///
/// A comma may belong to the name ('Acme, Inc.'): only what is written like an address is a website. Blank lines are
/// skipped; a line that cannot be read does not stop the others. After [`LIST_MAX`] lines one last line says so.
pub fn parse_list(text: &str) -> Vec<ListLine> {
    let text = text.replace("\r\n", "\n");
    let filled = text.split(['\n', '\r']).enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut seen = HashMap::new();
    let mut lines = Vec::new();
    for (index, line) in filled {
        let number = index + 1;
        if lines.len() == LIST_MAX {
            lines.push(ListLine { number, content: Listed::Problem(ListProblem::TooMany) });
            break;
        }
        let content = match parse_list_line(line) {
            Err(problem) => Listed::Problem(problem),
            Ok((name, website)) => match *seen.entry(name.key()).or_insert(number) {
                first if first < number => Listed::Repeated { name, first },
                _ => Listed::Company { name, website },
            },
        };
        lines.push(ListLine { number, content });
    }
    lines
}

fn parse_list_line(line: &str) -> Result<(CompanyName, Option<WebAddress>), ListProblem> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == ',');
    let (name, website) = match line.split_once('\t') {
        Some((name, website)) => (name, Some(website)),
        None => match line.rsplit_once(',') {
            Some((name, last)) if is_written_like_address(last.trim()) => (name, Some(last)),
            _ => (line, None),
        },
    };
    if name.contains("://") || name.trim().is_empty() {
        return Err(ListProblem::NameMissing);
    }
    let website = website.map(WebAddress::parse_optional).transpose().map_err(ListProblem::Website)?.flatten();
    let name = CompanyName::parse(unquoted(name)).map_err(ListProblem::Name)?;
    Ok((name, website))
}

/// One word with a scheme or a host in it, right or wrong, that is no legal form ('Co.Ltd').
fn is_written_like_address(part: &str) -> bool {
    if part.contains("://") {
        return true;
    }
    let is_legal_form = words(part).split(' ').all(|word| LEGAL_FORMS.contains(&word))
        || part.split('.').all(|word| LEGAL_FORMS.contains(&word.to_lowercase().as_str()));
    let is_one_word = !part.contains(char::is_whitespace);
    is_one_word
        && !is_legal_form
        && (part.contains(':') || part.to_ascii_lowercase().starts_with("www.") || WebAddress::parse(part).is_ok())
}

/// Spreadsheets copy a name with a comma in it as `"Acme, Inc."`.
fn unquoted(name: &str) -> &str {
    let name = name.trim().trim_end_matches(',').trim_end();
    name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name)
}

#[cfg(test)]
mod tests;
