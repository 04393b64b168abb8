//! What becomes of the lines that were caught: guessed, as typed, and what it means.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::contacts::contact::ReasonKind;
use crate::contacts::forms::keeping::ReasonForm;
use crate::contacts::queries::reasons::NewReason;
use crate::ids::CapturedLineId;
use crate::insights::forms::InsightForm;
use crate::insights::insight::{About, Learned};
use crate::interviews::forms::{ActionForm, Mentioned, MentionedOpening, OpeningForm, PersonForm};
use crate::interviews::kinds::{Catch, Filing};
use crate::interviews::queries::learned::Promise;
use crate::interviews::queries::talks::{LineRow, TalkDetail};
use crate::playbook::topic::{Topic, Weight};
use crate::web::form::{Errors, Faults};

/// The form as it is sent: each field's name ends in the id of its line.
pub type Sent = BTreeMap<String, String>;

/// One line with the fields of whatever it may become.
#[derive(Debug, Clone)]
pub struct LineForm {
    pub id: CapturedLineId,
    /// A word of [`Filing`].
    pub becomes: String,
    /// The line's words, or what is left of them once they were taken apart.
    pub text: String,
    /// The program that noted it; nothing where the user did.
    pub program: Option<String>,
    pub due_on: String,
    pub topic: String,
    pub weight: String,
    pub about: String,
    pub job_title: String,
    /// Where a person works.
    pub company: String,
    pub profile: String,
    pub email: String,
    pub notes: String,
    /// Where an opening is.
    pub opening_at: String,
    pub confirmed: String,
    pub errors: Errors,
    /// The first line with a fault: the cursor goes there.
    pub is_first_fault: bool,
}

/// What a line becomes.
pub enum Made {
    Action(Promise),
    Insight(Learned),
    Person(Box<Mentioned>),
    Opening(MentionedOpening),
    Reason(NewReason),
    Nothing,
}

impl LineForm {
    /// What the line most probably is.
    pub fn guess(line: &LineRow, talk: &TalkDetail, today: Date) -> Self {
        let here = talk.company_name().unwrap_or_default();
        let week = today.saturating_add(7.days());
        let mut guess = Self {
            id: line.id,
            becomes: Filing::from(line.kind).to_string(),
            text: line.text.clone(),
            program: line.program.clone(),
            due_on: if line.kind == Catch::Theirs { String::new() } else { week.to_string() },
            topic: Topic::guess(&line.text).to_string(),
            weight: String::new(),
            about: About::Company.to_string(),
            job_title: String::new(),
            company: here.to_owned(),
            profile: String::new(),
            email: String::new(),
            notes: String::new(),
            opening_at: here.to_owned(),
            confirmed: "true".into(),
            errors: Errors::default(),
            is_first_fault: false,
        };
        if line.kind == Catch::Person {
            guess.take_apart(talk.company_name());
        }
        guess
    }

    /// The line as it was sent; nothing where the form does not speak of it: it was caught meanwhile.
    pub fn sent(line: &LineRow, talk: &TalkDetail, today: Date, sent: &Sent) -> Option<Self> {
        let field = |name: &str| sent.get(&format!("{name}-{}", line.id)).cloned();
        let guess = Self::guess(line, talk, today);
        let mut form = Self {
            becomes: field("becomes")?,
            text: field("text")?,
            due_on: field("due_on").unwrap_or_default(),
            topic: field("topic").unwrap_or_default(),
            weight: field("weight").unwrap_or_default(),
            about: field("about").unwrap_or_default(),
            job_title: field("job_title").unwrap_or_default(),
            company: field("company").unwrap_or_default(),
            profile: field("profile").unwrap_or_default(),
            email: field("email").unwrap_or_default(),
            notes: field("notes").unwrap_or_default(),
            opening_at: field("opening_at").unwrap_or_default(),
            confirmed: field("confirmed").unwrap_or_default(),
            ..guess.clone()
        };
        match form.becomes.parse() {
            Ok(Filing::Person) => form.take_apart(talk.company_name()),
            // What was taken apart for a person is whole again for anything else.
            _ if form.text == guess.text => form.text.clone_from(&line.text),
            _ => {}
        }
        Some(form)
    }

