//! Presses on one line: added by hand, weighed, put out of sight, and each taken back.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::dossier;
use super::forms::InsightForm;
use super::presses::Back;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::companies::queries::name_of;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, InsightId};
use crate::insights::keeping::keep_of_company;
use crate::insights::queries::lines;
use crate::playbook::topic::Weight;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;

/// `POST /companies/{id}/insights`: a line of the user's own research.
pub async fn create(
    mut visit: Visit<Owner>,
    Id(company): Id<CompanyId>,
    Form(form): Form<InsightForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return dossier::again(visit, company, form, errors).await,
    };
    name_of(visit.db(), by, company).await?.ok_or(Error::NotFound)?;
    let id = form.id.unwrap_or_else(InsightId::new);
    keep_of_company(visit.db(), by, company, id, &new, now).await?;
    let back = Back { back: format!("/companies/{company}/dossier") };
    let undo = back.undo(&format!("/insights/{id}/deletions"), &[]);
    Ok(Done::to(back.address()).saying(format!("Kept under: {}.", new.topic.label())).undo(undo).into_response())
}

/// How much a line weighs, and where the press came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WeightForm {
    weight: String,
    back: String,
}

/// `POST /insights/{id}/weights`
pub async fn weigh(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(form): Form<WeightForm>) -> Result<Done> {
    let by = visit.by;
    let weight: Option<Weight> = match form.weight.as_str() {
        "" => None,
        word => {
            Some(word.parse().map_err(|_| Error::Invalid("A line is essential, nice to have, or not sure.".into()))?)
        }
    };
    if !lines::weigh(visit.db(), by, id, weight).await? {
        return Err(Error::NotFound);
    }
    let text = weight.map_or("No longer weighed.".to_owned(), |weight| format!("{}.", weight.label()));
    let back = Back { back: form.back };
    Ok(Done::to(back.address()).saying(text).undo(back.undo(&format!("/insights/{id}/undos"), &[])))
}

/// `POST /insights/{id}/undos`: what it said before the last change.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Query(back): Query<Back>) -> Result<Done> {
    let by = visit.by;
    if !lines::revert(visit.db(), by, id).await? {
        return Err(Error::NotFound);
    }
    Ok(Done::to(back.address()).saying("Undone."))
}

/// `POST /insights/{id}/hidings`
pub async fn hide(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(back): Form<Back>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    if !lines::hide(visit.db(), by, id, Some(now)).await? {
        return Err(Error::NotFound);
    }
    let undo = back.undo(&format!("/insights/{id}/showings"), &[]);
    Ok(Done::to(back.address()).saying("Hidden from the dossier; it stays with its talk.").undo(undo))
}

/// `POST /insights/{id}/showings`: out of hiding; the page stands in the form, or in the address of an undo.
pub async fn show(
    mut visit: Visit<Owner>,
    Id(id): Id<InsightId>,
    Query(undo): Query<Back>,
    Form(form): Form<Back>,
) -> Result<Done> {
    let by = visit.by;
    if !lines::hide(visit.db(), by, id, None).await? {
        return Err(Error::NotFound);
    }
    let back = if form.back.is_empty() { undo } else { form };
    Ok(Done::to(back.address()).saying("In the dossier again."))
}
