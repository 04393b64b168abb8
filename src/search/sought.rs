//! What is searched for: words, folded, in any order.

use crate::companies::name::is_legal_form;
use crate::folding::words::{INDEXED, escaped, is_unspaced, may_be_inside, word_pattern, words};
use crate::folding::{folded, letters};

/// Letters that are looked for at most.
pub const MOST: usize = 200;
/// Letters of a word that may have changed places; of longer ones enough is alike.
const MOST_SWAPPED: usize = 9;
/// More letters than are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Search for at most {MOST} characters")]
pub struct TooLong;

/// One word of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded and composed, as columns hold it.
    folded: String,
    /// Its letters as they are compared with those of a text.
    letters: Vec<char>,
    /// Of a script that puts no blanks between words.
    is_unspaced: bool,
}

impl Word {
    fn new(folded: &str) -> Self {
        let letters = letters(folded).into_iter().map(|(_, letter)| letter).collect();
        Self { folded: folded.to_owned(), letters, is_unspaced: is_unspaced(folded) }
    }

    /// Its letters as they are compared with those of a text.
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Whether it may stand anywhere, also inside other words.
    pub fn may_be_inside(&self) -> bool {
        may_be_inside(&self.folded)
    }

    /// Whether any place in a text is as good as the beginning of a word.
    pub fn is_unspaced(&self) -> bool {
        self.is_unspaced
    }

    /// How many slips still count as the same word.
    pub fn slips(&self) -> usize {
        match self.letters.len() {
            _ if self.is_unspaced => 0,
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        }
    }

    /// Patterns of it with each two neighbouring letters swapped.
    fn swapped(&self) -> Vec<String> {
        let letters: Vec<char> = self.folded.chars().take(MOST_SWAPPED).collect();
        let differ = (1..letters.len()).filter(|at| letters[at - 1] != letters[*at]);
        let swap = |at: usize| {
            let mut letters = letters.clone();
            letters.swap(at - 1, at);
            format!("%{}%", escaped(&letters.into_iter().collect::<String>()))
        };
        differ.map(swap).collect()
    }
}

/// What is searched for, with at least one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    whole: String,
    words: Vec<Word>,
}

/// The same as the database is asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// A regular expression for each word.
    pub patterns: Vec<String>,
    /// Names that begin so stand from here,
    pub from: String,
    /// and before this.
    pub to: String,
    /// The word that says most, as a pattern of `like` which the index of words can look up.
    pub key: Option<String>,
    /// The same where the index cannot, because its letters are too few: names are gone through.
    pub inside: Option<String>,
    /// What may be spelled wrongly.
    pub nearly: Option<String>,
    /// Patterns of `like` for the longest word with two of its letters swapped: of short words that leaves hardly anything alike.
    pub swapped: Vec<String>,
}

impl Sought {
    /// Reads what was typed; none where no word is in it.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn parse(typed: &str) -> Result<Option<Self>, TooLong> {
        let typed: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if typed.trim().chars().count() > MOST {
            return Err(TooLong);
        }
        let whole = folded(&typed);
        let words = words(&typed);
        let words: Vec<Word> =
            words.iter().map(|word| Word::new(word)).filter(|word| !word.letters.is_empty()).collect();
        Ok((!words.is_empty()).then_some(Self { whole, words }))
    }

    /// The words, in their order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Everything that was typed, folded.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    /// As the database is asked for it.
    pub fn terms(&self) -> Terms {
        // 'Inc.' is no part of what is kept of an employer.
        let telling = |word: &&Word| (!is_legal_form(&word.folded), word.folded.chars().count());
        let longest = self.words.iter().max_by_key(telling);
        let long = longest.filter(|word| word.folded.chars().count() >= INDEXED);
        // Two letters at the beginning of a word are in the index; where they may stand inside one, only three are.
        let begun = longest.filter(|word| !word.may_be_inside() && word.folded.chars().count() == 2);
        let few = longest.filter(|word| long.is_none() && word.may_be_inside());
        let key = long.map(|word| format!("%{}%", escaped(&word.folded)));
        let nearly = self.words.iter().any(|word| word.slips() > 0);
        let is_telling = |word: &&Word| !is_legal_form(&word.folded);
        let patterns: Vec<String> =
            self.words.iter().filter(is_telling).map(|word| word_pattern(&word.folded)).collect();
        let all = || self.words.iter().map(|word| word_pattern(&word.folded)).collect();
        Terms {
            patterns: if patterns.is_empty() { all() } else { patterns },
            from: self.whole.clone(),
            to: format!("{}\u{10FFFF}", self.whole),
            key: key.or_else(|| begun.map(|word| format!("% {}%", escaped(&word.folded)))),
            inside: few.map(|word| format!("%{}%", escaped(&word.folded))),
            nearly: nearly.then(|| self.whole.clone()),
            swapped: longest.filter(|word| word.slips() > 0).map_or_else(Vec::new, Word::swapped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_holds_no_word_is_no_search() {
        for nothing in ["", " \t\n", "...", "'", "\0", "\"\" -- ()"] {
            assert_eq!(Sought::parse(nothing), Ok(None), "{nothing:?}");
        }
        assert_eq!(Sought::parse("gr\0ace").unwrap().unwrap().words().len(), 2);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(Sought::parse(&"a".repeat(MOST + 1)), Err(TooLong));
        assert!(Sought::parse(&format!("  {}  ", "a".repeat(MOST))).unwrap().is_some());
    }

    #[test]
    fn the_database_is_asked_for_what_its_index_holds() {
        let terms = |typed: &str| Sought::parse(typed).unwrap().unwrap().terms();
        assert_eq!(terms("acme corporation").key.as_deref(), Some("%acme%"));
        assert_eq!(terms("of lovelace").key.as_deref(), Some("%lovelace%"));
        assert_eq!(terms("100%_\\a").key.as_deref(), Some("%100\\%\\_\\\\a%"));
        assert_eq!((terms("ho").key.as_deref(), terms("h").key), (Some("% ho%"), None));
        assert_eq!((terms("小明").key, terms("小明").inside.as_deref()), (None, Some("%小明%")));
        assert_eq!((terms("王小明").key.as_deref(), terms("王小明").inside), (Some("%王小明%"), None));
        assert_eq!(terms("garce of").swapped, ["%agrce%", "%grace%", "%gacre%", "%garec%"]);
        assert_eq!((terms("hal").swapped, terms("anna").swapped.len()), (vec![], 2));
        assert_eq!((terms("c+").key, terms("c+").inside.as_deref()), (None, Some("%c+%")));
        assert_eq!((terms("hal").nearly, terms("grce").nearly.as_deref()), (None, Some("grce")));
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(typed in "\\PC{0,60}|[\u{0}%_\\\\'\" a王🚀\u{202E}-]{0,30}") {
            if let Ok(Some(sought)) = Sought::parse(&typed) {
                let terms = sought.terms();
                let telling = sought.words().iter().filter(|word| !is_legal_form(&word.folded)).count();
                prop_assert_eq!(terms.patterns.len(), if telling == 0 { sought.words().len() } else { telling });
                prop_assert!(terms.from < terms.to);
                prop_assert!(!terms.from.contains('\0') && !sought.words().iter().any(|word| word.letters().is_empty()));
            }
        }
    }
}