    /// Splits a line that names a person and more.
    fn take_apart(&mut self, here: Option<&str>) {
        let mut person = self.person();
        if person.understand(here) {
            let PersonForm { name, job_title, company, profile, email, notes, .. } = person;
            *self = Self { text: name, job_title, company, profile, email, notes, ..self.clone() };
        }
    }

    fn person(&self) -> PersonForm {
        PersonForm {
            name: self.text.clone(),
            job_title: self.job_title.clone(),
            company: self.company.clone(),
            profile: self.profile.clone(),
            email: self.email.clone(),
            notes: self.notes.clone(),
            ..PersonForm::default()
        }
    }

    /// What it means.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self) -> Result<Made, Errors> {
        let Ok(becomes) = self.becomes.parse() else {
            return Err(Errors::of("becomes", "Choose what this is"));
        };
        match becomes {
            Filing::Mine | Filing::Theirs => ActionForm {
                whose: becomes.to_string(),
                text: self.text.clone(),
                due_on: self.due_on.clone(),
                ..ActionForm::default()
            }
            .parse()
            .map(Made::Action),
            Filing::Insight => InsightForm {
                topic: self.topic.clone(),
                weight: self.weight.clone(),
                about: self.about.clone(),
                insight: self.text.clone(),
                ..InsightForm::default()
            }
            .parse()
            .map(Made::Insight)
            .map_err(|errors| renamed(&errors, &[("insight", "text")])),
            Filing::Person => self
                .person()
                .parse()
                .map(|person| Made::Person(Box::new(person)))
                .map_err(|errors| renamed(&errors, &[("name", "text")])),
            Filing::Opening => OpeningForm {
                title: self.text.clone(),
                company: self.opening_at.clone(),
                confirmed: self.confirmed.clone(),
                ..OpeningForm::default()
            }
            .parse()
            .map(Made::Opening)
            .map_err(|errors| renamed(&errors, &[("title", "text"), ("company", "opening_at")])),
            Filing::Reason => {
                ReasonForm { kind: ReasonKind::Other.to_string(), text: self.text.clone(), ..ReasonForm::default() }
                    .parse()
                    .map(Made::Reason)
            }
            Filing::Nothing => Ok(Made::Nothing),
        }
    }

    /// What a field of this line is called in the form.
    pub fn name(&self, field: &str) -> String {
        format!("{field}-{}", self.id)
    }

    /// The fault of a field, by its name in the form: what the pieces of a page ask [`Errors`].
    pub fn get(&self, name: impl AsRef<str>) -> Option<&str> {
        self.errors.get(self.field(name.as_ref()))
    }

    /// As [`get`](Self::get): whether the cursor goes there.
    pub fn is_first(&self, name: impl AsRef<str>) -> bool {
        self.is_first_fault && self.errors.is_first(self.field(name.as_ref()))
    }

    /// As [`get`](Self::get).
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    fn field<'a>(&self, name: &'a str) -> &'a str {
        name.split_once('-').map_or(name, |(field, _)| field)
    }

    pub fn is(&self, filing: &Filing) -> bool {
        self.becomes == filing.as_str()
    }

    /// What an insight may be about.
    pub fn topics(&self) -> Vec<(&'static str, &'static str)> {
        Topic::choices()
    }

    /// What an insight may be true of.
    pub fn abouts(&self) -> Vec<(&'static str, &'static str)> {
        About::choices()
    }

    /// How much a requirement weighs.
    pub fn weights(&self) -> Vec<(&'static str, &'static str)> {
        let said = Weight::choices();
        std::iter::once(("", "Not said")).chain(said).collect()
    }
}

impl Faults for LineForm {
    fn get(&self, name: &str) -> Option<&str> {
        self.get(name)
    }

    fn is_first(&self, name: &str) -> bool {
        self.is_first(name)
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// Faults under the names this form has for the fields.
fn renamed(errors: &Errors, names: &[(&str, &'static str)]) -> Errors {
    let mut told = Errors::default();
    for (field, problem) in errors.iter() {
        told.add(names.iter().find(|(was, _)| *was == field).map_or(field, |(_, is)| is), problem);
    }
    told
}
