//! Insights on the pages of a talk: ticked for the thank-you, put in the bin, brought back.

use serde::Deserialize;

use super::queries::lines;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{InsightId, InterviewId};
use crate::interviews::view::View;
use crate::links::with_query;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::{own_path, own_path_or};
use crate::web::path::Id;

/// Where a press came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    pub view: String,
    pub back: String,
}

impl From {
    /// Where a press leads: back to where it came from, else to the page of the talk, if there is one.
    pub fn address(&self, talk: Option<InterviewId>) -> String {
        match talk {
            _ if !self.back.is_empty() => own_path(&self.back),
            Some(talk) => View::named(&self.view).address(talk),
            None => "/insights".into(),
        }
    }

    pub fn undo(&self, id: InsightId) -> String {
        let back = own_path_or(&self.back, "");
        let view = View::named(&self.view);
        with_query(&format!("/insights/{id}/restorations"), &[("view", view.as_str()), ("back", &back)])
    }
}

/// Whether an insight goes into the thank-you.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tick {
    pub view: String,
    pub ticked: String,
}

/// `POST /insights/{id}/thank-you-ticks`: what is ticked goes into the thank-you.
pub async fn tick(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(tick): Form<Tick>) -> Result<Done> {
    let by = visit.by;
    let talk = lines::tick_insight(visit.db(), by, id, tick.ticked == "true").await?.ok_or(Error::NotFound)?;
    Ok(Done::to(View::named(&tick.view).address(talk)))
}

/// `POST /insights/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(from): Form<From>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let talk = lines::bin_insight(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(from.address(talk)).saying("The insight is in the bin.").undo(from.undo(id)))
}

/// `POST /insights/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Query(from): Query<From>) -> Result<Done> {
    let by = visit.by;
    let talk = lines::bin_insight(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(from.address(talk)).saying("The insight is back."))
}
