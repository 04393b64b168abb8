//! What a new person is led through: a role to aim at, ten companies, the people they know, a first request.

use crate::accounts::preferences::Preferences;
use crate::error::Result;
use crate::kinds::kinds;

kinds! {
    /// The first steps, in order.
    pub enum FirstStep {
        Role = "role", "Say what role you aim at";
        Companies = "companies", "Write down ten companies";
        Import = "import", "Bring the people you know";
        Request = "request", "Send a first request";
    }
}

/// What the steps are judged by.
pub struct Begun {
    pub companies: i64,
    pub contacts: i64,
    pub requests: i64,
}

/// A step as the page shows it.
pub struct Shown {
    pub step: FirstStep,
    pub done: bool,
    pub skipped: bool,
    pub why: &'static str,
    pub href: &'static str,
    pub go: &'static str,
}

/// The first steps, or nothing once each is done or skipped.
pub fn first_steps(preferences: &Preferences, begun: &Begun) -> Vec<Shown> {
    let steps: Vec<Shown> = FirstStep::ALL
        .iter()
        .map(|&step| {
            let (done, why, href, go) = match step {
                FirstStep::Role => (
                    !preferences.target_roles.is_empty(),
                    "It fills the searches for people and the messages.",
                    "/settings",
                    "Set the role",
                ),
                FirstStep::Companies => (
                    begun.companies >= 10,
                    "Where would you like to work? An opening is not needed.",
                    "/companies/new",
                    "Add companies",
                ),
                FirstStep::Import => (
                    begun.contacts > 0,
                    "Your LinkedIn connections show who you already know at these companies.",
                    "/import",
                    "Import from LinkedIn",
                ),
                FirstStep::Request => (
                    begun.requests > 0,
                    "Find one person in your target role, and ask to connect.",
                    "/contacts/new",
                    "Add a contact",
                ),
            };
            let skipped = preferences.skipped_first_steps.iter().any(|skipped| skipped == step.as_str());
            Shown { step, done, skipped, why, href, go }
        })
        .collect();
    if steps.iter().all(|step| step.done || step.skipped) { Vec::new() } else { steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_go_once_each_is_done_or_skipped() {
        let none = Begun { companies: 0, contacts: 0, requests: 0 };
        assert_eq!(first_steps(&Preferences::default(), &none).len(), 4);
        let preferences = Preferences {
            target_roles: vec!["Data analyst".into()],
            skipped_first_steps: vec!["import".into()],
            ..Preferences::default()
        };
        assert!(first_steps(&preferences, &Begun { companies: 10, contacts: 0, requests: 1 }).is_empty());
        assert!(!first_steps(&preferences, &Begun { companies: 9, contacts: 0, requests: 1 }).is_empty());
    }
}
