//! Reads what the program says as a proof-reader would, in tests: the one who receives it should never see a machine behind it.
//!
//! ```ignore
//! assert_eq!(proofread("They accepted today. Ask while it's fresh.", &Circumstances::default()), []);
//! ```

/// What a proof-reader would mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 'I am I build', 'I am my'.
    Subject(String),
    /// 'the the'.
    DoubledWord(String),
    /// 'Inc..', '?.', ',,'.
    DoubledMark(String),
    /// Two spaces in a line, or a space before a mark.
    Space(String),
    /// A sentence that begins small.
    SmallBeginning(String),
    /// A capital in the middle of a sentence, where no name stands.
    Capital(String),
    /// 'a analyst', 'an nurse'.
    Article(String),
    /// A brace, or a bracket that is no gap.
    Brace(String),
    /// An address in the place of a name.
    Address(String),
    /// A title without its name: 'for Dr.'.
    Title(String),
    /// The reader is spoken of to the reader.
    Reader(String),
    /// 'today' of another day.
    Today(String),
    /// A claim about what works, or that someone said something, which nobody vouches for.
    Claim(&'static str),
}

/// What is known about a text besides its words.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The first name of the one who reads it, where it goes to someone; after the greeting it stands nowhere.
    pub reader: &'a str,
    /// Names and other words that are spelled as they are, in any place. Capitals are looked at only where there are some.
    pub names: &'a [&'a str],
    /// What may stand in square brackets.
    pub gaps: &'a [&'a str],
    /// Whether what happened, happened today.
    pub is_today: bool,
}

impl Default for Circumstances<'_> {
    fn default() -> Self {
        Self { reader: "", names: &[], gaps: &[], is_today: true }
    }
}

/// Words about what works, or about what someone feels, that need a source or someone who said them.
const CLAIMS: [&str; 15] = [
    "speaks warmly",
    "spoke warmly",
    "accepted more often",
    "read more often",
    "answered more",
    "answer sooner",
    "answers sooner",
    "likelier",
    "more likely",
    "counts for more",
    "works better",
    "works best",
    "most people",
    "studies show",
    "opens doors",
];

/// What cannot follow 'I am'.
const NOT_AFTER_I_AM: [&str; 16] =
    ["i", "i'm", "i’m", "i've", "i’ve", "i'd", "my", "we", "our", "am", "as", "you", "they", "is", "are", "was"];

const TITLES: [&str; 14] =
    ["Dr.", "Prof.", "Mr.", "Mrs.", "Ms.", "Mx.", "Dr", "Prof", "Mr", "Mrs", "Ms", "Frau", "Herr", "Dipl.-Ing."];

/// What has capitals in any text.
const CAPITALS: [&str; 25] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "LinkedIn",
    "Inroad",
    "English",
    "German",
    "Python",
    "Google",
];

/// Words that end in a full stop inside a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "inc.",
    "ltd.",
    "co.",
    "corp.",
    "llc.",
    "bros.",
    "jr.",
    "sr.",
    "st.",
    "dr.",
    "prof.",
    "mr.",
    "mrs.",
    "ms.",
    "mx.",
    "dipl.-ing.",
    "e.g.",
    "i.e.",
    "etc.",
    "e.v.",
    "ph.d.",
    "no.",
];

/// Everything a proof-reader would mark in `text`, in the order of the rules; empty where it reads well.
pub fn proofread(text: &str, about: &Circumstances<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    brackets(text, about, &mut faults);
    // What stands open may become any word.
    let text = about.gaps.iter().fold(text.to_owned(), |text, gap| text.replace(&format!("[{gap}]"), "0"));
    for line in text.lines() {
        marks(line, &mut faults);
        words(line, &mut faults);
        addresses(line, &mut faults);
        beginnings(line, about, &mut faults);
    }
    let lower = text.to_lowercase();
    faults.extend(CLAIMS.iter().filter(|claim| lower.contains(*claim)).map(|claim| Fault::Claim(claim)));
    let is_word = |word: &str| tokens(&text).any(|token| bare(token).eq_ignore_ascii_case(word));
    if !about.is_today {
        let said = ["today", "tonight"].into_iter().filter(|word| is_word(word));
        faults.extend(said.map(|word| Fault::Today(word.to_owned())));
    }
    if !about.reader.is_empty() {
        let greeting = text.find(',').filter(|end| text[..*end].contains(about.reader) && *end < 80);
        let after = greeting.map_or(text.as_str(), |end| &text[end..]);
        let named = tokens(after).find(|token| whose(token) == about.reader);
        faults.extend(named.map(|token| Fault::Reader(token.to_owned())));
    }
    faults
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// A word without the marks around it.
fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A word without the marks around it and without the ending that says whose something is.
fn whose(token: &str) -> &str {
    let word = bare(token);
    word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word)
}

fn is_address(token: &str) -> bool {
    let at = token.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    at || token.contains("://") || token.contains("www.") || token.contains("/in/")
}

