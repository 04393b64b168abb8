//! What a new person is led through: a role to aim at, ten companies, the people they know, a first request.

use serde::Deserialize;

use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::accounts::queries::days;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::kinds::kinds;
use crate::web::flash::Done;
use crate::web::form::Form;

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
                    "Your LinkedIn connections show whom you already know at these companies.",
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

/// The step that is skipped.
#[derive(Deserialize)]
pub struct SkipForm {
    #[serde(default)]
    step: String,
}

/// `POST /first-steps/skips`
pub async fn skip(mut visit: Visit<Owner>, Form(form): Form<SkipForm>) -> Result<Done> {
    let step: FirstStep = form.step.parse().map_err(|_| Error::Invalid("There is no such step.".into()))?;
    let mut skipped = visit.person.preferences.skipped_first_steps.clone();
    if !skipped.iter().any(|s| s == step.as_str()) {
        skipped.push(step.as_str().into());
    }
    let by = visit.by;
    days::set_skipped_first_steps(visit.db(), by, &skipped).await?;
    Ok(Done::to("/"))
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
