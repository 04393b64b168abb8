//! Advice on a short request, in words. Nothing here ever blocks a message.

use super::channel::{Channel, Limit};

/// Words that tie the two people together; one of them belongs into the first sentences.
const TIES: &[&str] = &[
    "you",
    "your",
    "we both",
    "introduced",
    "suggested",
    "mentioned",
    "recommended",
    "connecting",
    "school",
    "colleague",
];

/// Words that turn a question into a plea.
const PLEAS: &[&str] = &[
    "job",
    "jobs",
    "hire",
    "hiring",
    "unemployed",
    "resume",
    "résumé",
    "cv",
    "vacancy",
    "vacancies",
    "opportunities",
    "desperate",
];

/// What would make a short request better, in the order of importance; empty when there is nothing to say.
///
/// The points are those of Simon Fraser University's career centre for the first mail to a stranger: fewer than 100 words, the
/// connection first, a question at the end, no mention of jobs. `note_limit` is the user's, in characters.
pub fn advice(text: &str, channel: Channel, note_limit: u16) -> Vec<String> {
    let mut advice = Vec::new();
    if text.trim().is_empty() {
        return advice;
    }
    let limit = channel.limit(note_limit);
    if !limit.allows(text) {
        advice.push(match limit {
            Limit::Characters(most) => {
                let over = channel.count(text).saturating_sub(most);
                let characters = if over == 1 { "character" } else { "characters" };
                format!("{over} {characters} too long: a {} takes {most}.", channel.label())
            }
            _ => format!(
                "{} words. Keep a first message under 100, as the career centre of Simon Fraser University advises.",
                channel.count(text)
            ),
        });
    }
    if text.contains('[') && text.contains(']') {
        advice.push("Something in square brackets is still to be filled in.".to_owned());
    }
    if !begins_with_a_tie(text) {
        advice.push(
            "Begin with what connects you: people you both know, the same school, or what you read of theirs."
                .to_owned(),
        );
    }
    if let Some(plea) = plea_in(text) {
        advice.push(format!("Leave out '{plea}'. Ask to learn first; work can be spoken of later."));
    }
    if !ends_in_a_question(text) {
        advice.push("End with a question; it is easier to answer than a statement.".to_owned());
    }
    advice
}

/// Whether the last thing said, before a name at the end, is a question.
pub fn ends_in_a_question(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .rev()
        .find(|line| !is_sign_off(line))
        .is_some_and(|line| line.trim_end_matches(['\'', '"', ')', '’', '”']).ends_with(['?', '？', '؟']))
}

/// A line such as 'Kind regards,' or 'Ada Byron'.
fn is_sign_off(line: &str) -> bool {
    line.split_whitespace().count() <= 4 && !line.ends_with(['.', '!', '?', '？', '؟', ':'])
}

/// Whether the first two sentences after the greeting speak of the other person or of what ties the two.
fn begins_with_a_tie(text: &str) -> bool {
    let after_greeting = text.trim_start().split_once([',', '\n']).map_or(text, |(_, rest)| rest);
    let beginning: String = after_greeting.split_inclusive(['.', '?', '!']).take(2).collect();
    let words = words(&beginning);
    TIES.iter().any(|tie| words.contains(&format!(" {tie} ")))
}

/// The first word that pleads.
fn plea_in(text: &str) -> Option<&'static str> {
    let words = words(text);
    PLEAS.iter().copied().find(|plea| words.contains(&format!(" {plea} ")))
}

/// The text in lower case with one space around each word, so that whole words can be looked for.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut words = String::from(" ");
    for word in lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push_str(word);
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::message::built_in::{Moment, all};
    use crate::playbook::message::fill::{Facts, fill};

    #[test]
    fn our_own_requests_need_no_advice() {
        for template in all().filter(|template| matches!(template.moment, Moment::Request | Moment::AskForTalk)) {
            let text = fill(template.body, &Facts::typical()).text;
            for channel in template.channels {
                assert_eq!(advice(&text, *channel, 300), Vec::<String>::new(), "{}: {text}", template.key);
            }
        }
    }

    #[test]
    fn a_plea_gets_advice_on_each_point() {
        let given = advice(
            &format!("Hi, I am looking for a job. Money is short. {}", "Please help me. ".repeat(10)),
            Channel::LinkedinNote,
            100,
        );
        assert_eq!(given.len(), 4, "{given:?}");
        assert!(given[0].starts_with("104 characters too long"), "{given:?}");
        assert!(given[1].starts_with("Begin with what connects you"));
        assert!(given[2].contains("'job'"));
        assert!(given[3].starts_with("End with a question"));
    }

    #[test]
    fn one_character_too_many_is_said_in_the_singular() {
        let note = format!("Hello, you {}?", "x".repeat(189));
        assert_eq!(advice(&note, Channel::LinkedinNote, 200), ["1 character too long: a LinkedIn note takes 200."]);
    }

    #[test]
    fn what_is_left_open_is_mentioned() {
        let given = advice("Hello [first name], we both went to London. May I connect?", Channel::LinkedinNote, 200);
        assert_eq!(given, ["Something in square brackets is still to be filled in."]);
    }

    #[test]
    fn only_whole_words_plead() {
        assert_eq!(plea_in("The jobbing gardener of Hirely"), None);
        assert_eq!(plea_in("Any Jobs?"), Some("jobs"));
    }

    #[test]
    fn a_name_after_the_question_is_no_matter() {
        assert!(ends_in_a_question("May I connect?\n\nKind regards,\nAda Byron"));
        assert!(ends_in_a_question("May I connect?"));
        assert!(!ends_in_a_question("May I connect? Thank you."));
        assert!(!ends_in_a_question(""));
    }

    #[test]
    fn an_empty_message_gets_no_advice() {
        assert!(advice(" \n", Channel::Email, 200).is_empty());
    }
}
