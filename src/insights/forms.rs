//! An insight as typed, and what it means.

use serde::Deserialize;

use super::insight::{About, Learned};
use crate::error::Result;
use crate::ids::InsightId;
use crate::playbook::topic::Topic;
use crate::text::Text;
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct InsightForm {
    pub id: Option<InsightId>,
    pub view: String,
    pub topic: String,
    pub weight: String,
    /// The company, or the role wherever it is done.
    pub about: String,
    pub insight: String,
}

impl Default for InsightForm {
    fn default() -> Self {
        Self {
            id: None,
            view: String::new(),
            topic: Topic::DayToDay.to_string(),
            weight: String::new(),
            about: About::Company.to_string(),
            insight: String::new(),
        }
    }
}

impl InsightForm {
    /// What was typed, as what it means.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self) -> Result<Learned, Errors> {
        let mut errors = Errors::default();
        let topic = errors.choose("topic", &self.topic);
        let weight =
            errors.optional("weight", &self.weight, |word| word.parse().map_err(|_| "Choose one from the list"));
        let about = errors.optional("about", &self.about, |word| word.parse().map_err(|_| "Choose one from the list"));
        let text = errors.take("insight", Text::parse(&self.insight));
        errors.give(|| {
            let topic = topic?;
            let weight = weight.filter(|_| topic == Topic::Requirements);
            Some(Learned { topic, weight, about: about.unwrap_or(About::Company), text: text? })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::topic::Weight;

    #[test]
    fn only_what_the_role_needs_has_a_weight() {
        let form = |topic: &str, weight: &str, insight: &str| InsightForm {
            topic: topic.into(),
            weight: weight.into(),
            insight: insight.into(),
            ..InsightForm::default()
        };
        let kept = form("requirements", "essential", "SQL").parse().ok().unwrap();
        assert_eq!(kept.weight, Some(Weight::Essential));
        assert_eq!(form("culture", "essential", "Calm").parse().ok().unwrap().weight, None);
        let wrong = |form: InsightForm| form.parse().err().unwrap().iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(wrong(form("weather", "heavy", " ")), ["topic", "weight", "insight"]);
        assert_eq!(wrong(form("team", "", &"x".repeat(2001))), ["insight"]);
    }
}
