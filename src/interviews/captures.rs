//! What is caught in and after a talk, on three pages alike: promises, insights, people, openings. A form with a fault comes back on its page.

use axum::response::{IntoResponse, Response};

use super::action_items::ActionForm;
use super::insights::{About, InsightForm};
use super::mentioned::OpeningForm;
use super::people::PersonForm;
use super::queries::talks::{self, Whole};
use super::talk::Whose;
use super::topics::{Topic, Weight};
use super::{show, wrap_up};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ActionItemId, ContactId, InsightId, InterviewId, OpeningId};
use crate::kinds::kinds;
use crate::web::form::Errors;
use crate::web::page::Page;

kinds! {
    /// The page a form was sent from, and is answered on.
    pub enum View {
        Show = "show", "The talk";
        Live = "live", "During the talk";
        WrapUp = "wrap_up", "After the talk";
    }
}

impl View {
    /// The page a form names; the talk's own if it names none.
    pub fn named(word: &str) -> Self {
        word.parse().unwrap_or(Self::Show)
    }

    /// Its address.
    pub fn address(self, talk: InterviewId) -> String {
        match self {
            Self::Show => format!("/interviews/{talk}"),
            Self::Live => format!("/interviews/{talk}/live"),
            Self::WrapUp => format!("/interviews/{talk}/wrap-up"),
        }
    }
}

/// The four forms, each with what is wrong with it.
pub struct Captures {
    pub view: View,
    pub action: ActionForm,
    pub action_errors: Errors,
    pub insight: InsightForm,
    pub insight_errors: Errors,
    pub person: PersonForm,
    pub person_errors: Errors,
    /// The person was read from a line, and waits to be looked over.
    pub person_is_read: bool,
    pub opening: OpeningForm,
    pub opening_errors: Errors,
}

impl Captures {
    /// Empty forms.
    pub fn fresh(view: View) -> Self {
        Self {
            view,
            action: ActionForm::default(),
            action_errors: Errors::default(),
            insight: InsightForm::default(),
            insight_errors: Errors::default(),
            person: PersonForm::default(),
            person_errors: Errors::default(),
            person_is_read: false,
            opening: OpeningForm::default(),
            opening_errors: Errors::default(),
        }
    }

    /// A fresh id for a form that has none: a second press then meets the row of the first.
    pub fn action_id(&self) -> ActionItemId {
        self.action.id.unwrap_or_else(ActionItemId::new)
    }

    /// As [`action_id`](Self::action_id).
    pub fn insight_id(&self) -> InsightId {
        self.insight.id.unwrap_or_else(InsightId::new)
    }

    /// As [`action_id`](Self::action_id).
    pub fn person_id(&self) -> ContactId {
        self.person.id.unwrap_or_else(ContactId::new)
    }

    /// As [`action_id`](Self::action_id).
    pub fn opening_id(&self) -> OpeningId {
        self.opening.id.unwrap_or_else(OpeningId::new)
    }

    /// What an insight may be true of.
    pub fn abouts(&self) -> Vec<(&'static str, &'static str)> {
        About::ALL.iter().map(|about| (about.as_str(), about.label())).collect()
    }

    /// Whose a promise may be.
    pub fn whose(&self) -> Vec<(&'static str, &'static str)> {
        Whose::ALL.iter().map(|whose| (whose.as_str(), whose.label())).collect()
    }

    /// What an insight may be about.
    pub fn topics(&self) -> Vec<(&'static str, &'static str)> {
        topics()
    }

    /// How much a requirement weighs.
    pub fn weights(&self) -> Vec<(&'static str, &'static str)> {
        std::iter::once(("", "Not said"))
            .chain(Weight::ALL.iter().map(|weight| (weight.as_str(), weight.label())))
            .collect()
    }
}

/// Every topic with its words.
pub fn topics() -> Vec<(&'static str, &'static str)> {
    Topic::ALL.iter().map(|topic| (topic.as_str(), topic.label())).collect()
}

/// The page a form came from, with what was read from it.
pub fn shown(visit: Visit<Owner>, talk: Whole, captures: Captures) -> Result<Response> {
    Ok(match captures.view {
        View::Show => Page::ok(show::page(&visit, talk, captures)).into_response(),
        View::Live | View::WrapUp => Page::ok(wrap_up::page(&visit, talk, captures)).into_response(),
    })
}

/// The page a form came from, with what is wrong.
pub async fn again(mut visit: Visit<Owner>, id: InterviewId, captures: Captures) -> Result<Response> {
    let by = visit.by;
    let talk: Whole = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    Ok(match captures.view {
        View::Show => Page::unprocessable(show::page(&visit, talk, captures)).into_response(),
        // The page of the talk itself has one box for all of it.
        View::Live | View::WrapUp => Page::unprocessable(wrap_up::page(&visit, talk, captures)).into_response(),
    })
}
