//! Choosing one of many: a field for words that offers the best few, finds the others, and asks which where words fit several.
//!
//! It sends three things: the words in the field, the words it was drawn with, and the id that those stand for. Words that were
//! changed since are searched for.

use serde::Deserialize;

use crate::folding::folded;

/// How many are offered, and told of where words fit several.
pub const FEW: usize = 10;

/// Someone, or something, to choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Choice {
    /// As forms carry it.
    pub id: String,
    /// What stands in the field: 'Grace Hopper, US Navy'.
    pub label: String,
    /// What tells it from others of that label.
    #[serde(default)]
    pub about: Option<String>,
}

/// A chooser as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// What was chosen, or nothing.
    pub id: &'a str,
    /// The words in the field; `None` where the form had none.
    pub words: Option<&'a str>,
    /// The words it was drawn with, which stand for the id.
    pub seen: &'a str,
}

impl<'a> Sent<'a> {
    /// The words to be searched for; `None` where the id is what is meant.
    pub fn sought(&self) -> Option<&'a str> {
        let words = self.words?.trim();
        let stands = words == self.seen.trim() && !self.id.is_empty();
        (!words.is_empty() && !stands).then_some(words)
    }

    /// Whether the field was emptied: nobody is meant.
    pub fn is_cleared(&self) -> bool {
        self.words.is_some_and(|words| words.trim().is_empty())
    }
}

/// The one that words mean, of what they were found in: the only one, or the only one of exactly that label.
pub fn meant<'a>(words: &str, found: &'a [Choice]) -> Option<&'a Choice> {
    let label = folded(words);
    let mut exact = found.iter().filter(|choice| folded(&choice.label) == label);
    match (found, exact.next(), exact.next()) {
        ([only], ..) | (_, Some(only), None) => Some(only),
        _ => None,
    }
}

/// A chooser as it is drawn.
#[derive(Debug, Clone)]
pub struct Chooser {
    /// Under which name the id is sent.
    pub name: &'static str,
    /// What the field asks for.
    pub label: &'static str,
    /// What is chosen already, or nothing.
    pub id: String,
    /// What stands in the field.
    pub words: String,
    /// The best few to choose from.
    pub best: Vec<Choice>,
    /// Those whom the words fit, where they are several.
    pub matches: Vec<Choice>,
    /// Where more are found: an address that ends where the words go.
    pub source: String,
}

impl Chooser {
    /// A field with the best few; what is chosen is named by them, unless it was sent with its words.
    pub fn new(name: &'static str, label: &'static str, id: &str, words: Option<&str>, best: Vec<Choice>) -> Self {
        let chosen = best.iter().find(|choice| choice.id == id).map(|choice| choice.label.clone());
        let words = words.map(str::to_owned).or(chosen).unwrap_or_default();
        Self { name, label, id: id.to_owned(), words, best, matches: Vec::new(), source: String::new() }
    }

    /// Finds more there.
    pub fn finding(self, source: impl Into<String>) -> Self {
        Self { source: source.into(), ..self }
    }

    /// Asks which of these is meant.
    pub fn asking(self, matches: Vec<Choice>) -> Self {
        Self { matches, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(id: &str, label: &str) -> Choice {
        Choice { id: id.into(), label: label.into(), about: None }
    }

    #[test]
    fn words_that_were_changed_are_searched_for() {
        let sought = |id, words, seen| Sent { id, words, seen }.sought();
        assert_eq!(sought("1", Some("Grace Hopper"), "Grace Hopper"), None, "as it was drawn");
        assert_eq!(sought("1", None, ""), None, "a form without words");
        assert_eq!(sought("1", Some(" Joan "), "Grace Hopper"), Some("Joan"));
        assert_eq!(sought("", Some("Grace"), "Grace"), Some("Grace"), "several fitted, and none was chosen");
        assert_eq!(sought("1", Some(" "), "Grace Hopper"), None);
        assert!(Sent { id: "1", words: Some(" "), seen: "Grace Hopper" }.is_cleared());
    }

    #[test]
    fn the_only_one_is_meant_or_the_only_one_of_that_label() {
        let found = [choice("1", "Ann Lee"), choice("2", "Ann Leeds, Acme")];
        assert_eq!(meant("ann lee", &found).map(|one| one.id.as_str()), Some("1"));
        assert_eq!(meant("ann", &found), None);
        assert_eq!(meant("leeds", &found[1..]).map(|one| one.id.as_str()), Some("2"));
        assert_eq!(meant("Ann Lee", &[choice("1", "Ann Lee"), choice("2", "Ann Lee")]), None, "two of one name");
    }
}
