//! What a talk taught: one thing at a time, under a topic.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::captures::{self, Captures, View};
use super::queries::learned;
use super::topics::{Topic, Weight};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{InsightId, InterviewId};
use crate::kinds::kinds;
use crate::links::with_query;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::{own_path, own_path_or};
use crate::web::path::Id;

kinds! {
    /// What an insight is true of.
    pub enum About {
        Company = "company", "The company";
        /// The role, wherever it is done.
        Role = "role", "The role anywhere";
    }
}

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

/// What the form means.
pub struct Learned {
    pub topic: Topic,
    /// Only what the role needs has a weight.
    pub weight: Option<Weight>,
    pub about: About,
    pub text: Text<2_000>,
}

impl InsightForm {
    /// What was typed, as what it means.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self) -> Result<Learned, Errors> {
        let mut errors = Errors::default();
        let topic = errors.choose("topic", &self.topic);
        let weight = errors.optional("weight", &self.weight, |word| word.parse().map_err(|_| "Choose one of the list"));
        let about = errors.optional("about", &self.about, |word| word.parse().map_err(|_| "Choose one of the list"));
        let text = errors.take("insight", Text::parse(&self.insight));
        match (errors.is_empty(), topic, text) {
            (true, Some(topic), Some(text)) => {
                let weight = weight.filter(|_| topic == Topic::Requirements);
                Ok(Learned { topic, weight, about: about.unwrap_or(About::Company), text })
            }
            _ => Err(errors),
        }
    }
}

/// `POST /interviews/{id}/insights`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(talk): Id<InterviewId>,
    Form(form): Form<InsightForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let view = View::named(&form.view);
    let new = match form.parse() {
        Ok(new) => new,
        Err(insight_errors) => {
            let captures = Captures { insight: form, insight_errors, ..Captures::fresh(view) };
            return captures::again(visit, talk, captures).await;
        }
    };
    if !learned::is_there(visit.db(), by, talk).await? {
        return Err(Error::NotFound);
    }
    let id = form.id.unwrap_or_else(InsightId::new);
    learned::add_insight(visit.db(), by, talk, id, &new, now).await?;
    let text = format!("Kept under: {}.", new.topic.label());
    Ok(Done::to(view.address(talk)).saying(text).into_response())
}

/// Where a press came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    view: String,
    back: String,
}

impl From {
    /// Where a press leads: back to where it came from, else to the page of the talk, if there is one.
    fn address(&self, talk: Option<InterviewId>) -> String {
        match talk {
            _ if !self.back.is_empty() => own_path(&self.back),
            Some(talk) => View::named(&self.view).address(talk),
            None => "/insights".into(),
        }
    }

    fn undo(&self, id: InsightId) -> String {
        let back = own_path_or(&self.back, "");
        let view = View::named(&self.view);
        with_query(&format!("/insights/{id}/restorations"), &[("view", view.as_str()), ("back", &back)])
    }
}

/// Whether an insight goes into the thank-you.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tick {
    view: String,
    ticked: String,
}

/// `POST /insights/{id}/thank-you-ticks`: what is ticked goes into the thank-you.
pub async fn tick(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(tick): Form<Tick>) -> Result<Done> {
    let by = visit.by;
    let talk = learned::tick_insight(visit.db(), by, id, tick.ticked == "true").await?.ok_or(Error::NotFound)?;
    Ok(Done::to(View::named(&tick.view).address(talk)))
}

/// `POST /insights/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(from): Form<From>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let talk = learned::bin_insight(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(from.address(talk)).saying("The insight is in the bin.").undo(from.undo(id)))
}

/// `POST /insights/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Query(from): Query<From>) -> Result<Done> {
    let by = visit.by;
    let talk = learned::bin_insight(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(from.address(talk)).saying("The insight is back."))
}

#[cfg(test)]
mod tests {
    use super::*;

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
