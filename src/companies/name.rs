//! What a company is called, and when two names mean one company.

use crate::folding::folded;
use crate::text::{self, Fitted, Line, text_column};
pub use legal_forms::is_legal_form;
pub use legal_forms::words;
use legal_forms::{MARK, marked, without_legal_forms};

mod legal_forms;

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

    /// The name as people write it in a profile: without its legal form, 'Acme' for 'Acme, Inc.'.
    pub fn spoken(&self) -> &str {
        spoken(self.as_str())
    }
}

/// Under which the spellings of a company's name are one: 'Acme, Inc.', 'ACME  inc' and 'Acme' are all `acme`.
///
/// What [`folded`] takes away and punctuation don't count, '&' is 'and', and legal forms before or after the name fall away,
/// but never the whole name. A plus sign counts ('Canal+').
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(String);

impl NameKey {
    /// The key of a name; of an empty one the empty key, which no [`CompanyName`] has.
    pub fn of(name: &str) -> Self {
        let words = words(&marked(name));
        let key = without_legal_forms(&words).replace(MARK, "");
        if key.is_empty() { Self(folded(name)) } else { Self(key) }
    }

    /// Reads a key that was stored.
    ///
    /// # Errors
    /// [`text::Problem::Empty`] where nothing is left of it.
    pub fn parse(stored: &str) -> Result<Self, text::Problem> {
        if stored.trim().is_empty() { Err(text::Problem::Empty) } else { Ok(Self(stored.to_owned())) }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The shortest run of whole words of a name that has its key: 'Acme' of 'Acme, Inc.'.
pub fn spoken(name: &str) -> &str {
    let key = NameKey::of(name);
    let after_space = |at: usize| name[..at].ends_with(char::is_whitespace);
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(at, c)| *at == 0 || (!c.is_whitespace() && after_space(*at)))
        .map(|(at, _)| at)
        .collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([name.len()]).rev().take(8).collect();
    let runs = starts
        .iter()
        .take(4)
        .flat_map(|from| ends.iter().filter(move |to| *to > from).map(move |to| &name[*from..*to]));
    let runs =
        runs.map(|run| run.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '«' | '»' | '"')));
    let same = runs.filter(|run| !run.is_empty() && NameKey::of(run) == key);
    same.min_by_key(|run| run.len()).unwrap_or(name)
}

text_column!(CompanyName);
text_column!(NameKey);

#[cfg(test)]
mod tests;
