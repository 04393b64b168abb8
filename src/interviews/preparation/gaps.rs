//! What is not known of a company yet, and the questions that would find it out.

use std::collections::HashSet;

use super::starter_questions::STARTER_QUESTIONS;
use crate::ids::ContactId;
use crate::insights::queries::BankRow;
use crate::insights::sections::Section;
use crate::interviews::queries::talks::Heard;
use crate::playbook::topic::Topic;

/// People who must have spoken of a section before it stops being a gap: one voice is an opinion.
pub const ENOUGH: usize = 2;
/// Questions proposed for one gap.
const EACH: usize = 2;

/// A question that would fill a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its topic.
    pub topic: Topic,
    /// Its words.
    pub text: String,
}

impl Proposal {
    /// As the form of picked questions sends it: the topic, then the words.
    pub fn pick(&self) -> String {
        format!("{}|{}", self.topic, self.text)
    }
}

/// A section nobody, or one person alone, has spoken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The section.
    pub section: Section,
    /// How many people spoke of it: none or one.
    pub people: usize,
    /// What to ask.
    pub questions: Vec<Proposal>,
}

impl Gap {
    /// How far it is filled, in words.
    pub fn so_far(&self) -> &'static str {
        if self.people == 0 { "no one yet" } else { "1 person so far" }
    }
}

/// The gaps, in the order of sections. Questions of the user's own bank come before those of the starter bank; those
/// `asked` already, and those the user has hidden, are left out.
pub fn gaps(heard: &[Heard], own: &[BankRow], asked: impl Fn(&str) -> bool) -> Vec<Gap> {
    let gap = |&section: &Section| {
        let people: HashSet<ContactId> =
            heard.iter().filter(|heard| Section::of(heard.topic) == section).map(|heard| heard.by).collect();
        (people.len() < ENOUGH).then(|| Gap {
            section,
            people: people.len(),
            questions: questions(section, own, &asked),
        })
    };
    Section::ALL.iter().filter_map(gap).collect()
}

fn questions(section: Section, bank: &[BankRow], asked: &impl Fn(&str) -> bool) -> Vec<Proposal> {
    let own = bank.iter().map(|row| (row.topic, row.text.as_str()));
    let starters = STARTER_QUESTIONS.iter().flat_map(|(topic, texts)| texts.iter().map(|text| (*topic, *text)));
    let is_hidden = |text: &str| bank.iter().any(|row| row.is_hidden && row.text == text);
    let mut questions: Vec<Proposal> = Vec::new();
    for (topic, text) in own.chain(starters) {
        let is_new = !asked(text) && !is_hidden(text) && questions.iter().all(|known| known.text != text);
        if questions.len() < EACH && Section::of(topic) == section && is_new {
            questions.push(Proposal { topic, text: text.to_owned() });
        }
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_a_gap_until_two_people_spoke_of_it() {
        let (ada, grace) = (ContactId::new(), ContactId::new());
        let heard = |topic, by| Heard { topic, by };
        let none = gaps(&[], &[], |_| false);
        assert_eq!(none.len(), Section::ALL.len());
        assert!(none.iter().all(|gap| gap.questions.len() == EACH && gap.so_far() == "no one yet"));
        let twice = [heard(Topic::Team, ada), heard(Topic::Team, ada)];
        let team = |gaps: Vec<Gap>| gaps.into_iter().find(|gap| gap.section == Section::Team).map(|gap| gap.people);
        assert_eq!(team(gaps(&twice, &[], |_| false)), Some(1), "one person who says it twice is one voice");
        assert_eq!(team(gaps(&[heard(Topic::Team, ada), heard(Topic::Team, grace)], &[], |_| false)), None);
    }

    #[test]
    fn own_questions_come_first_and_asked_ones_not_again() {
        let own = [BankRow { topic: Topic::Culture, text: "Who laughs?".into(), is_hidden: false }];
        let culture = |asked: &str| {
            let gaps = gaps(&[], &own, |text| text == asked);
            gaps.into_iter().find(|gap| gap.section == Section::Culture).unwrap().questions
        };
        assert_eq!(culture("")[0], Proposal { topic: Topic::Culture, text: "Who laughs?".into() });
        assert_eq!(culture("")[0].pick(), "culture|Who laughs?");
        assert!(culture("Who laughs?").iter().all(|question| question.text != "Who laughs?"));
    }
}
