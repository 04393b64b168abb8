//! What a posting asks for, read out of its text.

/// How much the posting wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Under a heading such as 'Requirements'.
    Required,
    /// Under one such as 'Nice to have', or called a plus.
    Welcome,
}

/// One requirement, as the posting words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub text: String,
    pub wanted: Wanted,
}

/// What begins a list of what they ask for; English first, then the neighbours'.
const REQUIRED: &[&str] = &[
    "requirement",
    "qualification",
    "you bring",
    "you have",
    "you'll need",
    "you will need",
    "we are looking for",
    "we're looking for",
    "what we look for",
    "must have",
    "your profile",
    "who you are",
    "about you",
    "skills",
    "experience",
    "essential",
    "ihr profil",
    "dein profil",
    "das bringst du mit",
    "votre profil",
    "tu perfil",
    "requisitos",
];
const WELCOME: &[&str] = &[
    "nice to have",
    "nice-to-have",
    "bonus",
    "a plus",
    "preferred",
    "desirable",
    "ideally",
    "von vorteil",
    "wünschenswert",
];
/// What begins a list of something else.
const OTHER: &[&str] = &[
    "responsibilit",
    "what you'll do",
    "what you will do",
    "your tasks",
    "your role",
    "the role",
    "we offer",
    "benefits",
    "perks",
    "about us",
    "about the company",
    "who we are",
    "our offer",
    "salary",
    "how to apply",
    "apply",
    "equal opportunity",
    "aufgaben",
    "wir bieten",
    "location",
];
/// More would be a book, not a list.
const MOST: usize = 40;

/// The requirements a posting lists, in its order: the lines of lists under headings that announce them.
///
/// A guess from the shape of the text, and never more than a help: the posting itself stands beside it.
pub fn requirements(posting: &str) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    let mut under: Option<Wanted> = None;
    for line in posting.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let lower = line.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let bullet = line.trim_start_matches(|c: char| {
            matches!(c, '-' | '*' | '•' | '·' | '–' | '—' | '▪' | '●' | '◦') || c.is_whitespace()
        });
        let is_item = bullet.len() < line.len();
        let is_heading = !is_item && line.chars().count() <= 60 && !line.ends_with('.');
        if is_heading && has(WELCOME) {
            under = Some(Wanted::Welcome);
        } else if is_heading && has(REQUIRED) {
            under = Some(Wanted::Required);
        } else if is_heading && (has(OTHER) || line.ends_with(':')) {
            under = None;
        } else if let (Some(wanted), true) = (under, is_item || under.is_some() && !is_heading) {
            let wanted = if has(WELCOME) { Wanted::Welcome } else { wanted };
            let text: String = bullet.chars().take(300).collect();
            if !text.is_empty() && found.len() < MOST && !found.iter().any(|other| other.text == text) {
                found.push(Requirement { text, wanted });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POSTING: &str = "Junior data analyst\n\nAcme makes brushes.\n\nWhat you'll do\n- Answer questions with data\n\n\
        Requirements:\n- SQL in daily use\n• Python or R\n* Clear writing\n- Dashboards are a plus\n\nNice to have\n– Healthcare\n\n\
        We offer\n- Fruit";

    #[test]
    fn the_lists_under_the_right_headings_are_read() {
        let read: Vec<(String, Wanted)> = requirements(POSTING).into_iter().map(|r| (r.text, r.wanted)).collect();
        let line = |text: &str, wanted| (text.to_owned(), wanted);
        assert_eq!(
            read,
            [
                line("SQL in daily use", Wanted::Required),
                line("Python or R", Wanted::Required),
                line("Clear writing", Wanted::Required),
                line("Dashboards are a plus", Wanted::Welcome),
                line("Healthcare", Wanted::Welcome),
            ]
        );
    }

    #[test]
    fn a_posting_without_lists_has_none() {
        assert_eq!(requirements("We look for someone who writes well. Send us a letter."), []);
        assert_eq!(requirements(""), []);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(?s)[-*• a-zA-Zäß:.\n]{0,400}|.{0,300}") {
            let read = requirements(&text);
            prop_assert!(read.len() <= MOST && read.iter().all(|r| !r.text.is_empty() && r.text.chars().count() <= 300));
        }
    }
}
