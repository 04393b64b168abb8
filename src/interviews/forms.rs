//! What is caught in and after a talk, as typed, and what it means.

use serde::Deserialize;

use super::kinds::Whose;
use super::queries::learned::{Action, Promise};
use super::view::View;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::{CompanyName, NameKey};
use crate::contacts::pasted;
use crate::error::Result;
use crate::ids::{ActionItemId, CapturedLineId, ContactId, InsightId, OpeningId};
use crate::insights::forms::InsightForm;
use crate::insights::insight::About;
use crate::playbook::topic::{Topic, Weight};
use crate::text::{Line, Text};
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct ActionForm {
    pub id: Option<ActionItemId>,
    pub view: String,
    pub version: i32,
    pub whose: String,
    pub text: String,
    pub due_on: String,
}

impl Default for ActionForm {
    fn default() -> Self {
        Self {
            id: None,
            view: String::new(),
            version: 0,
            whose: Whose::Mine.to_string(),
            text: String::new(),
            due_on: String::new(),
        }
    }
}

impl ActionForm {
    pub fn of(action: &Action) -> Self {
        Self {
            version: action.version,
            whose: action.whose.to_string(),
            text: action.text.clone(),
            due_on: action.due_on.map(|day| day.0.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<Promise, Errors> {
        let mut errors = Errors::default();
        let whose = errors.choose("whose", &self.whose);
        let text = errors.take("text", Line::parse(&self.text));
        let due_on = errors.optional_date("due_on", &self.due_on);
        errors.give(|| Some(Promise { whose: whose?, text: text?, due_on }))
    }
}

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub id: Option<ContactId>,
    pub view: String,
    pub name: String,
    pub job_title: String,
    pub profile: String,
    pub email: String,
    /// Where they work; at first, where the talk was.
    pub company: String,
    /// What else was said of them.
    pub notes: String,
}

/// What the form means.
pub struct Mentioned {
    pub name: Line<200>,
    pub job_title: Option<Line<200>>,
    pub profile: Option<ProfileAddress>,
    pub email: Option<EmailAddress>,
    pub company: Option<CompanyName>,
    pub notes: Option<Text<20_000>>,
}

impl PersonForm {
    /// Takes apart a name that is more than one: 'Jonas Weber, leads analytics at Ada Health'. Tells whether that changed the
    /// form, which is then to be looked over. `here` is the company of the talk.
    pub fn understand(&mut self, here: Option<&str>) -> bool {
        let read = pasted::in_line(&self.name);
        if read.name == self.name.trim() || read.name.is_empty() {
            return false;
        }
        self.name = read.name;
        // What the line says of where they work is said of them; that the field named the company of the talk was a guess.
        let is_guess = here.is_some_and(|here| NameKey::of(here) == NameKey::of(&self.company));
        if is_guess && !read.company.is_empty() {
            self.company.clear();
        }
        let mut rest = read.rest;
        for (field, value) in [
            (&mut self.job_title, read.job_title),
            (&mut self.profile, read.profile),
            (&mut self.email, read.email),
            (&mut self.company, read.company),
        ] {
            if let Some(left) = pasted::put(field, value) {
                pasted::append(&mut rest, &left);
            }
        }
        pasted::append(&mut rest, &read.phone);
        pasted::append(&mut self.notes, &rest);
        true
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<Mentioned, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", pasted::name_of_person(&self.name));
        let email = errors.take("email", EmailAddress::parse_optional(&self.email));
        let company = errors.take("company", CompanyName::parse_optional(&self.company));
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        let job_title = errors.take("job_title", Line::parse_optional(&self.job_title));
        let profile = errors.take("profile", ProfileAddress::parse_optional(&self.profile));
        errors.give(|| {
            Some(Mentioned {
                name: name?,
                job_title: job_title?,
                profile: profile?,
                email: email?,
                company: company?,
                notes: notes?,
            })
        })
    }
}

/// The form as typed; the button says what it is.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct LineForm {
    pub id: Option<CapturedLineId>,
    pub kind: String,
    pub line: String,
}

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpeningForm {
    pub id: Option<OpeningId>,
    pub view: String,
    pub title: String,
    pub company: String,
    /// They said that it is real and open.
    pub confirmed: String,
}

impl OpeningForm {
    /// Reads the form.
    pub fn parse(&self) -> Result<MentionedOpening, Errors> {
        let mut errors = Errors::default();
        let title = errors.take("title", Line::parse(&self.title));
        let company = errors.take("company", CompanyName::parse(&self.company));
        errors
            .give(|| Some(MentionedOpening { title: title?, company: company?, confirmed: !self.confirmed.is_empty() }))
    }
}

/// The four forms, each with what is wrong with it.
pub struct Captures {
    pub view: View,
    pub action: ActionForm,
    pub action_errors: Errors,
    pub insight: InsightForm,
    pub insight_errors: Errors,
    pub person: PersonForm,
    pub person_errors: Errors,
    /// The person was read from a line, and waits to be looked over.
    pub person_is_read: bool,
    pub opening: OpeningForm,
    pub opening_errors: Errors,
}

impl Captures {
    /// Empty forms.
    pub fn fresh(view: View) -> Self {
        Self {
            view,
            action: ActionForm::default(),
            action_errors: Errors::default(),
            insight: InsightForm::default(),
            insight_errors: Errors::default(),
            person: PersonForm::default(),
            person_errors: Errors::default(),
            person_is_read: false,
            opening: OpeningForm::default(),
            opening_errors: Errors::default(),
        }
    }

    /// A fresh id for a form that has none: a second press then meets the row of the first.
    pub fn action_id(&self) -> ActionItemId {
        self.action.id.unwrap_or_else(ActionItemId::new)
    }

    /// As [`action_id`](Self::action_id).
    pub fn insight_id(&self) -> InsightId {
        self.insight.id.unwrap_or_else(InsightId::new)
    }

    /// As [`action_id`](Self::action_id).
    pub fn person_id(&self) -> ContactId {
        self.person.id.unwrap_or_else(ContactId::new)
    }

    /// As [`action_id`](Self::action_id).
    pub fn opening_id(&self) -> OpeningId {
        self.opening.id.unwrap_or_else(OpeningId::new)
    }

    /// Where a person works: as typed or, in a fresh form, where the talk was.
    pub fn person_company<'a>(&'a self, here: Option<&'a str>) -> &'a str {
        if self.person.id.is_none() { here.unwrap_or_default() } else { &self.person.company }
    }

    /// What an insight may be true of.
    pub fn abouts(&self) -> Vec<(&'static str, &'static str)> {
        About::choices()
    }

    /// Whose a promise may be.
    pub fn whose(&self) -> Vec<(&'static str, &'static str)> {
        Whose::choices()
    }

    /// What an insight may be about.
    pub fn topics(&self) -> Vec<(&'static str, &'static str)> {
        Topic::choices()
    }

    /// How much a requirement weighs.
    pub fn weights(&self) -> Vec<(&'static str, &'static str)> {
        std::iter::once(("", "Not said")).chain(Weight::choices()).collect()
    }
}

/// What the form means.
pub struct MentionedOpening {
    pub title: Line<200>,
    pub company: CompanyName,
    pub confirmed: bool,
}
