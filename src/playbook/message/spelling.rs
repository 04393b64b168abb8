//! Words in braces that are no placeholder, and which one was likely meant.

use super::placeholder::Placeholder;

/// Longer text in braces is no misspelt placeholder. Characters.
const LONGEST: usize = 40;

/// What is wrong with the placeholders of a template, in words for its field; nothing where all are known.
pub fn problem(text: &str) -> Option<String> {
    if let Some(word) = unknown(text) {
        let meant = likeliest(word);
        return Some(format!("There is no placeholder {{{word}}}. Did you mean {{{meant}}}, {}?", meaning(meant)));
    }
    let doubled = text.contains("{{") || text.contains("}}");
    doubled.then(|| "One brace on each side is enough: {first_name}".to_owned())
}

/// What a placeholder stands for, in the middle of a sentence.
fn meaning(placeholder: Placeholder) -> String {
    format!("which stands for {}", placeholder.label())
}

/// The first word in braces that is no placeholder; what holds no letter, or runs over a line, is text.
fn unknown(text: &str) -> Option<&str> {
    let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(inside, _)| inside);
    let mut words = inside.filter(|inside| {
        inside.chars().count() <= LONGEST && !inside.contains('\n') && inside.chars().any(char::is_alphabetic)
    });
    words.find(|word| word.parse::<Placeholder>().is_err())
}

/// The placeholder whose name or label is nearest to `word`.
fn likeliest(word: &str) -> Placeholder {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let typed = plain(word);
    let far = |placeholder: &Placeholder| {
        distance(&typed, placeholder.as_str()).min(distance(&typed, &plain(placeholder.label())))
    };
    Placeholder::ALL.iter().copied().min_by_key(far).unwrap_or(Placeholder::FirstName)
}

/// How many letters must be put in, taken out or changed to make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], above + 1);
        for (at, with) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *with);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_was_likely_meant_is_named() {
        for (typed, meant) in [
            ("frist_name", Placeholder::FirstName),
            ("First Name", Placeholder::FirstName),
            ("companny", Placeholder::Company),
            ("target-role", Placeholder::TargetRole),
            ("your name", Placeholder::MyName),
            ("why them", Placeholder::WhyYou),
            ("proposed", Placeholder::ProposedTime),
        ] {
            assert_eq!(likeliest(typed), meant, "{typed}");
            let said = problem(&format!("Hello {{{typed}}}")).unwrap();
            assert!(said.contains(&format!("{{{typed}}}")) && said.contains(&format!("{{{meant}}}")), "{said}");
        }
    }

    #[test]
    fn known_ones_and_plain_text_are_in_order() {
        for text in ["", "Hello {first_name} of {company}", "{", "a { b", "{ }", "{1}", "{two\nlines}", "}{"] {
            assert_eq!(problem(text), None, "{text}");
        }
        assert!(problem("Hello {{first_name}}").unwrap().contains("One brace"));
    }

    #[test]
    fn a_distance_counts_letters() {
        for (one, other, far) in [("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("same", "same", 0)] {
            assert_eq!(distance(one, other), far, "{one} {other}");
        }
    }
}
