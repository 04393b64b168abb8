//! How what someone wrote down reads inside a sentence: its marks, its capitals, and whom it speaks of.

use crate::text::lower_first;

/// Words that end in a full stop of their own.
const ABBREVIATIONS: &str = "inc ltd co corp llc bros jr sr st etc e.v ph.d m.d b.sc m.sc b.a m.a u.s u.k e.g i.e a.m p.m s.a s.r.l s.p.a \
    n.v b.v a.g k.g pty dr prof";

/// What keeps its capital wherever it stands, as far as people who look for work write of it.
const PROPER: &str = "Adobe Africa African Airtable Amazon America American Android Angular Apache Apple April Arabic Asia Asian \
    August Australia Australian Austria Azure Berlin Brazil Britain British Brussels Canada Canadian Chicago China \
    Chinese Christmas December Django Docker Dublin Dutch Easter Elixir England English Europe European Excel \
    February Figma Flutter France French Friday German Germany Google Greek Hamburg Haskell Hindi India Indian \
    Ireland Irish Italian Italy January Japan Japanese Java Jira July June Kafka Korean Kotlin Kubernetes Leeds \
    Linux London Madrid Microsoft Monday Munich Norway November October Oracle Oxford Paris Photoshop Poland \
    Polish Portuguese Postgres Python React Russian Rust Saturday Scala Scotland Scottish Salesforce September \
    Shopify Sketch Spain Spanish Spark Sunday Sweden Swedish Swift Swiss Tableau Terraform Thursday Tuesday \
    Turkish Unity Unix Vienna Wednesday Welsh Windows WordPress Zurich";

/// What begins a note more often than any name does.
const PLAIN: &str = "a an the this that these those there they their it its you your we our he she his her my in on at to for from \
    of by with without after before about how what when where why who which if as and but not no most many more \
    some all every each both people everyone nobody someone one two three start send read ask write call email \
    mail introduce meet join share forward look check try learn apply follow visit tell show find get give make \
    put keep take talk speak contact connect message bring watch build use go do be come let help recommend refer \
    mention finish prepare review rewrite study practise practice thank invite pass point update";

/// Verbs of which a capital before them tells that a name stands there.
const VERBS: &str = "is was has had does did said says told will would can could and or knows works thinks";

/// Whether a word stands in a list of words.
pub(super) fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…')
}

/// The last word, without marks beside it.
fn last_word(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric())
}

fn ends_in_abbreviation(text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    let word = last_word(text).to_lowercase();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    is_initial || among(ABBREVIATIONS, &word)
}

/// Without the marks at its end, but for the full stop of an abbreviation: 'Acme, Inc.' stays, 'It helps...' does not.
pub fn unended(text: &str) -> &str {
    let text = text.trim();
    let cut = text.trim_end_matches(|c: char| is_end_mark(c) || c.is_whitespace());
    let with_stop = text.get(..cut.len() + 1).filter(|with_stop| ends_in_abbreviation(with_stop));
    if cut.is_empty() { text } else { with_stop.unwrap_or(cut) }
}

/// Whether a sentence ends here, a quotation or bracket behind its mark included.
pub fn is_ended(text: &str) -> bool {
    text.trim_end().trim_end_matches(['\'', '"', '’', '”', ')']).ends_with(['.', '!', '?', '…'])
}

/// As a sentence ends.
pub fn ended(text: &str) -> String {
    let text = text.trim();
    if is_ended(text) { text.to_owned() } else { format!("{}.", unended(text)) }
}

