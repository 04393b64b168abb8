//! The form of a template: typed text in, what it means out.

use serde::Deserialize;

use super::queries::{Described, TemplateDetail};
use crate::ids::TemplateId;
use crate::playbook::message::built_in::{BuiltIn, Moment};
use crate::playbook::message::channel::Channel;
use crate::playbook::message::spelling;
use crate::playbook::warmth::Warmth;
use crate::text::{Line, Text};
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    pub id: String,
    pub version: i32,
    /// The key of what comes with Inroad that it begins with.
    pub from: String,
    pub name: String,
    pub moment: String,
    pub channels: Vec<String>,
    pub warmths: Vec<String>,
    pub subject: String,
    pub body: String,
    /// Only to see it, not to save it.
    pub preview: String,
    /// The name of a contact to try it on.
    pub who: String,
    /// The contact chosen among those of that name.
    pub contact: String,
}

fn words<T: ToString>(kinds: &[T]) -> Vec<String> {
    kinds.iter().map(ToString::to_string).collect()
}

impl TemplateForm {
    /// An empty one, for anybody and the ways that take most messages.
    pub fn new(moment: Option<Moment>) -> Self {
        let usual = [Channel::LinkedinMessage, Channel::Email, Channel::Text, Channel::Other];
        let channels = match moment {
            Some(Moment::Request) => words(&[Channel::LinkedinNote]),
            _ => words(&usual),
        };
        Self {
            id: TemplateId::new().to_string(),
            moment: moment.map(|moment| moment.to_string()).unwrap_or_default(),
            channels,
            warmths: words(Warmth::ALL),
            ..Self::default()
        }
    }

    /// One that begins with the words of what comes with Inroad.
    pub fn from_built_in(built_in: &BuiltIn) -> Self {
        Self {
            id: TemplateId::new().to_string(),
            from: built_in.key.into(),
            name: built_in.name.into(),
            moment: built_in.moment.to_string(),
            channels: words(built_in.channels),
            warmths: words(built_in.warmths),
            subject: built_in.subject.unwrap_or_default().into(),
            body: built_in.body.into(),
            ..Self::default()
        }
    }

    /// The form of a template as it is kept.
    pub fn of(template: &TemplateDetail) -> Self {
        let latest = template.versions.first();
        Self {
            id: template.id.to_string(),
            version: template.version,
            name: template.name.clone(),
            moment: template.moment.to_string(),
            channels: words(&template.channels),
            warmths: words(&template.warmths),
            subject: latest.and_then(|latest| latest.subject.clone()).unwrap_or_default(),
            body: latest.map(|latest| latest.body.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Reads what was typed. Faults go to `errors`, and then there is nothing.
    pub fn parse(&self, errors: &mut Errors) -> Option<Described> {
        let name = errors.take("name", Line::parse(&self.name));
        let moment = errors.choose("moment", &self.moment);
        let channels = several(errors, "channels", &self.channels, "Choose at least one way to send it");
        let warmths = several(errors, "warmths", &self.warmths, "Choose at least one; all of them means anyone");
        let subject = errors.take("subject", Line::parse_optional(&self.subject));
        let body = errors.take("body", Text::parse(&self.body));
        for (field, text) in [("subject", &self.subject), ("body", &self.body)] {
            if errors.get(field).is_none()
                && let Some(problem) = spelling::problem(text)
            {
                errors.add(field, problem);
            }
        }
        if !errors.is_empty() {
            return None;
        }
        Some(Described {
            name: name?,
            moment: moment?,
            channels: channels?,
            warmths: warmths?,
            subject: subject?,
            body: body?,
        })
    }
}

/// One or more of a kind, each once, in the order of the kind as the form has them.
fn several<T: std::str::FromStr + PartialEq>(
    errors: &mut Errors,
    field: &'static str,
    typed: &[String],
    none: &'static str,
) -> Option<Vec<T>> {
    let mut chosen = Vec::new();
    for word in typed {
        let Ok(one) = word.parse() else {
            errors.add(field, "Choose from the list");
            return None;
        };
        if !chosen.contains(&one) {
            chosen.push(one);
        }
    }
    if chosen.is_empty() {
        errors.add(field, none);
        return None;
    }
    Some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::message::built_in;

    fn faults(form: &TemplateForm) -> Vec<&'static str> {
        let mut errors = Errors::default();
        assert!(form.parse(&mut errors).is_none());
        errors.iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn everything_that_comes_with_inroad_can_be_made_ones_own() {
        for built_in in built_in::all() {
            let described = TemplateForm::from_built_in(built_in).parse(&mut Errors::default()).unwrap();
            assert_eq!((described.body.as_str(), described.moment), (built_in.body, built_in.moment));
            assert_eq!((&*described.channels, &*described.warmths), (built_in.channels, built_in.warmths));
        }
    }

    #[test]
    fn a_new_one_lacks_its_name_and_its_words() {
        assert_eq!(faults(&TemplateForm::new(Some(Moment::Thank))), ["name", "body"]);
        assert_eq!(faults(&TemplateForm::new(None)), ["name", "moment", "body"]);
    }

    #[test]
    fn every_fault_is_told_by_its_field() {
        let form = TemplateForm {
            name: "x".repeat(101),
            moment: "lunch".into(),
            channels: vec!["owl".into()],
            subject: "x".repeat(201),
            body: "x".repeat(20_001),
            ..TemplateForm::default()
        };
        assert_eq!(faults(&form), ["name", "moment", "channels", "warmths", "subject", "body"]);
    }

    #[test]
    fn a_misspelt_placeholder_is_named_with_the_one_meant() {
        let form = TemplateForm {
            name: "Mine".into(),
            subject: "{compnay}".into(),
            body: "Hello {firstname}".into(),
            ..TemplateForm::new(Some(Moment::Thank))
        };
        let mut errors = Errors::default();
        form.parse(&mut errors);
        assert!(errors.get("subject").unwrap().contains("{company}"));
        assert!(
            errors.get("body").unwrap().contains("{firstname}") && errors.get("body").unwrap().contains("{first_name}")
        );
    }

    #[test]
    fn a_box_ticked_twice_counts_once() {
        let form = TemplateForm { channels: vec!["email".into(), "email".into()], ..TemplateForm::new(None) };
        let mut errors = Errors::default();
        assert_eq!(several::<Channel>(&mut errors, "channels", &form.channels, ""), Some(vec![Channel::Email]));
    }
}
