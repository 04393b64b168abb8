//! Three lines on why the user fits, begun from what the posting asks for and what people there said. Pure.

use serde::Deserialize;

use crate::openings::posting::{Wanted, requirements};
use crate::playbook::likeness::{likeness, words};
use crate::playbook::topic::Weight;

/// As many as a referrer reads.
const LINES: usize = 3;

/// Characters a requirement may take in a line.
const LONGEST: usize = 120;

/// What someone at the company said the work asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Told {
    pub text: String,
    pub weight: Option<Weight>,
}

/// Lines that each name one thing asked for and end in a colon, to be finished by the user; empty where nothing is known.
///
/// What people there call essential comes first, above all where the posting asks for it as well.
pub fn proposal(posting: Option<&str>, told: &[Told]) -> String {
    let asked = posting.map(requirements).unwrap_or_default();
    let mut found: Vec<(u8, &str)> = asked
        .iter()
        .map(|requirement| {
            let mine = words(&requirement.text);
            let echo = told.iter().filter(|told| likeness(&mine, &words(&told.text)).is_some());
            let wanted = if requirement.wanted == Wanted::Required { 2 } else { 0 };
            (wanted + echo.map(|told| 1 + worth(told)).max().unwrap_or_default(), requirement.text.as_str())
        })
        .chain(told.iter().map(|told| (worth(told), told.text.as_str())))
        .collect();
    found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    let mut taken = Vec::new();
    for (_, text) in found {
        let about = words(text);
        if taken.len() < LINES && taken.iter().all(|(other, _)| likeness(other, &about).is_none()) {
            taken.push((about, line(text)));
        }
    }
    taken.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn worth(told: &Told) -> u8 {
    match told.weight {
        Some(Weight::Essential) => 3,
        None => 1,
        Some(Weight::NiceToHave) => 0,
    }
}

/// The first sentence of it, on one line, ready to be gone on with.
fn line(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = one_line.split(". ").next().unwrap_or_default().trim_end_matches(['.', ':', ';', ',']);
    let short = match sentence.char_indices().nth(LONGEST) {
        Some((at, _)) => sentence[..at].rsplit_once(' ').map_or(&sentence[..at], |(head, _)| head),
        None => sentence,
    };
    format!("- {short}: ")
}

/// Whether a line was left as it was proposed.
pub fn is_unfinished(fit: &str) -> bool {
    fit.lines().any(|line| line.trim_end().ends_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str, weight: Option<Weight>) -> Told {
        Told { text: text.into(), weight }
    }

    const POSTING: &str =
        "Requirements:\n- Python or R\n- SQL in daily use\n- Clear writing\n\nNice to have:\n- Healthcare";

    #[test]
    fn what_people_there_call_essential_comes_first() {
        let heard = [
            told("Medians and percentiles. Nobody asks for more.", Some(Weight::Essential)),
            told("Daily SQL use", Some(Weight::Essential)),
            told("A tidy desk", Some(Weight::NiceToHave)),
        ];
        assert_eq!(
            proposal(Some(POSTING), &heard),
            "- SQL in daily use: \n- Medians and percentiles: \n- Python or R: "
        );
    }

    #[test]
    fn a_posting_alone_or_talks_alone_will_do() {
        assert_eq!(proposal(Some(POSTING), &[]), "- Python or R: \n- SQL in daily use: \n- Clear writing: ");
        assert_eq!(proposal(None, &[told("SQL", None)]), "- SQL: ");
        assert_eq!(proposal(Some("Write to us."), &[]), "");
    }

    #[test]
    fn a_line_left_open_is_noticed() {
        assert!(is_unfinished("- SQL: six years\n- Python: "));
        assert!(!is_unfinished("- SQL: six years\n- Python: two") && !is_unfinished(""));
    }

    proptest! {
        #[test]
        fn any_text_makes_three_short_lines_at_most(texts in prop::collection::vec("(?s).{1,300}", 0..6)) {
            let heard: Vec<Told> = texts.iter().map(|text| told(text, None)).collect();
            let lines = proposal(None, &heard);
            prop_assert!(lines.lines().count() <= LINES && lines.lines().all(|line| line.chars().count() <= LONGEST + 4));
        }
    }
}
