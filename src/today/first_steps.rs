//! What a new person is led through: a role to aim at, ten companies, the people they know, a first message.

use crate::accounts::preferences::Preferences;
use crate::accounts::settings::search_form::{SearchForm, in_a_message};
use crate::contacts::first_asks::FirstAsks;
use crate::ids::ImportId;
use crate::kinds::kinds;

/// Companies to begin with.
const COMPANIES: i64 = 10;

kinds! {
    /// The first steps, in order.
    pub enum FirstStep {
        Role = "role", "Say what work you want";
        Companies = "companies", "List ten companies";
        Import = "import", "Bring in the people you know";
        Request = "request", "Write to someone";
    }
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Done,
    Skipped,
    /// Some of it is done: '3 of 10'.
    Begun,
    ToDo,
}

/// What the steps are judged by.
pub struct Begun {
    pub companies: i64,
    pub has_contacts: bool,
    pub has_asked: bool,
}

/// A step as the page shows it.
#[derive(Debug)]
pub struct Shown {
    pub step: FirstStep,
    pub state: State,
    pub title: &'static str,
    pub why: &'static str,
    /// Its form is in sight: it is the next one to do.
    pub is_next: bool,
}

/// The first steps with everything their forms need.
#[derive(Debug)]
pub struct GettingStarted {
    /// None once each is done or skipped.
    pub steps: Vec<Shown>,
    pub search: SearchForm,
    pub companies: i64,
    /// Neither a company nor a contact is there.
    pub is_empty: bool,
    pub asks: FirstAsks,
    /// A pasted list was previewed and waits.
    pub list_waits: bool,
    /// A file was previewed and waits.
    pub import_waits: Option<ImportId>,
    /// The import to be.
    pub import: ImportId,
}

impl GettingStarted {
    /// Whether each step is done or skipped.
    pub fn is_over(&self) -> bool {
        self.steps.is_empty()
    }

    /// The sentence about oneself as a message says it.
    pub fn in_a_message(&self) -> String {
        in_a_message(&self.search.about_me, &self.search.target_roles)
    }

    /// '3 of 10'.
    pub fn so_far(&self) -> String {
        format!("{} of {COMPANIES}", self.companies)
    }
}

/// The first steps, or nothing once each is done or skipped.
pub fn first_steps(preferences: &Preferences, begun: &Begun) -> Vec<Shown> {
    let mut steps: Vec<Shown> = FirstStep::ALL.iter().map(|&step| shown(step, preferences, begun)).collect();
    if steps.iter().all(|shown| matches!(shown.state, State::Done | State::Skipped)) {
        return Vec::new();
    }
    let first = |wanted: State| steps.iter().position(|shown| shown.state == wanted);
    if let Some(next) = first(State::ToDo).or_else(|| first(State::Begun)) {
        steps[next].is_next = true;
    }
    steps
}

fn shown(step: FirstStep, preferences: &Preferences, begun: &Begun) -> Shown {
    let (is_done, title, why) = match step {
        FirstStep::Role => (
            !preferences.target_roles.is_empty(),
            step.label(),
            "It goes into your messages, and into searches for people.",
        ),
        FirstStep::Companies => (
            begun.companies >= COMPANIES,
            step.label(),
            "Where would you like to work? They needn\u{2019}t have an opening.",
        ),
        FirstStep::Import => {
            (begun.has_contacts, step.label(), "Your LinkedIn connections show who you know at these companies.")
        }
        FirstStep::Request if begun.has_contacts => {
            (begun.has_asked, "Ask someone you already know", "Fifteen minutes about their work is a small favor.")
        }
        FirstStep::Request => {
            (begun.has_asked, "Find one person", "Someone who does the work you want. Ask to connect.")
        }
    };
    let is_skipped = preferences.skipped_first_steps.iter().any(|skipped| skipped == step.as_str());
    let state = match step {
        _ if is_done => State::Done,
        _ if is_skipped => State::Skipped,
        FirstStep::Companies if begun.companies > 0 => State::Begun,
        _ => State::ToDo,
    };
    Shown { step, state, title, why, is_next: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(preferences: &Preferences, begun: &Begun) -> Option<FirstStep> {
        first_steps(preferences, begun).iter().find(|shown| shown.is_next).map(|shown| shown.step)
    }

    #[test]
    fn the_steps_go_once_each_is_done_or_skipped() {
        let none = Begun { companies: 0, has_contacts: false, has_asked: false };
        assert_eq!(first_steps(&Preferences::default(), &none).len(), 4);
        let preferences = Preferences {
            target_roles: vec!["Data analyst".into()],
            skipped_first_steps: vec!["import".into()],
            ..Preferences::default()
        };
        assert!(first_steps(&preferences, &Begun { companies: 10, has_contacts: false, has_asked: true }).is_empty());
        assert!(!first_steps(&preferences, &Begun { companies: 9, has_contacts: false, has_asked: true }).is_empty());
    }

    #[test]
    fn one_step_is_the_next_and_a_few_companies_are_enough_to_go_on() {
        let aims = Preferences { target_roles: vec!["Data analyst".into()], ..Preferences::default() };
        let begun = |companies, has_contacts, has_asked| Begun { companies, has_contacts, has_asked };
        assert_eq!(next(&Preferences::default(), &begun(0, false, false)), Some(FirstStep::Role));
        assert_eq!(next(&aims, &begun(0, false, false)), Some(FirstStep::Companies));
        assert_eq!(next(&aims, &begun(3, false, false)), Some(FirstStep::Import));
        assert_eq!(next(&aims, &begun(3, true, false)), Some(FirstStep::Request));
        assert_eq!(next(&aims, &begun(3, true, true)), Some(FirstStep::Companies));
        assert_eq!(next(&aims, &begun(10, true, true)), None);
    }

    #[test]
    fn someone_known_is_asked_before_anyone_is_looked_for() {
        let title = |has_contacts| {
            let begun = Begun { companies: 0, has_contacts, has_asked: false };
            first_steps(&Preferences::default(), &begun)[3].title
        };
        assert_eq!((title(false), title(true)), ("Find one person", "Ask someone you already know"));
    }
}
