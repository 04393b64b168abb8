//! What comes of the times that were proposed: one is taken, or none of them suits.

use serde::Deserialize;
use sqlx::Connection;

use super::appointment::{When, said, set};
use super::binning;
use super::clashes;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::interviews::queries::changes::Appointment;
use crate::interviews::queries::{changes, listed, proposals};
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;

/// Which time was taken.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChoiceForm {
    /// The talk to be.
    id: Option<InterviewId>,
    /// 1 to 3.
    number: usize,
}

/// `POST /contacts/{id}/proposals/choices`: they took one of the times, and the talk is set.
pub async fn choose(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Form(form): Form<ChoiceForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let (zone, cadence) = (visit.person.zone.clone(), visit.person.preferences.cadence.clone());
    let id = form.id.unwrap_or_else(InterviewId::new);
    let host = listed::host(visit.db(), by, contact, Some(id)).await?.ok_or(Error::NotFound)?;
    let kept = host.kept.ok_or(Error::NotFound)?;
    let at = form.number.checked_sub(1).and_then(|nr| kept.times().get(nr).copied());
    let starts_at = at.ok_or_else(|| Error::Invalid("Choose one of the times you proposed.".into()))?;
    let new = Appointment {
        starts_at,
        minutes: kept.minutes,
        way: kept.way,
        place: kept.place.as_deref().and_then(|place| Line::parse(place).ok()),
        their_time_zone: host.partner.time_zone.clone(),
    };
    let warning: String = clashes::clashes(starts_at, new.minutes, &host.others, &zone, visit.today())
        .iter()
        .map(|clash| format!(" {clash}"))
        .collect();
    let text = said(&zone, visit.today(), &new, &host.partner.name, "The talk is set") + &warning;
    let mut transaction = visit.db().begin().await?;
    if set(&mut transaction, by, id, &host.partner, &new, When { now, zone: &zone, cadence: &cadence }).await? {
        if !kept.is_open() {
            transaction.rollback().await?;
            return Ok(Done::to(format!("/contacts/{contact}")).saying("These times were answered already."));
        }
        transaction.commit().await?;
    }
    let undo = format!("/contacts/{contact}/proposals/undos?talk={id}");
    Ok(Done::to(format!("/interviews/{id}")).saying(text).undo(undo))
}

/// The talk that was set from the offer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TalkQuery {
    talk: Option<InterviewId>,
}

/// `POST /contacts/{id}/proposals/undos`: they did not take that time; the offer waits again.
pub async fn undo(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Query(query): Query<TalkQuery>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    if let Some(id) = query.talk
        && let Some(before) = changes::lock(&mut *transaction, by, id).await?
        && before.contact_id == contact
    {
        binning::put_away(&mut transaction, by, id, &before, &cadence, today, now).await?;
    }
    if !proposals::answer(&mut *transaction, by, contact, None).await? {
        return Err(Error::NotFound);
    }
    transaction.commit().await?;
    Ok(Done::to(format!("/contacts/{contact}/proposals")).saying("Undone: the times wait for an answer again."))
}

/// `POST /contacts/{id}/proposals/refusals`: none of them suits.
pub async fn refuse(mut visit: Visit<Owner>, Id(contact): Id<ContactId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    if !proposals::answer(visit.db(), by, contact, Some(now)).await? {
        return Err(Error::NotFound);
    }
    let undo = format!("/contacts/{contact}/proposals/undos");
    Ok(Done::to(format!("/contacts/{contact}/proposals")).saying("Dropped. Here are other times.").undo(undo))
}
