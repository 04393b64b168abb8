//! The form of the search, and the sentence about oneself as a message says it.

use serde::Deserialize;

use super::{lines, whole};
use crate::accounts::preferences::Preferences;
use crate::address::WebAddress;
use crate::error::Result;
use crate::playbook::message::about_me::who_i_am;
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::placeholder::Placeholder;
use crate::text::Line;
use crate::web::form::Errors;

/// The form as typed; lists are one a line.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    pub version: i32,
    pub target_roles: String,
    pub places: String,
    pub industries: String,
    pub schools: String,
    pub former_employers: String,
    pub about_me: String,
    pub resume_url: String,
    pub talk_minutes: String,
    /// The page to return to, where that is not this one.
    pub back: String,
}

impl SearchForm {
    /// The search as it is set.
    pub fn of(preferences: &Preferences, version: i32) -> Self {
        Self {
            version,
            target_roles: preferences.target_roles.join("\n"),
            places: preferences.places.join("\n"),
            industries: preferences.industries.join("\n"),
            schools: preferences.schools.join("\n"),
            former_employers: preferences.former_employers.join("\n"),
            about_me: preferences.about_me.clone(),
            resume_url: preferences.resume_url.clone(),
            talk_minutes: preferences.talk_minutes.to_string(),
            back: String::new(),
        }
    }

    /// Puts what the form means into the preferences; with errors, they are half changed and not to be used.
    ///
    /// # Errors
    /// A fault for each field that has one.
    pub fn apply(&self, to: &mut Preferences) -> Result<(), Errors> {
        let mut errors = Errors::default();
        let mut list = |field, typed: &str| errors.take(field, lines(typed)).unwrap_or_default();
        to.target_roles = list("target_roles", &self.target_roles);
        to.places = list("places", &self.places);
        to.industries = list("industries", &self.industries);
        to.schools = list("schools", &self.schools);
        to.former_employers = list("former_employers", &self.former_employers);
        let about_me = errors.take("about_me", Line::<300>::parse_optional(&self.about_me)).flatten();
        to.about_me = about_me.map(String::from).unwrap_or_default();
        let resume_url = errors.take("resume_url", WebAddress::parse_optional(&self.resume_url)).flatten();
        to.resume_url = resume_url.map(|url| url.as_str().to_owned()).unwrap_or_default();
        to.talk_minutes = errors.take("talk_minutes", whole(&self.talk_minutes, 5..=120)).unwrap_or_default();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The texts with their labels, for two savings to be compared.
    pub fn texts(self) -> [(&'static str, String); 8] {
        [
            ("Target roles", self.target_roles),
            ("Places", self.places),
            ("Industries", self.industries),
            ("Schools", self.schools),
            ("Former employers", self.former_employers),
            ("About me", self.about_me),
            ("Link to your resume", self.resume_url),
            ("Minutes", self.talk_minutes),
        ]
    }
}

/// The sentence about oneself as a message says it.
pub fn in_a_message(about_me: &str, target_roles: &str) -> String {
    let target = target_roles.lines().map(str::trim).find(|role| !role.is_empty());
    let facts = Facts::new()
        .with(Placeholder::FirstName, Placeholder::FirstName.example())
        .with(Placeholder::Company, Placeholder::Company.example())
        .with_some(Placeholder::WhoIAm, who_i_am(about_me, target));
    fill("Hello {first_name}, {who_i_am} I would like to learn how this work is done at {company}.", &facts).text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> SearchForm {
        SearchForm {
            target_roles: "Compiler engineer\r\nLanguage designer".into(),
            places: "remote".into(),
            about_me: "I write compilers and teach people to.".into(),
            resume_url: "https://ada.example/resume.pdf".into(),
            talk_minutes: "20".into(),
            ..SearchForm::default()
        }
    }

    #[test]
    fn what_was_typed_is_kept_and_shown_again() {
        let mut preferences = Preferences::default();
        filled().apply(&mut preferences).unwrap();
        assert_eq!(preferences.target_roles, ["Compiler engineer", "Language designer"]);
        assert_eq!(preferences.talk_minutes, 20);
        let shown = SearchForm::of(&preferences, 3);
        assert_eq!(shown.target_roles, "Compiler engineer\nLanguage designer");
        let mut again = preferences.clone();
        shown.apply(&mut again).unwrap();
        assert_eq!(again, preferences);
    }

    #[test]
    fn each_field_has_its_fault() {
        let form = SearchForm {
            schools: "x".repeat(101),
            about_me: "y".repeat(301),
            resume_url: "my drive".into(),
            talk_minutes: "4".into(),
            ..filled()
        };
        let errors = form.apply(&mut Preferences::default()).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["schools", "about_me", "resume_url", "talk_minutes"]);
    }

    #[test]
    fn the_longest_lists_fit_into_their_column() {
        let lists: String = (0..20).map(|n| format!("{n:02}{}\n", "𝔘".repeat(98))).collect();
        let form = SearchForm {
            target_roles: lists.clone(),
            places: lists.clone(),
            industries: lists.clone(),
            schools: lists.clone(),
            former_employers: lists,
            about_me: "𝔘".repeat(300),
            ..filled()
        };
        let mut preferences = Preferences::default();
        form.apply(&mut preferences).unwrap();
        assert!(serde_json::to_string(&preferences).unwrap().len() < 50_000);
    }
}
