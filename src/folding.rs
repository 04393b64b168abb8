//! The one folded form of a name or a text: what differs only in case, accents, apostrophes, width or composition is one.
//!
//! Names are found, put in order and compared by it. Folding is done here alone: what the database keeps of it (`name_folded`)
//! is written by the program, and a search carries every spelling that folds alike in its [`pattern`], so that texts are
//! searched as they were written.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

pub mod words;

/// Raised whenever [`folded`], the keys of companies, profiles or e-mail addresses change: what is stored of them is then
/// written anew at the next start.
pub const RULES: i32 = 3;

/// The folded form: `Álvaro O’Brien`, `ÁLVARO OBRIEN` in any composition and `ａｌｖａｒｏ o'brien` are all `alvaro obrien`.
///
/// Accents of the Latin, Greek and Cyrillic scripts and the points of Hebrew and Arabic don't count, as people leave them
/// out; in other scripts the marks are letters and stay. Of a text of nothing but such signs the signs are its form.
pub fn folded(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    text.chars()
        .filter(|c| !is_apostrophe(*c))
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .for_each(|c| unify(c, |letter| letters.push(letter)));
    let composed = one_spaced(letters.nfc());
    if composed.is_empty() {
        // Signs only: case and composition are all there is to fold, again and again to the same.
        one_spaced(text.nfkc().flat_map(char::to_lowercase).nfkc())
    } else {
        composed
    }
}

/// The letters of a text as they are compared, each with the bytes of the text it stands for. Marks that are letters of their
/// own stand apart from the letter they follow.
pub fn letters(text: &str) -> Vec<(Range<usize>, char)> {
    let mut letters = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| !is_apostrophe(*c)) {
        let bytes = at..at + c.len_utf8();
        let unified = std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd();
        unified.for_each(|c| unify(c, |letter| letters.push((bytes.clone(), letter))));
    }
    letters
}

/// Hands over the letters that a decomposed one is compared as.
fn unify(c: char, mut push: impl FnMut(char)) {
    match c {
        'ß' => ['s', 's'].into_iter().for_each(push),
        'æ' => ['a', 'e'].into_iter().for_each(push),
        'œ' => ['o', 'e'].into_iter().for_each(push),
        'þ' => ['t', 'h'].into_iter().for_each(push),
        'ø' => push('o'),
        'đ' | 'ð' => push('d'),
        'ł' => push('l'),
        'ħ' => push('h'),
        'ŧ' => push('t'),
        'ı' => push('i'),
        'ς' => push('σ'),
        'ی' => push('ي'),
        'ک' => push('ك'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => push('-'),
        '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}' => push('"'),
        c if is_apostrophe(c) || is_unsaid(c) => {}
        c => push(c),
    }
}

/// The folded form as far as a column and its index hold it.
pub fn sorted_by(text: &str) -> String {
    folded(text).chars().take(300).collect()
}

fn one_spaced(letters: impl Iterator<Item = char>) -> String {
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whatever keyboards and programs write for an apostrophe, and the letters that look like one.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{B4}' | '\u{2B9}'..='\u{2BF}' | '\u{2C8}' | '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2035}' | '\u{FF07}' | '\u{FF40}')
}

/// Accents and points that people leave out, and marks that show nothing.
fn is_unsaid(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Letters of a search that are looked for; whoever types more has found it before.
const SOUGHT: usize = 80;

/// A regular expression, in PostgreSQL's advanced form, that finds the words anywhere in a text in any spelling that folds
/// to the same. No letter of it has a meaning of its own.
pub fn pattern(sought: &str) -> String {
    let sought: Vec<char> = folded(sought).chars().take(SOUGHT).collect();
    let mut pattern = String::new();
    let mut at = 0;
    while let Some(letter) = sought.get(at) {
        let ligature = SPELLINGS.ligatures.iter().find(|(long, _)| sought[at..].starts_with(long));
        if let Some((long, short)) = ligature {
            pattern.push_str("(?:");
            long.iter().for_each(|letter| write_letter(&mut pattern, *letter));
            pattern.push('|');
            write_class(&mut pattern, short);
            pattern.push_str(&SPELLINGS.between);
            pattern.push(')');
            at += long.len();
        } else {
            write_letter(&mut pattern, *letter);
            at += 1;
        }
    }
    pattern
}

/// One letter in all its spellings, composed or not, and the marks that may follow it.
fn write_letter(pattern: &mut String, letter: char) {
    let parts: Vec<char> = std::iter::once(letter).nfd().collect();
    let spellings = SPELLINGS.letters.get(&letter).map_or(&[][..], Vec::as_slice);
    let all = |letter: char, more: &[char]| std::iter::once(letter).chain(more.iter().copied()).collect::<Vec<_>>();
    if parts.len() > 1 {
        pattern.push_str("(?:");
        write_class(pattern, &all(letter, spellings));
        pattern.push('|');
        for part in parts {
            let more = SPELLINGS.letters.get(&part).map_or(&[][..], Vec::as_slice);
            write_class(pattern, &all(part, more));
        }
        pattern.push(')');
    } else {
        write_class(pattern, &all(letter, spellings));
    }
    if letter == ' ' {
        pattern.push('+');
    }
    pattern.push_str(&SPELLINGS.between);
}

fn write_class(pattern: &mut String, letters: &[char]) {
    pattern.push('[');
    for letter in letters {
        // Writing to a string cannot fail.
        let _ = write!(pattern, "\\U{:08X}", u32::from(*letter));
    }
    pattern.push(']');
}

/// Letters in their order as ranges of a class.
fn ranges(letters: &[char]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for letter in letters.iter().copied().map(u32::from) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == letter => *last = letter,
            _ => ranges.push((letter, letter)),
        }
    }
    ranges.iter().map(|(first, last)| format!("\\U{first:08X}-\\U{last:08X}")).collect()
}

