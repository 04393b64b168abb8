//! How often to write to a contact, set on its page.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::form::read_rhythm;
use super::forms::keeping::{RhythmForm, Typed};
use super::forms::touchpoint::Faults;
use super::queries::dates as queries;
use super::record;
use super::show;
use super::wording::next_in_words;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::standing::Rhythm;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::list::address;
use crate::web::path::Id;

/// How often it was, as it is kept; nothing for the settings' own.
#[derive(Debug, Default, Deserialize, serde::Serialize)]
#[serde(default)]
pub struct Was {
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<i16>,
}

/// `POST /contacts/{id}/rhythms`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<RhythmForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    match read_rhythm(&mut errors, &form.rhythm, &form.rhythm_days) {
        Some(rhythm) => {
            let (was, next) = set(&mut visit, contact, rhythm).await?;
            let said = match rhythm {
                Rhythm::Default => "As often as the settings say.".to_owned(),
                Rhythm::Days(days) => format!("Every {days} days."),
                Rhythm::Never => "You won't be reminded to write.".to_owned(),
            };
            let undo = address(&format!("/contacts/{contact}/rhythms/undos"), &Was { days: was });
            let done = Done::to(format!("/contacts/{contact}")).saying(format!("{said} {next}"));
            Ok(done.undo(undo).into_response())
        }
        None => {
            let keeping = Typed { rhythm: errors, rhythm_form: form, ..Typed::default() };
            show::again(&mut visit, contact, Faults { keeping, ..Faults::default() }).await
        }
    }
}

/// `POST /contacts/{id}/rhythms/undos`: as it was before; the address says how.
pub async fn undo(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Query(was): Query<Was>) -> Result<Done> {
    let rhythm =
        Rhythm::try_from(was.days).map_err(|problem| Error::Invalid(format!("How often to write is {problem}.")))?;
    let (_, next) = set(&mut visit, contact, rhythm).await?;
    Ok(Done::to(format!("/contacts/{contact}")).saying(format!("As before. {next}")))
}

/// Sets the rhythm and plans anew. Returns how often it was, and what is next in words.
async fn set(visit: &mut Visit<Owner>, contact: ContactId, rhythm: Rhythm) -> Result<(Option<i16>, String)> {
    let (by, today) = (visit.by, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let was = queries::set_rhythm(&mut *transaction, by, contact, rhythm.kept()).await?.ok_or(Error::NotFound)?;
    let standing = record::replan(&mut transaction, by, contact, &cadence).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    Ok((was, next_in_words(&standing, today)))
}
