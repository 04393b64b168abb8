//! What people are called: the one place that takes a name apart.

use crate::text::upper_first;

/// Titles, in lower case and without their full stops.
const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "doctor",
    "mr",
    "mister",
    "mrs",
    "ms",
    "miss",
    "mx",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "hon",
    "rabbi",
    "frau",
    "herr",
    "hr",
    "fr",
    "dipl-ing",
    "dipl",
    "dr-ing",
    "mme",
    "mlle",
    "dott",
    "señor",
    "señora",
    "capt",
    "captain",
    "col",
    "lt",
    "sgt",
];

/// Titles only where a full stop follows: 'Ing.' and 'Mag.' in front of a name, 'rer.', 'nat.', 'med.' behind 'Dr.'.
const DOTTED: &[&str] = &[
    "ing", "mag", "sr", "sra", "me", "avv", "arch", "rer", "nat", "med", "phil", "jur", "habil", "h.c", "m.sc", "b.sc",
    "univ", "priv", "doz", "gen",
];

/// What stands behind a name: degrees and generations, in lower case and without full stops.
const BEHIND: &[&str] = &[
    "phd", "md", "mba", "msc", "bsc", "ba", "ma", "rn", "cpa", "pmp", "esq", "jr", "sr", "ii", "iii", "iv", "cfa",
    "dds", "jd", "llm", "llb", "mph", "meng", "beng", "msn", "bsn", "dnp", "do", "dphil", "edd", "cissp", "csm",
    "shrm-cp",
];

/// Small words that begin a surname.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ten", "ter", "zu",
    "el", "al", "bin", "ibn",
];

/// First names of two words: 'servant of ...' alone is no name.
const HALVES: &[&str] = &["abdul", "abdel", "abd", "abu", "عبد", "ابو", "أبو"];

/// What a message greets with: the first name, or what is politest where none can be told.
///
/// Titles, degrees and signs around it are left out. With nothing but a title and one more word, that word is likely a surname, and
/// both stay: 'Frau Müller'. Initials are no first name, a name in Chinese, Japanese or Korean letters is said whole, and where a comma
/// turns the name round, what follows it is the first name.
pub fn first_name(name: &str) -> &str {
    let name = name.trim();
    let given = given_part(name);
    let is_turned = !name.starts_with(given);
    first_of(given, is_turned).or_else(|| first_of(name, false)).unwrap_or(name)
}

/// A name as a letter writes it: 'Rosa Vidal' where it was typed 'rosa vidal' or 'ROSA VIDAL'.
///
/// A name with letters of both kinds is theirs as it stands, and so are words of two capitals, which may be initials.
pub fn in_a_letter(name: &str) -> String {
    let has = |is_case: fn(char) -> bool| name.chars().any(is_case);
    let (shouted, whispered) = (!has(char::is_lowercase), !has(char::is_uppercase));
    if shouted == whispered {
        return name.to_owned();
    }
    let ends_part = |c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '’');
    name.split_inclusive(ends_part)
        .map(|part| {
            let word = part.trim_end_matches(ends_part);
            let is_particle = whispered && PARTICLES.contains(&word) && word.len() < part.len();
            let may_be_initials = shouted && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
            if is_particle || may_be_initials { part.to_owned() } else { upper_first(&part.to_lowercase()) }
        })
        .collect()
}

