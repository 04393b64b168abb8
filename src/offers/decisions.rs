//! Yes or no to an offer. The opening moves with it, so that its referrers hear of it.

use serde::Deserialize;
use sqlx::Connection;

use super::offer::Decision;
use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::database::Day;
use crate::error::{Error, Result};
use crate::ids::{OpeningChangeId, OpeningId};
use crate::links::with_query;
use crate::openings::queries::{self as openings, Change};
use crate::playbook::opening::Status;
use crate::referrals::opening_changes;
use crate::referrals::opening_changes::Moved;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;

/// The decision, with a word on why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// Of the line in the opening's history, so that a second press changes nothing.
    id: String,
    decision: String,
    note: String,
}

/// `POST /openings/{id}/offer/decisions`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<DecisionForm>) -> Result<Done> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let invalid = |text: &str| Error::Invalid(text.into());
    let decision: Decision = form.decision.parse().map_err(|_| invalid("Accept or decline it."))?;
    let note =
        Text::<2_000>::parse_optional(&form.note).map_err(|problem| invalid(&format!("The note: {problem}.")))?;
    let status = match decision {
        Decision::Accepted => Status::Accepted,
        Decision::Declined => Status::Withdrawn,
    };
    let change = Change {
        id: form.id.parse().unwrap_or_else(|_| OpeningChangeId::new()),
        status,
        on: today,
        note: note.clone(),
    };
    let mut transaction = visit.db().begin().await?;
    let moved = opening_changes::change(&mut transaction, by, id, &change, None, &cadence, now).await?;
    let title = match moved {
        Moved::Gone => return Err(Error::NotFound),
        Moved::Not(title) | Moved::Yes { title, .. } => title,
    };
    queries::decide(&mut *transaction, by, id, Some((decision, Day(today))), note.as_ref(), now).await?;
    transaction.commit().await?;
    let (to, text) = match decision {
        Decision::Accepted => {
            ("/ending", format!("You accepted '{title}'. Congratulations! Now thank everyone who helped."))
        }
        Decision::Declined => ("/offers", format!("You declined '{title}'. A kind word to them keeps the door open.")),
    };
    let undo = with_query(&format!("/openings/{id}/offer/decisions/undos"), &[("change", &change.id.to_string())]);
    Ok(Done::to(to).saying(text).undo(undo))
}

/// The line in the opening's history that the decision made.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Undo {
    change: String,
}

/// `POST /openings/{id}/offer/decisions/undos`
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Query(undo): Query<Undo>) -> Result<Done> {
    let (by, now, cadence) = (visit.by, visit.now, visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    openings::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if let Ok(change) = undo.change.parse::<OpeningChangeId>() {
        opening_changes::change_back(&mut transaction, by, id, change, &cadence).await?;
    }
    queries::decide(&mut *transaction, by, id, None, None, now).await?;
    transaction.commit().await?;
    Ok(Done::to("/offers").saying("Undone: nothing is decided yet."))
}
