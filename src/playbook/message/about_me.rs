//! The one sentence about oneself, however it was written down: 'I build dashboards', 'a nurse of six years', 'Working as a nurse'.
//!
//! It is read into a clause of its own with its subject, so that no wording has to know which it was.

use super::phrase::{action, among, ended, inside, role, unended};
use crate::text::upper_first;

/// Who the user is, as a clause that begins with its subject and has no mark at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutMe(String);

/// Words a clause begins with, in lower case: the subject is there.
const SUBJECTS: &str = "i my we our ich je yo ik io eu jag jeg";

const GREETINGS: &str = "hi hello hey greetings";

const ADVERBS: &str = "currently now presently still also originally professionally mostly mainly recently just";

const PAST: &str = "formerly previously once";

/// What stands before a noun, or stands for one.
const DETERMINERS: &str = "a an the one someone someone another half part not no";

const PREPOSITIONS: &str = "in at on from between into towards near behind under over of for about by off out both";

/// Adjectives that stand without a noun when one of these or nothing follows.
const ADJECTIVES: &str = "passionate curious new keen good great happy eager ready open proud fluent fond responsible able available \
    comfortable familiar interested excited based fascinated motivated dedicated determined skilled specialised \
    specialized retired employed self-employed self-taught qualified certified trained experienced obsessed driven \
    inspired unemployed currently";

/// Verbs as they follow 'I', now and in the past.
const VERBS: &str = "analyse analyze advise apply believe bring build care change coach code combine come connect cook count create \
    deliver design develop do drive enjoy explore find fix focus get grow have help hope improve know lead learn \
    like live look love make manage mentor move need nurse organise organize plan practise program read repair \
    research run sell serve solve specialise specialize speak start study support take teach tell test train \
    translate travel try turn understand use want wish work write built led spent taught ran wrote grew made did \
    came went was had sold found left began became studied worked started";

/// '...ing' that is a kind of work rather than something one is doing, when a noun for a person follows.
fn is_person(word: &str) -> bool {
    const ENDS: &str = "er or ist ian ant ent ee man woman nurse lead head analyst graduate chef cook architect pilot clerk \
        officer intern expert coach guru nerd fan geek person parent founder executive associate specialist \
        professional veteran alum alumna alumnus partner mum mom dad apprentice generalist buyer trainee postdoc \
        phd student scientist director president";
    const NO_PERSON: &str = "paper computer number water power order user users content management development department environment \
        equipment treatment investment procurement document after under over other further rather together however \
        never ever error sector behavior color labor for or her summer winter career software current different \
        recent government talent client event moment";
    let word = word.to_lowercase();
    word.len() > 3 && !among(NO_PERSON, &word) && ENDS.split(' ').any(|end| word.ends_with(end))
}

/// A word without the marks beside it, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn first_of(text: &str) -> String {
    bare(text.split_whitespace().next().unwrap_or_default())
}

/// What follows the first word.
fn after_first(text: &str) -> &str {
    text.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start())
}

/// The last word of the noun a text begins with: before the first comma or small word.
fn head(text: &str) -> String {
    const STOPS: &str = "of in at for with who that and turned turning from to on as by into between learning moving looking a an \
        the my";
    let mut last = "";
    for word in text.split_whitespace() {
        if among(STOPS, &word.to_lowercase()) {
            break;
        }
        last = word;
        if word.ends_with([',', ';', '.', ':']) {
            break;
        }
    }
    bare(last)
}

impl AboutMe {
    /// Reads what was written; nothing where nothing was.
    pub fn read(written: &str) -> Option<Self> {
        let text = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = unended(&text);
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let text = match first_of(text) {
            first if among(GREETINGS, &first) && !after_first(text).is_empty() => after_first(text),
            _ => text,
        };
        Some(Self(clause(text)))
    }

    /// The clause, 'I am a nurse of six years', as it stands inside a sentence; only 'I' keeps its capital there.
    pub fn clause(&self) -> String {
        inside(&self.0)
    }

    /// What finishes 'I am ...', where that can be told.
    pub fn fragment(&self) -> Option<&str> {
        self.0.strip_prefix("I am ").filter(|rest| !rest.contains(['.', '!', '?']))
    }

