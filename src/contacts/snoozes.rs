//! The next step put off to a day, or set aside with a reason.

use std::cmp::Ordering;

use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Connection;

use super::contact::NewTouchpoint;
use super::forms::touchpoint::Faults;
use super::queries::before::{self as queries, Stands};
use super::record::{self, Recorded};
use super::show;
use super::touchpoints::{back_to, done, touchpoint_id};
use super::wording::next_in_words;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;
use crate::web::words;

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

impl Stands {
    /// The step as it is shown on that day.
    fn step_on(&self, today: Date) -> Option<Step> {
        let next = self.next_step.map(|step| Next { step, due: self.next_due.map(|day| day.0) });
        next.map(|next| next.on(self.next_turns_on.map(|day| day.0), today).step)
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
    let new = NewTouchpoint { id, until: Some(until), ..NewTouchpoint::new(Kind::Snoozed, today, visit.now) };
    let refuse = |step: Option<Step>| match step {
        Some(_) => None,
        None => Some("There is no next step to snooze."),
    };
    Ok(add(&mut visit, contact, new, &form.back, "Snoozed.", refuse).await?.into_response())
}

/// `POST /contacts/{id}/dismissals`
pub async fn dismiss(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<DismissalForm>,
) -> Result<Response> {
    let today = visit.today();
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
    let new = NewTouchpoint { id, note: Some(note), ..NewTouchpoint::new(Kind::Dismissed, today, visit.now) };
    let refuse = |step: Option<Step>| match step {
        Some(step) if step.is_dismissable() => None,
        Some(_) => Some("A talk that has a date is held, moved or cancelled instead."),
        None => Some("There is no next step to skip."),
    };
    Ok(add(&mut visit, contact, new, &form.back, "Skipped.", refuse).await?.into_response())
}

/// Why a step is due on another day than the one that was chosen.
fn why_moved(until: Date, due: Date, cadence: &Cadence, today: Date) -> Option<String> {
    let chosen = words::full_day(until, today);
    match due.cmp(&until) {
        Ordering::Equal => None,
        Ordering::Greater if cadence.holidays.contains(until) => {
            Some(format!(" You are off on {chosen}, so it moved."))
        }
        Ordering::Greater => Some(" It waits for the talk.".into()),
        Ordering::Less => Some(format!(" The talk comes before {chosen}.")),
    }
}

/// Adds what is done to a step, if there is one that takes it.
async fn add(
    visit: &mut Visit<Owner>,
    contact: ContactId,
    new: NewTouchpoint,
    back: &str,
    said: &str,
    refuse: impl FnOnce(Option<Step>) -> Option<&'static str>,
) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let id: TouchpointId = new.id;
    let mut transaction = visit.db().begin().await?;
    let stands = queries::stands(&mut *transaction, by, contact, id).await?.ok_or(Error::NotFound)?;
    if stands.again {
        return Ok(Done::to(back_to(contact, back)));
    }
    if let Some(why_not) = refuse(stands.step_on(today)) {
        return Err(Error::Invalid(why_not.into()));
    }
    let recorded = record::record(&mut transaction, by, contact, &new, &cadence, now).await?;
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(standing) => {
            let due = standing.on(today).and_then(|next| next.due);
            let moved =
                new.until.zip(due).and_then(|(until, due)| why_moved(until, due, &cadence, today)).unwrap_or_default();
            let text = format!("{said} {}{moved}", next_in_words(&standing, today));
            Ok(done(contact, id, back, text))
        }
        Recorded::Again => Ok(Done::to(back_to(contact, back))),
        Recorded::NoContact | Recorded::NothingToUndo => Err(Error::NotFound),
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
