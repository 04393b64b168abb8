//! The questions of a talk, as typed.

use serde::Deserialize;

use crate::error::Result;
use crate::ids::InterviewQuestionId;
use crate::interviews::queries::questions::Question;
use crate::text::Line;
use crate::web::form::Errors;

/// Questions picked from the bank, each as its topic and words, or one of the user's own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OwnForm {
    pub pick: Vec<String>,
    pub own: String,
    pub topic: String,
    pub question: String,
    /// The bank keeps it, too.
    pub keep: String,
}

impl OwnForm {
    pub fn parse(&self) -> Result<Vec<Question>, Errors> {
        let mut errors = Errors::default();
        if !self.own.is_empty() {
            let topic = errors.choose("topic", &self.topic);
            let text = errors.take("question", Line::parse(&self.question));
            return errors.give(|| Some(vec![Question { id: InterviewQuestionId::new(), topic: topic?, text: text? }]));
        }
        let picked: Vec<Question> = self.pick.iter().filter_map(|pick| picked(pick)).collect();
        if picked.is_empty() {
            errors.add("pick", "Tick the questions you want to ask");
            return Err(errors);
        }
        Ok(picked)
    }
}

/// What was typed into a question, and why it could not be saved.
pub struct Reword {
    pub id: InterviewQuestionId,
    pub text: String,
    pub problem: String,
}

pub fn picked(sent: &str) -> Option<Question> {
    let (topic, text) = sent.split_once('|')?;
    Some(Question { id: InterviewQuestionId::new(), topic: topic.parse().ok()?, text: Line::parse(text).ok()? })
}

/// The most questions one talk may have.
pub const MOST: usize = 60;
