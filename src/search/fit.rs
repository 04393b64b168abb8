//! How well words fit a text, and which letters of it they are.

use std::ops::Range;

use super::sought::Word;
use crate::folding::letters;

/// How a word stands in a text, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// As a word.
    Whole,
    /// As the beginning of one.
    Start,
    /// Inside one.
    Inside,
    /// With a slip or two.
    Nearly,
}

/// Where a word stands in a text, in bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// How, at best.
    pub how: How,
    places: Vec<Range<usize>>,
}

impl Fit {
    /// The first place where it stands.
    pub fn first(&self) -> Option<&Range<usize>> {
        self.places.iter().min_by_key(|place| place.start)
    }
}

/// Where a word stands in a text, if it does. Slips count only where it stands nowhere as it is.
pub fn fit(word: &Word, text: &str) -> Option<Fit> {
    let text = letters(text);
    if word.letters().is_empty() {
        return None;
    }
    let found: Vec<(How, Range<usize>)> = exact(word, &text);
    let best = found.iter().map(|(how, _)| *how).min();
    if let Some(how) = best {
        // Where it begins a word, what stands inside others is not what is meant.
        let meant = found.into_iter().filter(|(other, _)| how == How::Inside || *other < How::Inside);
        return Some(Fit { how, places: meant.map(|(_, place)| place).collect() });
    }
    let places = near(word, &text);
    (!places.is_empty()).then_some(Fit { how: How::Nearly, places })
}

fn is_letter(letters: &[(Range<usize>, char)], at: usize) -> bool {
    letters.get(at).is_some_and(|(_, letter)| letter.is_alphanumeric())
}

fn exact(word: &Word, text: &[(Range<usize>, char)]) -> Vec<(How, Range<usize>)> {
    let mut found = Vec::new();
    for (at, part) in text.windows(word.letters().len()).enumerate() {
        if !part.iter().map(|(_, letter)| letter).eq(word.letters()) {
            continue;
        }
        let end = at + part.len();
        let starts = word.is_unspaced() || at == 0 || !is_letter(text, at - 1);
        let how = match (starts, is_letter(text, end)) {
            (true, false) => How::Whole,
            (true, true) => How::Start,
            (false, _) if word.may_be_inside() => How::Inside,
            (false, _) => continue,
        };
        found.push((how, text[at].0.start..text[end - 1].0.end));
    }
    found
}

/// Words of the text that begin as this one, but for as many slips as it may have.
fn near(word: &Word, text: &[(Range<usize>, char)]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    if word.slips() == 0 {
        return places;
    }
    for other in text.split(|(_, letter)| !letter.is_alphanumeric()).filter(|other| !other.is_empty()) {
        let letters: Vec<char> = other.iter().map(|(_, letter)| *letter).collect();
        if slips(word.letters(), &letters) <= word.slips() {
            places.push(other[0].0.start..other[other.len() - 1].0.end);
        }
    }
    places
}

