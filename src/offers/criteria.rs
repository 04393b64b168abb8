//! What matters in an offer: added, weighed, taken off the list.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::compare::ComparePage;
use super::offer::USUAL;
use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CriterionId;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// A thing that matters, as typed; or the usual ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CriterionForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    id: String,
    name: String,
    usual: String,
}

/// `POST /offer-criteria`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<CriterionForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let done = Done::to("/offers");
    if !form.usual.is_empty() {
        let usual =
            USUAL.iter().filter_map(|(name, weight)| Some((CriterionId::new(), Line::parse(name).ok()?, *weight)));
        queries::add_criteria(visit.db(), by, &usual.collect::<Vec<_>>(), now).await?;
        return Ok(done.saying("Added. Change the weights, and remove what doesn't matter.").into_response());
    }
    let mut errors = Errors::default();
    if let Some(name) = errors.take("name", Line::<100>::parse(&form.name)) {
        let id = form.id.parse().unwrap_or_else(|_| CriterionId::new());
        let text = format!("{name} counts now.");
        return Ok(match queries::add_criteria(visit.db(), by, &[(id, name, 3)], now).await? {
            0 => done.into_response(),
            _ => done.saying(text).into_response(),
        });
    }
    let offers = queries::offers(visit.db(), by, None).await?;
    Ok(Page::unprocessable(ComparePage::new(&visit, offers, form.name, errors)).into_response())
}

/// How much it matters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WeightForm {
    weight: String,
}

/// `POST /offer-criteria/{id}/weights`
pub async fn weigh(mut visit: Visit<Owner>, Id(id): Id<CriterionId>, Form(form): Form<WeightForm>) -> Result<Done> {
    let by = visit.by;
    let weight = form.weight.trim().parse::<i16>().ok().filter(|weight| (0..=5).contains(weight));
    let weight = weight.ok_or_else(|| Error::Invalid("A weight is a number from 0 to 5.".into()))?;
    queries::weigh(visit.db(), by, id, weight).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/offers"))
}

/// `POST /offer-criteria/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<CriterionId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = queries::set_deleted(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    let undo = format!("/offer-criteria/{id}/restorations");
    Ok(Done::to("/offers").saying(format!("Removed {name}.")).undo(undo))
}

/// `POST /offer-criteria/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<CriterionId>) -> Result<Done> {
    let by = visit.by;
    let name = queries::set_deleted(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/offers").saying(format!("{name} counts again.")))
}
