//! The words of a search: what the palette and every list look for, in any order.

use super::{folded, pattern};

/// Words that are looked for at most; who types more has found it before.
const MOST: usize = 8;
/// Shorter than this, a word is found only where a word begins with it: it stands inside nearly everything.
const SHORT: usize = 3;
/// Letters that an index of trigrams can look up wherever they stand.
pub const INDEXED: usize = 3;

/// The words of what was typed, folded, without the marks around them.
pub fn words(typed: &str) -> Vec<String> {
    let whole = folded(typed);
    let words = whole.split([' ', ',', ';']).map(bare).filter(|word| !word.is_empty());
    words.take(MOST).map(str::to_owned).collect()
}

/// For each word a regular expression that finds it in any spelling. What holds no word is looked for as it is.
pub fn patterns(typed: &str) -> Vec<String> {
    let words = words(typed);
    if words.is_empty() && !typed.trim().is_empty() {
        return vec![pattern(typed.trim())];
    }
    words.iter().map(|word| word_pattern(word)).collect()
}

/// A regular expression that finds a word of a search in any spelling.
pub fn word_pattern(word: &str) -> String {
    let anywhere = pattern(word);
    if may_be_inside(word) { anywhere } else { format!("(?<![[:alnum:]]){anywhere}") }
}

/// As `like` takes it literally.
pub fn escaped(word: &str) -> String {
    word.chars().flat_map(|c| matches!(c, '\\' | '%' | '_').then_some('\\').into_iter().chain([c])).collect()
}

/// Whether a word may stand anywhere, also inside other words.
pub fn may_be_inside(word: &str) -> bool {
    is_unspaced(word) || word.chars().count() >= SHORT || !word.chars().all(char::is_alphanumeric)
}

/// Whether it is of a script that puts no blanks between words, or whose words are found by any part.
pub fn is_unspaced(word: &str) -> bool {
    word.chars().any(|c| {
        matches!(c,
            '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
            | '\u{2E80}'..='\u{2FFF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{1F000}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

/// Without the marks of a sentence around a word; signs that are a part of it stay: 'C++', 'C#', '100%'.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| "'\"()[]{}<>.:!?-/".contains(c) || is_mark(c))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205E}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{60C}' | '\u{61B}'
        | '\u{61F}' | '¿' | '¡' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_bare() {
        assert_eq!(words("  Grace,  ACME (Inc.) "), ["grace", "acme", "inc"]);
        assert_eq!(words("C++ c# 100% a_"), ["c++", "c#", "100%", "a_"]);
        assert_eq!(words("Élodie O’Brien-Dupont"), ["elodie", "obrien-dupont"]);
        assert_eq!(words("王伟"), ["王伟"]);
        for nothing in ["", " \t\n", "...", "'", "\"\" -- ()"] {
            assert_eq!(words(nothing), [""; 0], "{nothing:?}");
        }
        assert_eq!(words(&"ab ".repeat(60)).len(), MOST);
    }

    #[test]
    fn each_word_has_a_pattern_and_what_holds_none_is_looked_for_as_it_is() {
        assert_eq!(patterns("grace acme").len(), 2);
        assert_eq!((patterns(" "), patterns("...").len()), (vec![], 1));
        assert!(patterns("ab")[0].starts_with("(?<!") && !patterns("abc")[0].starts_with("(?<!"));
        assert!(!patterns("王")[0].starts_with("(?<!") && !patterns("c+")[0].starts_with("(?<!"));
    }
}