/// How many letters are wrong, missing, too many or swapped between a word and the beginning of another that is most like it.
fn slips(word: &[char], other: &[char]) -> usize {
    let width = other.len().min(word.len() + 2) + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    for (i, letter) in word.iter().enumerate() {
        let mut row = vec![i + 1; width];
        for j in 1..width {
            let swap = usize::from(*letter != other[j - 1]);
            row[j] = (last[j - 1] + swap).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 0 && j > 1 && *letter == other[j - 2] && word[i - 1] == other[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last.into_iter().min().unwrap_or(word.len())
}

/// A text in pieces, and which of them are what was searched for.
pub fn marked(words: &[Word], text: &str) -> Vec<(String, bool)> {
    let mut places: Vec<Range<usize>> =
        words.iter().filter_map(|word| fit(word, text)).flat_map(|fit| fit.places).collect();
    places.sort_by_key(|place| place.start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for place in places {
        // A mark that shows nothing, or changes the letter before it, belongs to it.
        let start = place.start.max(at);
        let end = place.end + trailing(&text[place.end..]);
        if end <= at {
            continue;
        }
        if start > at {
            pieces.push((text[at..start].to_owned(), false));
        }
        match pieces.last_mut() {
            Some((piece, true)) if start == at => piece.push_str(&text[start..end]),
            _ => pieces.push((text[start..end].to_owned(), true)),
        }
        at = end;
    }
    if at < text.len() {
        pieces.push((text[at..].to_owned(), false));
    }
    pieces
}

/// Bytes of what follows a letter without being one.
fn trailing(rest: &str) -> usize {
    rest.chars().take_while(|c| letters(c.encode_utf8(&mut [0; 4])).is_empty()).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::sought::Sought;
    use proptest::prelude::*;

    fn words(typed: &str) -> Vec<Word> {
        Sought::parse(typed).unwrap().map_or_else(Vec::new, |sought| sought.words().to_vec())
    }

    fn how(typed: &str, text: &str) -> Option<How> {
        fit(&words(typed)[0], text).map(|fit| fit.how)
    }

    fn shown(typed: &str, text: &str) -> String {
        let piece = |(piece, is_meant): (String, bool)| if is_meant { format!("[{piece}]") } else { piece };
        marked(&words(typed), text).into_iter().map(piece).collect()
    }

    #[test]
    fn a_word_is_found_as_one_at_its_beginning_inside_or_with_a_slip() {
        assert_eq!(how("grace", "Grace Hopper"), Some(How::Whole));
        assert_eq!(how("hop", "Grace Hopper"), Some(How::Start));
        assert_eq!(how("rac", "Grace Hopper"), Some(How::Inside));
        assert_eq!(how("garce", "Grace Hopper"), Some(How::Nearly));
        assert_eq!(how("hoper", "Grace Hopper"), Some(How::Nearly));
        assert_eq!(how("lovelasse", "Ada Lovelace"), Some(How::Nearly));
        assert_eq!(how("lovelsa", "Ada Lovelace"), Some(How::Nearly), "before it is typed to its end");
        assert_eq!(how("ra", "Grace Hopper"), None, "two letters begin a word");
        assert_eq!(how("ada", "Ida Rhodes"), None, "three letters have no slips");
        assert_eq!(how("grace", "Linus"), None);
    }

    #[test]
    fn ten_scripts_are_found_as_they_are_folded() {
        for (typed, text, marked) in [
            ("elodie", "Élodie Dupont", "[Élodie] Dupont"),
            ("strasse", "Die Straße", "Die [Straße]"),
            ("istanbul", "İSTANBUL", "[İSTANBUL]"),
            ("ομηροσ", "Ὅμηρος", "[Ὅμηρος]"),
            ("алена", "Алёна", "[Алёна]"),
            ("נחום", "נַחוּם", "[נַחוּם]"),
            ("محمد", "مُحَمَّد علي", "[مُحَمَّد] علي"),
            ("小明", "王小明", "王[小明]"),
            ("ガリ", "ｶﾞﾘﾚｵ", "[ｶﾞﾘ]ﾚｵ"),
            ("철수", "김철수", "김[철수]"),
            ("ram", "Ｒａｍ", "[Ｒａｍ]"),
            ("राम", "राम कुमार", "[राम] कुमार"),
            ("สม", "สมชาย", "[สม]ชาย"),
            ("🚀", "Go 🚀 now", "Go [🚀] now"),
        ] {
            assert_eq!(shown(typed, text), marked);
        }
    }

    #[test]
    fn what_is_meant_is_marked_once() {
        assert_eq!(shown("an", "An ant and a banana"), "[An] [an]t [an]d a banana");
        assert_eq!(shown("acme grace", "Grace, at Acme"), "[Grace], at [Acme]");
        assert_eq!(shown("grace gra", "Grace"), "[Grace]");
        assert_eq!(shown("obrien", "Pat O’Brien"), "Pat [O’Brien]");
        assert_eq!(shown("hopper", "Hoper"), "[Hoper]");
        assert_eq!(shown("x", "<b>x</b>"), "<b>[x]</b>");
    }

    proptest! {
        #[test]
        fn marking_changes_nothing(typed in "\\PC{0,12}", text in "\\PC{0,40}|[aAáß\u{301}’王 ]{0,20}") {
            let pieces = marked(&words(&typed), &text);
            prop_assert_eq!(pieces.iter().map(|(piece, _)| piece.as_str()).collect::<String>(), text);
            prop_assert!(pieces.iter().all(|(piece, _)| !piece.is_empty()));
        }

        #[test]
        fn a_word_is_found_in_itself(word in "[a-zäöüßéА-яα-ω王小明]{3,10}") {
            prop_assert_eq!(how(&word, &format!("x {word} y")), Some(How::Whole));
            prop_assert_eq!(how(&word.to_uppercase(), &word), Some(How::Whole));
        }

        #[test]
        fn one_slip_is_no_matter(word in "[a-z]{5,10}", at in 0usize..5, instead in proptest::char::range('a', 'z')) {
            let mut letters: Vec<char> = word.chars().collect();
            letters[at] = instead;
            prop_assert!(how(&letters.into_iter().collect::<String>(), &word).is_some());
        }
    }
}