    /// A sentence of its own, with its mark.
    pub fn sentence(&self) -> String {
        ended(&self.0)
    }

    /// A sentence that says where the user is heading as well, unless theirs says so already.
    pub fn heading_for(&self, target: Option<&str>) -> String {
        let Some(target) = target else { return self.sentence() };
        let lower = self.0.to_lowercase();
        let says_so = lower.contains(&target.to_lowercase())
            || [
                "moving to",
                "moving into",
                "towards",
                "would like",
                "hope to",
                "want to",
                "wish to",
                "looking for",
                "looking to",
                "on my way",
                "heading",
                "turning to",
                "my next",
            ]
            .iter()
            .any(|word| lower.contains(word));
        match (says_so, self.fragment()) {
            (true, _) => self.sentence(),
            (false, Some(fragment)) => {
                let joint = if fragment.contains(',') { " and" } else { "," };
                ended(&format!("I am {fragment}{joint} moving towards {}", work(target)))
            }
            (false, None) => format!("{} I am moving towards {}.", self.sentence(), work(target)),
        }
    }
}

/// Who the user is and where they are heading, as a sentence or two; nothing where neither is known.
pub fn who_i_am(about: &str, target: Option<&str>) -> Option<String> {
    match (AboutMe::read(about), target) {
        (Some(about), target) => Some(about.heading_for(target)),
        (None, Some(target)) => Some(format!("I am moving towards {}.", work(target))),
        (None, None) => None,
    }
}

/// 'data analyst work', and 'social work' as it is.
pub fn work(target: &str) -> String {
    let target = role(target);
    if target.to_lowercase().ends_with("work") { target } else { format!("{target} work") }
}

/// The whole clause of a text that is not empty and has no mark at its end.
fn clause(text: &str) -> String {
    let (first, rest) = (first_of(text), after_first(text));
    let apostrophe = |text: &str| text.replace('’', "'");
    let written = text.split_whitespace().next().unwrap_or_default();
    match apostrophe(&written.to_lowercase()).as_str() {
        "i'm" | "im" | "iam" if !rest.is_empty() => return clause_after_am(rest),
        "am" if !rest.is_empty() => return clause_after_am(rest),
        "i've" | "i'd" | "i'll" => return format!("I{} {rest}", &written[1..]),
        _ => {}
    }
    if first == "i" {
        return match first_of(rest).as_str() {
            "am" if !after_first(rest).is_empty() => clause_after_am(after_first(rest)),
            _ => format!("I {rest}"),
        };
    }
    let starts_with_we = ["we're", "we've", "we'd"].contains(&apostrophe(&written.to_lowercase()).as_str());
    if among(SUBJECTS, &first) || starts_with_we || has_its_verb(text) {
        return upper_first(text);
    }
    if !text.starts_with(|c: char| c.is_ascii()) && !text.chars().any(|c| c.is_ascii_alphabetic()) {
        return text.to_owned();
    }
    without_subject(text)
}

/// What follows 'I am', once it is said: what cannot follow it is a clause of its own.
fn clause_after_am(rest: &str) -> String {
    let first = first_of(rest);
    if among(SUBJECTS, &first) || ["am", "as"].contains(&first.as_str()) {
        return clause(rest);
    }
    let is_bare_noun = !needs_no_article(rest) && is_person(&head(rest)) && rest.split_whitespace().count() < 30;
    if is_bare_noun { format!("I am {}", with_article(rest)) } else { format!("I am {}", action_or_name(rest)) }
}

/// 'Ada' in 'I'm Ada' stays, 'A nurse' goes small.
fn action_or_name(rest: &str) -> String {
    let plain = needs_no_article(rest);
    if plain { action(rest) } else { unended(rest).to_owned() }
}

