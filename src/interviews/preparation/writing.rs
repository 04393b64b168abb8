//! A talk in writing: the questions in one message.

use jiff::civil::Date;

use crate::contacts::draft::numbered;
use crate::ids::TouchpointId;
use crate::interviews::queries::talks::TalkDetail;
use crate::interviews::talk::Told;
use crate::playbook::message::built_in;
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::phrase::{action, to_reader};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::name::first_name;
use crate::playbook::talk::{Medium, Status};
use crate::web::dates;

/// The wording of that message.
const LETTER: &str = "questions_in_writing";

/// The message with the questions, and where it is sent.
pub struct Letter {
    /// The line of the history to be.
    pub id: TouchpointId,
    pub text: String,
    /// Their profile, or a mail to them; empty where neither is known.
    pub open: String,
}

/// The message of a talk in writing that waits for its answers; nothing for others, or while no question is picked.
pub fn letter(talk: &TalkDetail, told: &Told, my_name: &str) -> Option<Letter> {
    if talk.way != Medium::InWriting || talk.status != Status::Scheduled || talk.questions.is_empty() {
        return None;
    }
    let questions: Vec<String> = talk.questions.iter().map(|question| question.text.clone()).collect();
    let mail = talk.person.email.as_ref().map(|email| format!("mailto:{email}"));
    Some(Letter {
        id: TouchpointId::new(),
        text: words(first_name(&talk.person.name), &questions, &told.day_to_them(&talk.starts_at.0), my_name),
        open: talk.person.profile_url.clone().or(mail).unwrap_or_default(),
    })
}

fn words(name: &str, questions: &[String], by: &str, my_name: &str) -> String {
    let facts = Facts::new()
        .with(Placeholder::FirstName, name)
        .with(Placeholder::Questions, numbered(questions))
        .with(Placeholder::AnswerBy, by)
        .with(Placeholder::MyName, my_name);
    built_in::find(LETTER).map(|letter| fill(letter.body, &facts).text).unwrap_or_default()
}

/// 'When we spoke on Tuesday 3 November you kindly offered to ...': a gentle reminder of a promise of theirs.
pub fn reminder(name: &str, promise: &str, spoke_on: Date, today: Date, in_writing: bool, my_name: &str) -> String {
    let promise = action(&to_reader(promise, name, ""));
    let promise = promise.strip_prefix("to ").unwrap_or(&promise);
    let when = dates::to_others().full(spoke_on, today);
    let spoke = if in_writing { "wrote to me" } else { "spoke with me" };
    format!(
        "Hello {name},\n\nWhen you {spoke} on {when}, you kindly offered to {promise}. I know how full the days are: if it is \
         still possible I would be glad of it, and if I can make it easier, tell me how. If not, no harm done.\n\n{my_name}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_questions_are_numbered_in_one_message() {
        let text =
            words("Katherine", &["What is a week like?".into(), "Who else?".into()], "Thursday 3 December", "Ada");
        assert!(text.starts_with("Hello Katherine,\n\nThank you"));
        assert!(
            text.contains("\n\n1. What is a week like?\n2. Who else?\n\nIf you could answer by Thursday 3 December")
        );
        assert!(text.ends_with("\n\nAda"));
    }

    #[test]
    fn a_reminder_names_the_promise_and_leaves_a_way_out() {
        let told = |promise| reminder("Kate", promise, date(2026, 11, 3), date(2026, 11, 24), false, "Ada");
        assert!(
            told("Introduce Tony Hoare.")
                .contains("on Tuesday 3 November, you kindly offered to introduce Tony Hoare. I know")
        );
        assert!(told("Send Kate’s slides").contains("offered to send your slides."));
        assert!(told("SQL exercises").contains("offered to SQL exercises"));
        assert!(told("x").contains("offered to x."));
        assert!(
            reminder("Kate", "y", date(2026, 11, 3), date(2026, 11, 24), true, "Ada").contains("When you wrote to me")
        );
    }
}
