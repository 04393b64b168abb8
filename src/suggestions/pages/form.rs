//! The form of a suggestion: what was typed, and what it means.

use serde::Deserialize;

use crate::address::WebAddress;
use crate::companies::name::CompanyName;
use crate::library::form::TemplateForm;
use crate::playbook::message::built_in::Moment;
use crate::suggestions::queries::{Said, Written};
use crate::suggestions::suggestion::Kind;
use crate::text::Text;
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SuggestionForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    pub id: String,
    pub kind: String,
    pub version: String,
    pub name: String,
    pub website: String,
    pub why: String,
    pub moment: String,
    pub body: String,
}

/// What it means.
#[derive(Debug, Default)]
pub struct Meant {
    name: String,
    why: Option<Text<1000>>,
    website: Option<WebAddress>,
    moment: Option<Moment>,
    body: Option<Text<20_000>>,
}

impl Meant {
    /// The same, as it is written.
    pub fn said(&self) -> Said<'_> {
        Said {
            name: &self.name,
            why: self.why.as_ref().map(Text::as_str),
            website: self.website.as_ref().map(WebAddress::as_str),
            moment: self.moment,
            body: self.body.as_ref().map(Text::as_str),
        }
    }
}

impl SuggestionForm {
    /// One as it is kept.
    pub fn of(written: Written) -> Self {
        let text = Option::unwrap_or_default;
        Self {
            id: String::new(),
            kind: written.kind.to_string(),
            version: written.version.to_string(),
            name: written.name,
            website: text(written.website),
            why: text(written.why),
            moment: written.moment.map(|moment| moment.to_string()).unwrap_or_default(),
            body: text(written.body),
        }
    }

    /// What was typed, held to what a company and a template are held to.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self, kind: Kind) -> Result<Meant, Errors> {
        let mut errors = Errors::default();
        let meant = match kind {
            Kind::Company => {
                let name = errors.take("name", CompanyName::parse(&self.name));
                let website = errors.take("website", WebAddress::parse_optional(&self.website));
                name.zip(website).map(|(name, website)| Meant {
                    name: name.as_str().into(),
                    website,
                    ..Meant::default()
                })
            }
            Kind::Template => template(&self.name, &self.moment, &self.body).parse(&mut errors).map(|template| Meant {
                name: template.name.as_str().into(),
                moment: Some(template.moment),
                body: Some(template.body),
                ..Meant::default()
            }),
        };
        let why = errors.take("why", Text::parse_optional(&self.why));
        errors.give(|| Some(Meant { why: why?, ..meant? }))
    }
}

/// The form of the template that is suggested: for anyone, and the usual ways to send it.
pub fn template(name: &str, moment: &str, body: &str) -> TemplateForm {
    TemplateForm {
        name: name.into(),
        moment: moment.into(),
        body: body.into(),
        ..TemplateForm::new(moment.parse().ok())
    }
}
