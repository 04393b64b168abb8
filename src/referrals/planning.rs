//! A referral to ask for: what a form means, and how it comes onto the list, from a page or by a program.

use serde::Deserialize;

use super::queries::whole::{self, Choices, ContactChoice};
use super::queries::{self, Written};
use super::state::State;
use crate::accounts::acting::Acting;
use crate::ids::{ContactId, OpeningId, ReferralId};
use crate::playbook::referral::may_be_asked;
use crate::text::Text;
use crate::web::form::Errors;
use crate::web::words;

/// The form as typed; the address of the empty one may carry contact and opening.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReferralForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    pub id: String,
    pub contact: String,
    pub contact_words: Option<String>,
    pub contact_seen: String,
    pub opening: String,
    pub planned_on: String,
    pub details: String,
    /// Of whom the page said that a talk comes first.
    pub cautioned: String,
}

/// A referral that is not planned.
pub struct Planned {
    /// What it could be made of.
    pub choices: Choices,
    /// What is wrong, by field.
    pub errors: Errors,
    /// The referral there is already.
    pub existing: Option<ReferralId>,
}

/// Puts a referral to be asked for on the list: which, and whether it was not there before. Else what is wrong; `errors` are what
/// is known to be wrong already.
///
/// # Errors
/// Only the database's.
pub async fn plan(
    acting: &mut Acting<'_>,
    form: &ReferralForm,
    mut errors: Errors,
) -> sqlx::Result<Result<(ReferralId, bool), Planned>> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let contact = match form.contact.parse::<ContactId>() {
        Ok(contact) => Some(contact),
        Err(_) => {
            if errors.get("contact").is_none() {
                errors.add("contact", "Choose who could refer you");
            }
            None
        }
    };
    let opening = errors
        .optional::<OpeningId, _>("opening", &form.opening, |t| t.parse().map_err(|_| "Choose one from the list"));
    let planned_on = errors.optional_date("planned_on", &form.planned_on).unwrap_or(today);
    if !(-365..=730).contains(&words::days_between(today, planned_on)) {
        errors.add("planned_on", "Choose a day within the next two years");
    }
    let details = errors.take("details", Text::<4_000>::parse_optional(&form.details));
    let choices = whole::choices(&mut *acting.db, by, contact, opening).await?;
    let contact = contact.and_then(|id| {
        let chosen = choices.contacts.iter().find(|choice| choice.id == id);
        errors.take("contact", chosen.ok_or("They're no longer in your contacts"))
    });
    let opening = opening.and_then(|id| {
        let chosen = choices.openings.iter().find(|choice| choice.id == id);
        errors.take("opening", chosen.ok_or("Choose an opening of the list"))
    });
    let company = opening.map(|opening| opening.company_id).or_else(|| contact.and_then(|contact| contact.company_id));
    if contact.is_some() && errors.is_empty() && company.is_none() {
        errors.add("opening", "Choose an opening: they work at no company of your list");
    }
    let is_warned = |contact: &ContactChoice| form.cautioned == contact.id.to_string();
    if let Some(contact) = contact
        && !may_be_asked(contact.stage, contact.next_step)
        && !is_warned(contact)
    {
        errors.add("contact", "Talk with them first, or press once more to ask all the same");
    }
    let id = form.id.parse().unwrap_or_else(|_| ReferralId::new());
    let to_ask = errors.give(|| {
        let state = State::to_ask(id, contact?.id, company?, opening.map(|opening| opening.id), planned_on);
        Some((state, details?))
    });
    let (state, details) = match to_ask {
        Ok(to_ask) => to_ask,
        Err(errors) => return Ok(Err(Planned { choices, errors, existing: None })),
    };
    match queries::insert(&mut *acting.db, by, &state, details.as_ref(), state.next(cadence), now).await? {
        Written::Yes => Ok(Ok((id, true))),
        Written::Again => Ok(Ok((id, false))),
        Written::Taken => {
            let existing = queries::live(&mut *acting.db, by, state.contact, state.company, state.opening).await?;
            let errors = Errors::of("contact", "There is a referral of theirs for this already");
            Ok(Err(Planned { choices, errors, existing }))
        }
    }
}