/// What folds to what, the other way round.
struct Spellings {
    /// The other letters that fold to a letter.
    letters: HashMap<char, Vec<char>>,
    /// Letters that fold to several, the longest first: `ß`, `æ`, `ﬃ`.
    ligatures: Vec<(Vec<char>, Vec<char>)>,
    /// What may stand after any letter without being one.
    between: String,
}

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    // Where letters with other spellings are; not the ideographs and syllables, which are their own.
    let blocks =
        [0..=0x33FF, 0xA640..=0xABFF, 0xF900..=0xFFEF, 0x10400..=0x104FF, 0x1D400..=0x1D7FF, 0x1E900..=0x1E95F];
    let mut letters: HashMap<char, Vec<char>> = HashMap::new();
    let mut ligatures: HashMap<Vec<char>, Vec<char>> = HashMap::new();
    let mut between = Vec::new();
    for c in blocks.into_iter().flatten().filter_map(char::from_u32) {
        if is_apostrophe(c) || is_unsaid(c) {
            between.push(c);
        } else if c.is_whitespace() {
            letters.entry(' ').or_default().push(c);
        } else if !c.is_control() {
            let form: Vec<char> = folded(c.encode_utf8(&mut [0; 4])).chars().collect();
            match form[..] {
                [one] if one != c => letters.entry(one).or_default().push(c),
                [_] | [] => {}
                _ => ligatures.entry(form).or_default().push(c),
            }
        }
    }
    let mut ligatures: Vec<_> = ligatures.into_iter().collect();
    ligatures.sort_by_key(|(long, _)| (std::cmp::Reverse(long.len()), long.clone()));
    Spellings { letters, ligatures, between: format!("[{}]*", ranges(&between)) }
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (spellings, form) in [
            (
                &["Álvaro Núñez", "alvaro nunez", "ÁLVARO  NÚÑEZ", "A\u{301}lvaro Nu\u{301}n\u{303}ez"][..],
                "alvaro nunez",
            ),
            (&["O’Brien", "o'brien", "OBrien", "O´Brien", "O`Brien", "OʼBRIEN", "O＇Brien"], "obrien"),
            (&["Ｆｕｌｌｗｉｄｔｈ", "fullwidth"], "fullwidth"),
            (&["Straße", "STRASSE", "STRAẞE"], "strasse"),
            (&["Øystein Łukasz Æsir", "oystein lukasz aesir"], "oystein lukasz aesir"),
            (&["İstanbul", "ISTANBUL", "ıstanbul"], "istanbul"),
            (&["Όμηρος", "ΟΜΗΡΟΣ", "ομηροσ"], "ομηροσ"),
            (&["Алёна", "АЛЕНА"], "алена"),
            (&["Նարեկ", "ՆԱՐԵԿ"], "նարեկ"),
            (&["שָׁלוֹם", "שלום"], "שלום"),
            (&["مُحَمَّد", "محمد", "محـمد"], "محمد"),
            (&["ガリレオ", "ｶﾞﾘﾚｵ", "カ\u{3099}リレオ"], "ガリレオ"),
            (&["김철수", "\u{1100}\u{1175}\u{11B7}철수"], "김철수"),
            (&["Jean‑Luc", "Jean-Luc", "JEAN–LUC"], "jean-luc"),
            (&["Ada\u{A0}\u{2003}King", "ada king"], "ada king"),
            (&["'"], "'"),
        ] {
            for spelling in spellings {
                assert_eq!(folded(spelling), form, "{spelling:?}");
            }
        }
        assert_ne!(folded("カ"), folded("ガ"));
        assert_ne!(folded("कि"), folded("कु"), "marks that are letters");
    }

    #[test]
    fn names_stand_in_the_order_of_their_letters() {
        let mut names = ["Zoe", "Özlem", "Álvaro", "Élodie", "bob", "Øystein"];
        names.sort_by_key(|name| folded(name));
        assert_eq!(names, ["Álvaro", "bob", "Élodie", "Øystein", "Özlem", "Zoe"]);
    }

    proptest! {
        #[test]
        fn folding_is_done_once(text in "\\PC{0,12}|[a-zİΣςßéẞıŁ'’´` \u{300}-\u{310}]{0,12}") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn composition_and_case_do_not_count(text in "[a-zA-ZäéñøßŁΑ-ωа-я' -]{0,16}") {
            prop_assert_eq!(folded(&text.nfd().collect::<String>()), folded(&text));
            prop_assert_eq!(folded(&text.to_uppercase()), folded(&text));
        }

        #[test]
        fn a_pattern_holds_nothing_of_what_was_typed(text in "\\PC{0,20}") {
            let plain = |c: char| c.is_ascii_hexdigit() || "[]\\U(?:|)+*-".contains(c);
            prop_assert!(pattern(&text).chars().all(plain));
        }
    }
}
