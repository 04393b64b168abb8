//! Active, paused, ruled out: with a reason, and reversible.

use serde::Deserialize;

use super::before::Was;
use super::company::Status;
use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::link::own_path_or;
use crate::web::path::Id;

/// The status to be.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct StatusForm {
    status: String,
    reason: String,
    back: String,
}

/// `POST /companies/{id}/statuses`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<StatusForm>) -> Result<Done> {
    let status: Status =
        form.status.parse().map_err(|_| Error::Invalid("The status is active, paused or ruled out.".into()))?;
    let reason = Line::<500>::parse_optional(&form.reason).map_err(|e| Error::Invalid(format!("The reason: {e}.")))?;
    if status == Status::RuledOut && reason.is_none() {
        return Err(Error::Invalid("Say why you're ruling it out: you'll be glad to know later.".into()));
    }
    let reason = reason.as_ref().filter(|_| status != Status::Active).map(Line::as_str);
    let by = visit.by;
    let before = queries::set_status(visit.db(), by, id, status, reason).await?.ok_or(Error::NotFound)?;
    let to = own_path_or(&form.back, format!("/companies/{id}"));
    let text = format!("{} is {} now.", before.name, status.label().to_lowercase());
    let undo = Was::of(&before, &to).undo(id);
    Ok(Done::to(to).saying(text).undo(undo))
}
