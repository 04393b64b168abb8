//! A captured line filed as what it is, as typed.

use serde::Deserialize;

use crate::error::Result;
use crate::ids::CapturedLineId;
use crate::insights::forms::InsightForm;
use crate::interviews::forms::{ActionForm, OpeningForm, PersonForm};
use crate::interviews::kinds::Catch;
use crate::web::form::Errors;

/// The form as typed: the fields of whatever the line becomes.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct FilingForm {
    /// The line's words, which may be put right.
    pub text: String,
    pub due_on: String,
    pub topic: String,
    pub weight: String,
    pub about: String,
    pub job_title: String,
    pub colleague: String,
    pub company: String,
    pub confirmed: String,
    pub profile: String,
    pub email: String,
    pub notes: String,
}

/// What was wrong with the filing of one line.
pub struct Fault {
    pub line: CapturedLineId,
    pub form: FilingForm,
    pub errors: Errors,
}

impl FilingForm {
    pub fn person(&self) -> PersonForm {
        PersonForm {
            name: self.text.clone(),
            job_title: self.job_title.clone(),
            colleague: self.colleague.clone(),
            company: self.company.clone(),
            profile: self.profile.clone(),
            email: self.email.clone(),
            notes: self.notes.clone(),
            ..PersonForm::default()
        }
    }

    /// Takes apart a line that names a person and more. Tells whether that changed the form. `here` is the company of the talk.
    pub fn understand(&mut self, here: Option<&str>) -> bool {
        let mut person = self.person();
        let is_read = person.understand(here);
        let PersonForm { name, job_title, colleague, company, profile, email, notes, .. } = person;
        if is_read {
            *self = Self { text: name, job_title, colleague, company, profile, email, notes, ..std::mem::take(self) };
        }
        is_read
    }

    pub fn parse(&self, kind: Catch) -> Result<Made, Errors> {
        match kind {
            Catch::Mine | Catch::Theirs => ActionForm {
                whose: kind.to_string(),
                text: self.text.clone(),
                due_on: self.due_on.clone(),
                ..ActionForm::default()
            }
            .parse()
            .map(Made::Action),
            Catch::Insight => InsightForm {
                topic: self.topic.clone(),
                weight: self.weight.clone(),
                about: self.about.clone(),
                insight: self.text.clone(),
                ..InsightForm::default()
            }
            .parse()
            .map(Made::Insight),
            Catch::Person => self.person().parse().map(Made::Person),
            Catch::Opening => OpeningForm {
                title: self.text.clone(),
                company: self.company.clone(),
                confirmed: self.confirmed.clone(),
                ..OpeningForm::default()
            }
            .parse()
            .map(Made::Opening),
        }
    }
}

/// What a filing makes.
pub enum Made {
    Action(crate::interviews::queries::learned::Promise),
    Insight(crate::insights::insight::Learned),
    Person(crate::interviews::forms::Mentioned),
    Opening(crate::interviews::forms::MentionedOpening),
}
