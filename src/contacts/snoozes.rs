//! The next step put off to a day, or set aside with a reason.

use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::forms::touchpoint::Faults;
use super::setting_aside::{skip, snooze};
use super::show;
use super::touchpoints::{back_to, done, touchpoint_id};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{ContactId, TouchpointId};
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;

/// Until when.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct SnoozeForm {
    /// The touchpoint to be: sent twice, the form adds it once.
    id: String,
    pub until: String,
    back: String,
}

/// Why the step is set aside.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct DismissalForm {
    /// The touchpoint to be: sent twice, the form adds it once.
    id: String,
    pub note: String,
    back: String,
}

impl SnoozeForm {
    fn parse(&self, today: Date) -> Result<Date, Errors> {
        let mut errors = Errors::default();
        let until = errors.optional_date("until", &self.until);
        match until {
            Some(until) if until > today && until <= today.saturating_add(2.years()) => return Ok(until),
            Some(_) => errors.add("until", "A day after today, within two years"),
            None if errors.is_empty() => errors.add("until", "Choose a day"),
            None => {}
        }
        Err(errors)
    }
}

/// `POST /contacts/{id}/snoozes`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<SnoozeForm>,
) -> Result<Response> {
    let today = visit.today();
    let id = touchpoint_id(&form.id)?;
    let until = match form.parse(today) {
        Ok(until) => until,
        Err(errors) => {
            let faults = Faults { snooze: errors, snooze_until: form.until, ..Faults::default() };
            return show::again(&mut visit, contact, faults).await;
        }
    };
    let said = snooze(&mut visit.acting(), contact, id, until).await?;
    Ok(answer(contact, id, &form.back, said).into_response())
}

/// `POST /contacts/{id}/dismissals`
pub async fn dismiss(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<DismissalForm>,
) -> Result<Response> {
    let id = touchpoint_id(&form.id)?;
    let mut errors = Errors::default();
    let note = errors.take("note", Text::parse_optional(&form.note));
    let note = match note {
        Some(Some(note)) => note,
        unwritten => {
            if unwritten.is_some() {
                errors.add("note", "Say why: you'll be glad to know later");
            }
            let faults = Faults { dismissal: errors, dismissal_note: form.note, ..Faults::default() };
            return show::again(&mut visit, contact, faults).await;
        }
    };
    let said = skip(&mut visit.acting(), contact, id, note).await?;
    Ok(answer(contact, id, &form.back, said).into_response())
}

/// The redirect afterwards; there is nothing to say where the same form was sent before.
fn answer(contact: ContactId, id: TouchpointId, back: &str, said: Option<String>) -> Done {
    match said {
        Some(said) => done(contact, id, back, said),
        None => Done::to(back_to(contact, back)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_a_day_to_come_will_do() {
        let until = |typed: &str| {
            let form = SnoozeForm { until: typed.into(), ..SnoozeForm::default() };
            form.parse(date(2026, 11, 24)).map_err(|errors| errors.get("until").unwrap_or_default().to_owned())
        };
        assert_eq!(until("2026-11-25"), Ok(date(2026, 11, 25)));
        assert_eq!(until("2026-11-24"), Err("A day after today, within two years".into()));
        assert_eq!(until("2029-11-24"), Err("A day after today, within two years".into()));
        assert_eq!(until(""), Err("Choose a day".into()));
        assert!(until("tomorrow").is_err());
    }
}
