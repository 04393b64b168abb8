//! What a company is called, and when two names mean one company.

use crate::text::{self, Fitted, Line, text_column};
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

#[cfg(test)]
mod tests;