fn is_abbreviation(token: &str) -> bool {
    let word = token.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let word = word.trim_end_matches([',', '?', ';', ':', ')', '\'', '’', '"']);
    let is_initial = word.chars().count() == 2 && word.ends_with('.') && word.starts_with(char::is_alphabetic);
    is_initial || ABBREVIATIONS.contains(&word)
}

fn brackets(text: &str, about: &Circumstances<'_>, faults: &mut Vec<Fault>) {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '[', ']']) {
        let tail = &rest[at..];
        match about
            .gaps
            .iter()
            .find(|gap| tail.strip_prefix('[').is_some_and(|tail| tail.starts_with(&format!("{gap}]"))))
        {
            Some(gap) => rest = &tail[gap.len() + 2..],
            None => {
                faults.push(Fault::Brace(tail.chars().take(20).collect()));
                rest = &tail[1..];
            }
        }
    }
}

fn marks(line: &str, faults: &mut Vec<Fault>) {
    const MARKS: [char; 6] = ['.', ',', '!', '?', ';', ':'];
    for token in tokens(line).filter(|token| !is_address(token)) {
        let letters: Vec<char> = token.chars().collect();
        let doubled = letters.windows(2).enumerate().any(|(at, pair)| {
            let after_abbreviation = || is_abbreviation(&letters[..=at].iter().collect::<String>());
            MARKS.contains(&pair[0])
                && MARKS.contains(&pair[1])
                && !(pair[0] == '.' && pair[1] != '.' && pair[1] != '!' && after_abbreviation())
        });
        if doubled {
            faults.push(Fault::DoubledMark(token.to_owned()));
        }
        if token.starts_with(MARKS) {
            faults.push(Fault::Space(token.to_owned()));
        }
    }
    if line.trim_end().contains("  ") || line.trim_end() != line || (line.starts_with(' ') && !line.trim().is_empty()) {
        faults.push(Fault::Space(line.to_owned()));
    }
}