/// A name without what people put around it: titles before it, degrees behind it, what stands in brackets, and signs. Nothing
/// where nothing else stands there.
pub fn without_titles(name: &str) -> String {
    let mut depth = 0_usize;
    let outside: String = name
        .chars()
        .filter(|c| {
            let is_inside = depth > 0;
            match c {
                '(' | '[' | '{' | '（' => depth += 1,
                ')' | ']' | '}' | '）' => depth = depth.saturating_sub(1),
                _ => return !is_inside,
            }
            false
        })
        .collect();
    let is_shouted = |word: &str| word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
    // 'Do' and 'Ma' are surnames.
    let is_degree = |word: &str| {
        let bare = plain(word).replace('.', "");
        BEHIND.contains(&bare.as_str()) && (!matches!(bare.as_str(), "do" | "ma" | "ba") || is_shouted(word))
    };
    // Behind a comma a word of capitals is a degree: 'PhD, CISM'.
    let mut parts = outside.split([',', '،', '|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return String::new() };
    let is_name = |part: &&str| {
        let mut words = part.split_whitespace();
        !words.all(|word| is_degree(word) || (is_shouted(word) && !is_shouted(first)))
    };
    let whole = std::iter::once(first).chain(parts.filter(is_name)).collect::<Vec<_>>().join(", ");
    let words: Vec<&str> = whole.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let words = &words[titles..];
    let degrees = words.iter().skip(2).rev().take_while(|word| is_degree(word)).count();
    let kept = words[..words.len() - degrees].iter().map(|word| tidy(word));
    kept.collect::<Vec<_>>().join(" ")
}

/// The part of a name with the first name in it: all of 'Ada Byron, PhD', but 'Ada' of 'Byron, Ada'.
fn given_part(name: &str) -> &str {
    let shouted = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let mut parts = name.split([',', '،', '、']).map(str::trim).filter(|part| !part.is_empty());
    let Some(surname) = parts.next() else { return name };
    let is_degree = |word: &str| {
        let is_short = (2..=6).contains(&word.chars().count()) && shouted(word) && !shouted(surname);
        is_short || BEHIND.contains(&plain(word).replace('.', "").as_str())
    };
    let is_name = |part: &&str| {
        let mut words = part.split_whitespace();
        !words.clone().all(is_degree)
            && words.clone().count() <= 4
            && words.all(|word| !word.starts_with(char::is_lowercase) || PARTICLES.contains(&word) || is_title(word))
    };
    parts.find(is_name).unwrap_or(surname)
}

/// The first name in a part of a name; `is_given` where no surname stands in it.
fn first_of(name: &str, is_given: bool) -> Option<&str> {
    let all: Vec<&str> = name.split_whitespace().collect();
    let words: Vec<&str> = all.iter().copied().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let (first, rest) = words[titles..].split_first()?;
    // What is set apart behind the first name is another name of theirs, or an address.
    let rest: Vec<&str> =
        rest.iter().copied().filter(|word| !word.starts_with(['(', '"', '“', '„', '«', '<'])).collect();
    if first.chars().next().is_some_and(is_of_east_asia) {
        let last = rest.iter().take_while(|word| word.chars().next().is_some_and(is_of_east_asia)).last();
        return Some(span(name, first, last.unwrap_or(first)));
    }
    let degrees = rest.iter().rev().take_while(|word| BEHIND.contains(&plain(word).replace('.', "").as_str())).count();
    let rest = &rest[..rest.len() - degrees];
    let Some(last) = rest.last() else {
        // 'Dr. Noether' is nobody's first name.
        let alone = tidy(first);
        return Some(if titles > 0 && !is_given && !is_honour(words[0]) { span(name, words[0], alone) } else { alone });
    };
    if PARTICLES.contains(first) {
        return Some(span(name, first, tidy(last)));
    }
    if HALVES.contains(&first.to_lowercase().as_str()) {
        return Some(span(name, first, tidy(rest[0])));
    }
    if is_initial(first) {
        let full = rest[..rest.len() - 1].iter().find(|word| !is_initial(word));
        return Some(full.map_or_else(|| span(name, first, tidy(last)), |full| tidy(full)));
    }
    Some(tidy(first))
}

/// 'Sir Paul' is said with the first name, so that this may stand without the title.
fn is_honour(title: &str) -> bool {
    matches!(plain(title).as_str(), "sir" | "dame")
}

fn is_title(word: &str) -> bool {
    let bare = plain(word);
    TITLES.contains(&bare.as_str()) || word.ends_with('.') && DOTTED.contains(&bare.as_str())
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace(".-", "-")
}

/// 'J.' and 'J', but not the whole of a name in letters that stand for words.
fn is_initial(word: &str) -> bool {
    let mut letters = word.trim_end_matches('.').chars();
    let (Some(first), None) = (letters.next(), letters.next()) else {
        // 'J.R.R.'
        return word.ends_with('.') && word.split_terminator('.').all(|part| part.chars().count() == 1);
    };
    first.is_uppercase()
}

/// Chinese, Japanese and Korean letters, in which the family's name comes first.
const fn is_of_east_asia(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A word without the signs and marks beside it; accents that are letters of their own stay.
fn tidy(word: &str) -> &str {
    let is_sign = |c: char| {
        c.is_ascii_punctuation()
            || matches!(c, '\u{200D}' | '\u{2010}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}' | '«' | '»' | '®' | '©')
    };
    let word = word.trim_start_matches(|c: char| !c.is_alphabetic());
    let cut = word.trim_end_matches(is_sign);
    // The full stop of an abbreviation belongs to it.
    if is_initial(cut) && word[cut.len()..].starts_with('.') { &word[..=cut.len()] } else { cut }
}

/// The text from one word of `name` to another; both are parts of it.
fn span<'n>(name: &'n str, from: &str, to: &str) -> &'n str {
    let start = from.as_ptr() as usize - name.as_ptr() as usize;
    let end = to.as_ptr() as usize + to.len() - name.as_ptr() as usize;
    name.get(start..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{first_name, in_a_letter, without_titles};

    #[test]
    fn a_letter_neither_shouts_a_name_nor_whispers_it() {
        for (typed, written) in [
            ("rosa", "Rosa"),
            ("ROSA", "Rosa"),
            ("ROSA VIDAL", "Rosa Vidal"),
            ("rosa vidal", "Rosa Vidal"),
            ("anne-marie d'arcy", "Anne-Marie D'Arcy"),
            ("O’BRIEN", "O’Brien"),
            ("maria de la cruz", "Maria de la Cruz"),
            ("van rossum", "van Rossum"),
            ("ÉLODIE", "Élodie"),
            ("ДМИТРИЙ", "Дмитрий"),
            ("JP", "JP"),
            ("J. SMITH", "J. Smith"),
            ("McAllister", "McAllister"),
            ("Ada", "Ada"),
            ("dr. noether", "Dr. Noether"),
            ("محمد", "محمد"),
            ("山田太郎", "山田太郎"),
            ("", ""),
        ] {
            assert_eq!(in_a_letter(typed), written, "{typed}");
        }
    }

    #[test]
    fn a_name_is_taken_out_of_what_stands_around_it() {
        for name in [
            "Bob Stone",
            "Bob Stone, PhD",
            "Dr. Bob Stone",
            "Bob Stone (he/him)",
            "Bob Stone 🚀",
            "🚀 Prof. Dr. Bob Stone MBA, PMP, CISM",
        ] {
            assert_eq!(without_titles(name), "Bob Stone", "{name}");
        }
        for (name, left) in [("Minh Anh Do", "Minh Anh Do"), ("Dr.", ""), ("(she/her)", ""), ("山田太郎", "山田太郎")]
        {
            assert_eq!(without_titles(name), left, "{name}");
        }
    }

    #[test]
    fn everybody_is_called_by_their_first_name() {
        for (name, first) in [
            ("Katherine Johnson", "Katherine"),
            ("  Ada  ", "Ada"),
            ("Anne-Marie d'Arcy", "Anne-Marie"),
            ("Dr. Grace Hopper", "Grace"),
            ("Prof. Dr. Emmy Noether", "Emmy"),
            ("Prof Dr.-Ing. Emmy Noether", "Emmy"),
            ("Dr. rer. nat. Lise Meitner", "Lise"),
            ("Dipl.-Ing. Anna Schmidt", "Anna"),
            ("Mag. Anna Schmidt", "Anna"),
            ("Mr. Alan Turing", "Alan"),
            ("Mx Sam Doe", "Sam"),
            ("Sir Tony Hoare", "Tony"),
            ("Sir Tony", "Tony"),
            ("Frau Erika Müller", "Erika"),
            ("Frau Müller", "Frau Müller"),
            ("Dr. Noether", "Dr. Noether"),
            ("Dr.", "Dr."),
            ("Ada Byron, PhD", "Ada"),
            ("Ada Byron PhD", "Ada"),
            ("Ada Byron, M.D., MBA", "Ada"),
            ("Ada Byron, SHRM", "Ada"),
            ("Byron, Ada", "Ada"),
            ("Byron, Dr. Ada", "Ada"),
            ("BYRON, ADA", "ADA"),
            ("Byron, Ada, PhD", "Ada"),
            ("Garcia Lopez, Maria", "Maria"),
            ("de la Cruz, Maria", "Maria"),
            ("Jonas Weber, leads analytics", "Jonas"),
            ("Ada,", "Ada"),
            ("Maria de la Cruz", "Maria"),
            ("de la Cruz", "de la Cruz"),
            ("van Rossum", "van Rossum"),
            ("J. Smith", "J. Smith"),
            ("J Smith", "J Smith"),
            ("J. R. R. Tolkien", "J. R. R. Tolkien"),
            ("J.R.R. Tolkien", "J.R.R. Tolkien"),
            ("J. Robert Oppenheimer", "Robert"),
            ("Mary J. Blige", "Mary"),
            ("JP Morgan", "JP"),
            ("Robert \"Bob\" Smith", "Robert"),
            ("Wei Li (李伟)", "Wei"),
            ("(Kate) Johnson", "Kate"),
            ("👩🏽‍💻 Dev", "Dev"),
            ("👩🏽‍💻 Dev Patel", "Dev"),
            ("🚀Dev Patel", "Dev"),
            ("Dev🚀 Patel", "Dev"),
            ("Jose\u{301} Diaz", "Jose\u{301}"),
            ("محمد الخوارزمي", "محمد"),
            ("عبد الله حسن", "عبد الله"),
            ("Abdul Rahman Khan", "Abdul Rahman"),
            ("\u{200F}محمد", "محمد"),
            ("山田太郎", "山田太郎"),
            ("山田 太郎", "山田 太郎"),
            ("김민수", "김민수"),
            ("दीपक् शर्मा", "दीपक्"),
            ("e", "e"),
            ("🚀", "🚀"),
            ("", ""),
        ] {
            assert_eq!(first_name(name), first, "{name}");
        }
    }
}