/// Whether the first words say themselves that no article is missing: 'a nurse', 'building', 'passionate about', 'from Leeds'.
fn needs_no_article(text: &str) -> bool {
    let first = first_of(text);
    let second = first_of(after_first(text));
    let is_doing = first.ends_with("ing") && !is_person(&head(text));
    let is_adjective = among(ADJECTIVES, &first)
        && (second.is_empty()
            || among(PREPOSITIONS, &second)
            || ["to", "with", "and", "but", "as"].contains(&second.as_str()) && !is_person(&head(after_first(text))));
    among(DETERMINERS, &first)
        || among(PREPOSITIONS, &first)
        || is_doing
        || is_adjective
        || (among(ADVERBS, &first) || among(PAST, &first)) && needs_no_article(after_first(text))
        || first.chars().all(|c| c.is_ascii_digit())
}

/// A sentence whose subject is neither 'I' nor 'we': 'Data is what I love', 'As a nurse, I see ...'.
fn has_its_verb(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let after_comma =
        [", i ", ", i'm ", ", i’m ", ", my ", ", we "].iter().any(|mark| text.to_lowercase().contains(mark));
    let verb = words.iter().position(|word| matches!(word.as_str(), "is" | "are" | "was" | "were" | "has"));
    after_comma
        || verb.is_some_and(|at| {
            at > 0 && !words[..at].iter().any(|word| matches!(word.as_str(), "who" | "that" | "which"))
        })
}

fn without_subject(text: &str) -> String {
    let (first, rest) = (first_of(text), after_first(text));
    let is_noun = is_person(&head(text));
    if first == "as" && !rest.is_empty() {
        return clause_after_am(rest);
    }
    if first == "with" && !rest.is_empty() {
        return format!("I have {}", action(rest));
    }
    if first == "after" && !rest.is_empty() {
        return format!("I come to this after {}", action(rest));
    }
    if (among(ADVERBS, &first) || among(PAST, &first)) && !rest.is_empty() {
        let inner = without_subject(rest);
        let was = among(PAST, &first);
        return match inner.strip_prefix("I am ") {
            Some(inner) => format!("I {} {first} {inner}", if was { "was" } else { "am" }),
            None => inner.strip_prefix("I ").map_or_else(|| inner.clone(), |inner| format!("I {first} {inner}")),
        };
    }
    const NUMBERS: &str = "two three four five six seven eight nine ten twelve fifteen twenty thirty several many";
    let counts = among(NUMBERS, &first) || first.starts_with(|c: char| c.is_ascii_digit());
    if counts && ["year", "years", "months", "decades"].contains(&first_of(rest).as_str()) {
        return format!("I have {}", action(text));
    }
    if needs_no_article(text) || counts {
        return format!("I am {}", action(text));
    }
    let is_past = first.ends_with("ed") && !among(ADJECTIVES, &first) && !is_noun;
    if is_past || among(VERBS, &first) && (!is_noun || !rest.is_empty() && is_verb_before(rest)) && first != "nurse" {
        return format!("I {}", action(text));
    }
    format!("I am {}", with_article(text))
}

/// 'Help nurses', 'Lead a team', but 'Lead developer': an object has its own article, or is many.
fn is_verb_before(rest: &str) -> bool {
    let next = first_of(rest);
    among(DETERMINERS, &next)
        || among(PREPOSITIONS, &next)
        || ["as", "with", "my", "our", "to"].contains(&next.as_str())
        || next.ends_with('s')
}

/// A noun with its article: 'a nurse of six years', 'an analyst', 'an MBA student'.
fn with_article(text: &str) -> String {
    let noun = action(text);
    let first = first_of(&noun);
    let head = head(&noun);
    if (head.ends_with('s') && !head.ends_with("ss") && !head.ends_with("us")) || first == "head" {
        return noun;
    }
    let spelled = noun.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_letters = spelled.len() <= 4 && spelled.len() > 1 && spelled.chars().all(char::is_uppercase);
    let open = if is_letters {
        spelled.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X'])
    } else {
        let sounds_closed = ["uni", "use", "usa", "eur", "one", "ux"].iter().any(|start| first.starts_with(start))
            && first != "unionist";
        (first.starts_with(['a', 'e', 'i', 'o', 'u']) && !sounds_closed)
            || ["hour", "honest", "honour", "honor", "heir"].iter().any(|start| first.starts_with(start))
    };
    format!("{} {noun}", if open { "an" } else { "a" })
}

#[cfg(test)]
mod tests;
