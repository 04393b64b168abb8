//! Suggestions, as words and as rows.

use serde::Deserialize;

use crate::ids::SuggestionId;
use crate::kinds::kinds;
use crate::playbook::message::built_in::Moment;

kinds! {
    /// What is suggested.
    pub enum Kind {
        Company = "company", "Company";
        Template = "template", "Template";
    }
}

impl Kind {
    /// Where the seeker has it once it is taken over.
    pub fn place(self) -> &'static str {
        match self {
            Self::Company => "/companies",
            Self::Template => "/library",
        }
    }
}

/// What one says, as the statement of a page gathers it: that waits for the seeker's word, or waited.
#[derive(Debug, Clone, Deserialize)]
pub struct Waiting {
    pub id: SuggestionId,
    /// The coach's name.
    pub by_name: String,
    pub kind: Kind,
    pub name: String,
    /// Why the coach thinks so.
    pub why: Option<String>,
    pub website: Option<String>,
    /// What a template is for.
    pub moment: Option<Moment>,
    pub body: Option<String>,
}

impl Waiting {
    /// 'a company', 'a template: Thank-you'.
    pub fn what(&self) -> String {
        match self.moment {
            None => "a company".into(),
            Some(moment) => format!("a template: {}", moment.label()),
        }
    }

    /// What the button says that takes it over.
    pub fn takes(&self) -> &'static str {
        match self.kind {
            Kind::Company => "Add to my list",
            Kind::Template => "Add to my library",
        }
    }
}

/// What came of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Waits,
    Taken,
    NotForThem,
}

impl Fate {
    /// A tone for its tag.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Waits => "soon",
            Self::Taken => "good",
            Self::NotForThem => "",
        }
    }

    /// In a word or two.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waits => "Waiting",
            Self::Taken => "Added",
            Self::NotForThem => "Not added",
        }
    }
}
