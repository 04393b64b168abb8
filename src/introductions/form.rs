//! The form of a new introduction: what was typed, and what it means.

use serde::Deserialize;

use crate::companies::name::CompanyName;
use crate::ids::ContactId;
use crate::text::{Line, Text};
use crate::web::form::Errors;

/// The form as typed; the address of the empty one may carry the two people.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct IntroductionForm {
    /// The introduction to be: sent twice, the form adds it once.
    pub id: String,
    pub introducer: String,
    pub introduced: String,
    /// Somebody who is no contact yet.
    pub name: String,
    pub company: String,
    pub note: String,
}

/// To whom.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    Contact(ContactId),
    /// Somebody who is no contact yet, and where they work.
    New(Line<200>, Option<CompanyName>),
}

/// What the form means.
#[derive(Debug)]
pub struct Filled {
    pub introducer: ContactId,
    pub wanted: Wanted,
    pub note: Option<Text<2_000>>,
}

impl IntroductionForm {
    /// What was typed, or what is wrong with it. Whoever is chosen comes before a name that was typed.
    ///
    /// # Errors
    /// A fault for each field that has one.
    pub fn parse(&self) -> Result<Filled, Errors> {
        let mut errors = Errors::default();
        let introducer =
            errors.take("introducer", self.introducer.parse().map_err(|_| "Choose who could introduce you"));
        let wanted = match (self.introduced.trim(), self.name.trim()) {
            ("", "") => errors.take("introduced", Err("Choose somebody, or write a name below")),
            ("", _) => {
                let name = errors.take("name", Line::parse(&self.name));
                let company = errors.take("company", CompanyName::parse_optional(&self.company));
                name.zip(company).map(|(name, company)| Wanted::New(name, company))
            }
            (id, _) => {
                errors.take("introduced", id.parse().map(Wanted::Contact).map_err(|_| "Choose somebody of the list"))
            }
        };
        if wanted == introducer.map(Wanted::Contact) && introducer.is_some() {
            errors.add("introduced", "Nobody introduces you to themselves: choose another person");
        }
        let note = errors.take("note", Text::parse_optional(&self.note));
        match (errors.is_empty(), introducer, wanted, note) {
            (true, Some(introducer), Some(wanted), Some(note)) => Ok(Filled { introducer, wanted, note }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(form: &IntroductionForm) -> Vec<&'static str> {
        form.parse().err().map(|errors| errors.iter().map(|(field, _)| field).collect()).unwrap_or_default()
    }

    #[test]
    fn it_takes_two() {
        let one = ContactId::new().to_string();
        let form = IntroductionForm { introducer: one.clone(), ..IntroductionForm::default() };
        assert_eq!(faults(&IntroductionForm::default()), ["introducer", "introduced"]);
        assert_eq!(faults(&form), ["introduced"]);
        assert_eq!(faults(&IntroductionForm { introduced: one, ..form.clone() }), ["introduced"]);
        assert_eq!(faults(&IntroductionForm { introduced: "her".into(), ..form.clone() }), ["introduced"]);
        let other = IntroductionForm { introduced: ContactId::new().to_string(), name: "Kate".into(), ..form.clone() };
        assert!(matches!(other.parse().unwrap().wanted, Wanted::Contact(_)), "whoever is chosen comes first");
        let new = IntroductionForm { name: " Kate Miller ".into(), company: "Acme".into(), ..form.clone() };
        let Wanted::New(name, company) = new.parse().unwrap().wanted else { panic!("somebody new") };
        assert_eq!((name.as_str(), company.unwrap().as_str()), ("Kate Miller", "Acme"));
        let long =
            IntroductionForm { name: "x".repeat(201), company: "x".repeat(201), note: "x".repeat(2_001), ..form };
        assert_eq!(faults(&long), ["name", "company", "note"]);
    }
}
