//! Which questions are suggested for this very talk, and why: the playbook's pick from the starter bank and the user's own.

use super::starter_questions::STARTER_QUESTIONS;
use crate::interviews::queries::talks::{Background, TalkDetail};
use crate::playbook::question_plan::{Known, Offered, Pick, plan};
use crate::playbook::topic::Topic;

/// A suggested question.
pub struct Suggested {
    /// As a form sends it.
    pub pick: String,
    pub topic: Topic,
    pub text: String,
    /// Why this one.
    pub reason: String,
}

/// A question of the bank as a form sends it: its topic, then its words.
pub fn pick(topic: Topic, text: &str) -> String {
    format!("{topic}|{text}")
}

/// The starter questions of a topic.
pub fn starters(topic: Topic) -> &'static [&'static str] {
    STARTER_QUESTIONS.iter().find(|(t, _)| *t == topic).map_or(&[], |(_, questions)| questions)
}

/// The questions worth adding to those that are picked already, as many as the talk has room for.
pub fn suggested(talk: &TalkDetail, background: &Background) -> Vec<Suggested> {
    let picked: Vec<&str> = talk.questions.iter().map(|question| question.text.as_str()).collect();
    let mut asked: Vec<&str> = background.asked.iter().map(String::as_str).collect();
    asked.extend(&picked);
    // What the user never wants to ask counts as asked.
    asked.extend(background.bank.iter().filter(|row| row.is_hidden).map(|row| row.text.as_str()));
    // A topic that is on the list already needs no second question before the others have one.
    let mut learned: Vec<Topic> = background.learned.iter().map(|item| item.topic).collect();
    learned.extend(talk.questions.iter().flat_map(|question| [question.topic; 3]));
    // What the user wrote is worth more than what everyone begins with.
    let own = background.bank.iter().map(|own| Offered { topic: own.topic, text: own.text.as_str() });
    let common =
        STARTER_QUESTIONS.iter().flat_map(|(topic, texts)| texts.iter().map(|text| Offered { topic: *topic, text }));
    let bank: Vec<Offered<'_>> = own.chain(common).collect();
    let known = Known {
        closeness: talk.person.closeness,
        minutes: u16::try_from(talk.minutes).unwrap_or_default(),
        company: talk.company_name(),
        learned: &learned,
        asked: &asked,
    };
    let open = crate::playbook::question_plan::room(known.minutes).saturating_sub(picked.len());
    let is_new = |picked_pick: &Pick<'_>| !talk.questions.iter().any(|q| q.topic == picked_pick.topic);
    plan(&known, &bank)
        .into_iter()
        .filter(is_new)
        .take(open)
        .map(|found| Suggested {
            pick: pick(found.topic, found.text),
            topic: found.topic,
            text: found.text.to_owned(),
            reason: found.reason,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_question_to_begin_with() {
        assert!(Topic::ALL.iter().all(|topic| !starters(*topic).is_empty()));
        assert_eq!(pick(Topic::Team, "Who?"), "team|Who?");
    }
}