fn words(line: &str, faults: &mut Vec<Fault>) {
    let tokens: Vec<&str> = tokens(line).collect();
    for (at, pair) in tokens.windows(2).enumerate() {
        let (one, two) = (pair[0], pair[1]);
        let is_word = two.starts_with(char::is_alphabetic) && one.ends_with(char::is_alphabetic);
        if is_word && bare(one).to_lowercase() == bare(two).to_lowercase() {
            faults.push(Fault::DoubledWord(format!("{one} {two}")));
        }
        let says_i_am = at > 0 && bare(tokens[at - 1]) == "I" && one == "am" || matches!(bare(one), "I'm" | "I’m");
        if says_i_am && NOT_AFTER_I_AM.contains(&bare(two).to_lowercase().as_str()) {
            faults.push(Fault::Subject(format!("{one} {two}")));
        }
        let next = bare(two).to_lowercase();
        let sounds_open = next.starts_with(['a', 'e', 'i', 'o', 'u'])
            && !["uni", "use", "usu", "eur", "one", "once", "ui", "ux"].iter().any(|start| next.starts_with(start));
        let is_plain = next.len() > 2 && two.starts_with(|c: char| c.is_ascii_lowercase());
        match bare(one).to_lowercase().as_str() {
            "a" if is_plain && sounds_open && one != "A." => faults.push(Fault::Article(format!("{one} {two}"))),
            "an" if is_plain
                && !sounds_open
                && !["hour", "honest", "honor", "honour", "heir"].iter().any(|h| next.starts_with(h)) =>
            {
                faults.push(Fault::Article(format!("{one} {two}")));
            }
            _ => {}
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let title = token.trim_end_matches([',', '?', '!', ':', ';', ')']);
        let title = title.strip_suffix("'s").or(title.strip_suffix("’s")).unwrap_or(title);
        let is_title = TITLES.contains(&title.trim_start_matches('('));
        let has_name = title == *token && tokens.get(at + 1).is_some_and(|next| next.starts_with(char::is_uppercase));
        if is_title && !has_name {
            faults.push(Fault::Title((*token).to_owned()));
        }
    }
}

/// An address stands alone in its line, or after a colon; anywhere else a name was meant.
fn addresses(line: &str, faults: &mut Vec<Fault>) {
    let tokens: Vec<&str> = tokens(line).collect();
    for (at, token) in tokens.iter().enumerate() {
        let is_announced = at == 0 && tokens.len() == 1 || at > 0 && tokens[at - 1].ends_with([':', ',']);
        if is_address(token) && !is_announced {
            faults.push(Fault::Address((*token).to_owned()));
        }
    }
}

/// How sentences begin, and that nothing in them looks like a beginning.
fn beginnings(line: &str, about: &Circumstances<'_>, faults: &mut Vec<Fault>) {
    let named = |word: &str| {
        about
            .names
            .iter()
            .any(|name| *name == word || tokens(name).any(|part| whose(part) == word || bare(part) == word))
    };
    let line = line.trim_start_matches(['-', '•', ' ']);
    let (mut begins, mut may_be_capital) = (true, true);
    for token in tokens(line) {
        let word = whose(token);
        let first = word.chars().next();
        let is_free = first.is_none_or(|c| !c.is_alphabetic()) || is_address(token) || named(word);
        if begins && !is_free && first.is_some_and(char::is_lowercase) {
            faults.push(Fault::SmallBeginning(token.to_owned()));
        }
        let looks_like_a_beginning = first.is_some_and(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_lowercase() || !c.is_alphabetic())
            && word != "I"
            && !word.starts_with("I'")
            && !word.starts_with("I’");
        let is_quoted = token.starts_with(['\'', '‘', '“', '"', '(']);
        if !about.names.is_empty()
            && !begins
            && !may_be_capital
            && !is_quoted
            && looks_like_a_beginning
            && !is_free
            && !CAPITALS.contains(&word)
        {
            faults.push(Fault::Capital(token.to_owned()));
        }
        let end = token.trim_end_matches(['\'', '’', '”', '"', ')']);
        // 'Inc.' may end a sentence or not: what follows may be either.
        begins = end.ends_with(['.', '!', '?']) && !is_abbreviation(end);
        may_be_capital = end.ends_with(':') || is_abbreviation(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Fault> {
        proofread(text, &Circumstances::default())
    }

    #[test]
    fn good_words_pass() {
        let about = Circumstances {
            reader: "Katherine",
            names: &["Katherine", "Acme, Inc.", "Ada Byron", "adidas"],
            gaps: &["why them"],
            is_today: false,
        };
        for text in [
            "Hello Katherine,\n\nI am a nurse of six years. I work at Acme, Inc. and would like to hear how you do it.\n\nAda Byron",
            "Hello Katherine, because [why them]. May I connect?",
            "How are things at Acme, Inc.?\n\nAcme, Inc., that is",
            "We connect here: https://meet.example/ada\n- Thursday 3 December at 10:00\nadidas is near.",
            "Would Monday, 5 May, suit you? An hour, a unit, a one-off, an honest word.",
        ] {
            assert_eq!(proofread(text, &about), [], "{text}");
        }
    }

    #[test]
    fn each_kind_of_fault_is_found() {
        let found = |text: &str| read(text).into_iter().next();
        let is = |text: &str, fault: fn(String) -> Fault, mark: &str| {
            assert_eq!(found(text), Some(fault(mark.to_owned())), "{text}");
        };
        is("I am I build dashboards.", Fault::Subject, "am I");
        is("Hello, I'm my own.", Fault::Subject, "I'm my");
        is("I am as a nurse.", Fault::Subject, "am as");
        is("How is the the work?", Fault::DoubledWord, "the the");
        is("The the work.", Fault::DoubledWord, "The the");
        for (text, mark) in [
            ("Work at Acme, Inc.. I am.", "Inc.."),
            ("At Yahoo!. I am.", "Yahoo!."),
            ("Who??", "Who??"),
            ("Well,, so.", "Well,,"),
            ("Stay..., so.", "Stay...,"),
        ] {
            is(text, Fault::DoubledMark, mark);
        }
        is("Well , so.", Fault::Space, ",");
        is("Well,  so.", Fault::Space, "Well,  so.");
        is("So it is. and so.", Fault::SmallBeginning, "and");
        is("so it is.", Fault::SmallBeginning, "so");
        is("I am a analyst.", Fault::Article, "a analyst.");
        is("I am an nurse.", Fault::Article, "an nurse.");
        is("Hello {first_name}.", Fault::Brace, "{first_name}.");
        is("I am [who you are].", Fault::Brace, "[who you are].");
        is("Hello https://www.linkedin.com/in/rosa/, well.", Fault::Address, "https://www.linkedin.com/in/rosa/,");
        is("Ask ada@example.org.", Fault::Address, "ada@example.org.");
        is("At 10:00 for Dr.", Fault::Title, "Dr.");
        is("It is Dr.’s time.", Fault::Title, "Dr.’s");
        is("Hello Prof., well.", Fault::Title, "Prof.,");
        assert_eq!(read("A note is accepted more often."), [Fault::Claim("accepted more often")]);
    }

    #[test]
    fn circumstances_are_minded() {
        let about =
            Circumstances {
                reader: "Élodie", names: &["Élodie", "Ada"], is_today: false, ..Circumstances::default()
            };
        let found = |text: &str| proofread(text, &about);
        assert_eq!(found("Hello Élodie, I will send Élodie my sample."), [Fault::Reader("Élodie".into())]);
        assert_eq!(found("Hello Élodie, I read Élodie's book."), [Fault::Reader("Élodie's".into())]);
        assert_eq!(found("Thank you for your time today."), [Fault::Today("today".into())]);
        assert_eq!(found("I like Data analyst work."), [Fault::Capital("Data".into())]);
        assert_eq!(read("I like Data analyst work."), []);
    }
}