/// 'SQL', 'iOS', 'dbt2', 'O'Neill': a spelling that is no beginning of a sentence.
fn has_a_spelling_of_its_own(word: &str) -> bool {
    let rest = word.chars().skip(1);
    !word.is_empty() && rest.clone().next().is_none() && word != "A"
        || rest.into_iter().any(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_i(word: &str) -> bool {
    word == "I" || word.starts_with("I'") || word.starts_with("I’")
}

fn is_proper(word: &str) -> bool {
    let stem = word.split('-').next().unwrap_or(word);
    // 'Mondays'.
    let stem = stem.strip_suffix('s').filter(|one| among(PROPER, one)).unwrap_or(stem);
    is_i(word) || word.split('-').any(has_a_spelling_of_its_own) || among(PROPER, word) || among(PROPER, stem)
}

/// A note as it reads in the middle of a sentence: in lower case, where no name or abbreviation begins it, and without a full stop.
pub fn inside(note: &str) -> String {
    let text = without_stop(note);
    let mut words = text.split_whitespace();
    let (first, next) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let word = bare(first);
    let is_plain = among(PLAIN, &word.to_lowercase());
    let is_name = is_proper(word)
        || first.ends_with("'s")
        || first.ends_with("’s")
        || next.starts_with(char::is_uppercase) && !is_i(next)
        || among(VERBS, next)
        || next.ends_with("ed") && next.len() > 4;
    if is_i(word) || (is_name && !is_plain) || (is_plain && has_a_spelling_of_its_own(word)) {
        text.to_owned()
    } else {
        lower_first(text)
    }
}

/// A note as it begins a sentence: 'iOS developer' stays.
pub fn beginning(note: &str) -> String {
    let first = note.split_whitespace().next().unwrap_or_default();
    let mut letters = note.chars();
    match letters.next() {
        Some(letter) if !has_a_spelling_of_its_own(bare(first)) => letter.to_uppercase().chain(letters).collect(),
        _ => note.to_owned(),
    }
}

/// Something to do, which begins with a verb, as it reads after 'I will' or 'you offered to'.
pub fn action(note: &str) -> String {
    let text = without_stop(note);
    let first = text.split_whitespace().next().unwrap_or_default();
    if is_proper(bare(first)) { text.to_owned() } else { lower_first(text) }
}

/// The title of a job as it reads in the middle of a sentence: 'Data Analyst' is 'data analyst' there, 'BI analyst' and 'iOS developer'
/// stay.
pub fn role(title: &str) -> String {
    let words: Vec<String> = unended(title)
        .split_whitespace()
        .map(|word| {
            let bare = bare(word);
            if is_proper(bare) && !matches!(bare, "I") { word.to_owned() } else { small_inside(word) }
        })
        .collect();
    words.join(" ")
}

/// 'Analyst/Researcher', '(Senior)' and 'Co-Founder' in lower case throughout.
fn small_inside(word: &str) -> String {
    let spelled = |part: &str| has_a_spelling_of_its_own(part) || among(PROPER, part);
    let parts = word.split(|c: char| !c.is_alphanumeric());
    if parts.clone().filter(|part| !part.is_empty()).any(spelled) { word.to_owned() } else { word.to_lowercase() }
}

/// Without a full stop or comma at the end; a question mark stays.
fn without_stop(text: &str) -> &str {
    let text = text.trim();
    if text.ends_with(['?', '!']) { text } else { unended(text) }
}

/// What was noted of someone, said to them: 'Send Élodie her sample' is 'Send you your sample'.
///
/// `first` and `whole` are their names. 'Her' and 'him' are taken to be them as long as nobody else is named.
pub fn to_reader(note: &str, first: &str, whole: &str) -> String {
    let note = if whole.is_empty() { note.to_owned() } else { note.replace(whole, first) };
    let pieces: Vec<&str> = note.split_inclusive(char::is_whitespace).collect();
    let names = |word: &str| !first.is_empty() && word == first;
    let others = pieces.iter().enumerate().any(|(at, piece)| {
        let word = whose(bare(piece)).0;
        let begins = at == 0 || pieces[at - 1].trim_end().ends_with(['.', '!', '?', ':']);
        !begins && word.starts_with(char::is_uppercase) && !is_proper(word) && !names(word)
    });
    let mut said = String::new();
    let mut verb_follows = false;
    for (at, piece) in pieces.iter().enumerate() {
        let token = bare(piece);
        let (word, is_whose) = whose(token);
        let next = pieces.get(at + 1).map(|next| bare(next)).unwrap_or_default();
        let before = at.checked_sub(1).map(|at| pieces[at].trim_end()).unwrap_or_default();
        let begins_clause = before.is_empty()
            || before.ends_with(['.', '!', '?', ':', ',', ';'])
            || ["that", "because", "if", "when", "where", "what", "how", "why", "which", "and", "as", "while"]
                .contains(&before.to_lowercase().as_str());
        let by_name = names(word) && !(next.starts_with(char::is_uppercase) && !is_i(next) && !is_whose);
        let mut subject = false;
        let you = if by_name {
            subject = !is_whose && begins_clause && next.starts_with(char::is_lowercase);
            Some(if is_whose { "your" } else { "you" })
        } else if others {
            None
        } else {
            let object = [
                "", "my", "a", "an", "the", "for", "about", "to", "if", "whether", "how", "what", "when", "on", "in",
                "at", "and", "or", "again", "that", "who", "why", "where", "by", "with", "some", "once", "next",
                "this",
            ];
            match token.to_lowercase().as_str() {
                "he" | "she" => {
                    subject = true;
                    Some("you")
                }
                "him" => Some("you"),
                "his" => Some("your"),
                "her" if object.contains(&next) || piece.trim_end().ends_with(is_end_mark) => Some("you"),
                "her" => Some("your"),
                _ => None,
            }
        };
        match you {
            Some(you) => {
                let (opening, closing) = piece.split_once(token).unwrap_or_default();
                let sentence = before.is_empty() || before.ends_with(['.', '!', '?']);
                let you = if sentence { you.replacen('y', "Y", 1) } else { you.to_owned() };
                said.push_str(opening);
                said.push_str(&you);
                said.push_str(closing);
                verb_follows = subject && !closing.starts_with(is_end_mark);
            }
            None if verb_follows => {
                said.push_str(&piece.replacen(token, &second_person(token), 1));
                verb_follows = matches!(
                    token,
                    "also" | "always" | "often" | "never" | "still" | "usually" | "only" | "now" | "really"
                );
            }
            None => said.push_str(piece),
        }
    }
    said
}

/// A name, and whether it says whose something is.
fn whose(word: &str) -> (&str, bool) {
    match word.strip_suffix("'s").or(word.strip_suffix("’s")) {
        Some(name) => (name, true),
        None => (word, false),
    }
}

/// 'uses' as it follows 'you'.
fn second_person(verb: &str) -> String {
    match verb {
        "is" => "are".into(),
        "was" => "were".into(),
        "has" => "have".into(),
        "does" => "do".into(),
        "goes" => "go".into(),
        "isn't" => "aren't".into(),
        "wasn't" => "weren't".into(),
        "hasn't" => "haven't".into(),
        "doesn't" => "don't".into(),
        _ => {
            let cut = |end: &str, by: &str| verb.strip_suffix(end).map(|stem| format!("{stem}{by}"));
            let hissing = ["shes", "ches", "sses", "xes", "zzes"].iter().any(|end| verb.ends_with(end));
            let other = verb.ends_with("ss") || verb.ends_with("us") || verb.ends_with("ys") && verb == "always";
            if other {
                verb.to_owned()
            } else if hissing {
                cut("es", "").unwrap_or_default()
            } else {
                cut("ies", "y").filter(|_| verb.len() > 4).or(cut("s", "")).unwrap_or_else(|| verb.to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests;
