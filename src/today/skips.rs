//! A first step that is not wanted.

use serde::Deserialize;

use super::first_steps::FirstStep;
use crate::access::Owner;
use crate::accounts::queries::days;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::web::flash::Done;
use crate::web::form::Form;

/// The step that is skipped.
#[derive(Deserialize)]
pub struct SkipForm {
    #[serde(default)]
    pub step: String,
}

/// `POST /first-steps/skips`
pub async fn skip(mut visit: Visit<Owner>, Form(form): Form<SkipForm>) -> Result<Done> {
    let step: FirstStep = form.step.parse().map_err(|_| Error::Invalid("There is no such step.".into()))?;
    let mut skipped = visit.person.preferences.skipped_first_steps.clone();
    if !skipped.iter().any(|s| s == step.as_str()) {
        skipped.push(step.as_str().into());
    }
    let by = visit.by;
    days::set_skipped_first_steps(visit.db(), by, &skipped).await?;
    Ok(Done::to("/"))
}
