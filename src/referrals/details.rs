//! The notes on a referral: how it works there, whom to send what.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::queries::{self, Saved, whole};
use super::show::ShowPage;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ReferralId;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    version: i32,
    notes: String,
}

/// `POST /referrals/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<ReferralId>,
    Form(form): Form<DetailsForm>,
) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let details = errors.take("notes", Text::<4_000>::parse_optional(&form.notes));
    let saved = match &details {
        Some(details) => queries::set_details(visit.db(), by, id, form.version, details.as_ref()).await?,
        None => Saved::Changed,
    };
    match saved {
        Saved::Yes => return Ok(Done::to(format!("/referrals/{id}")).saying("Saved.").into_response()),
        Saved::Gone => return Err(Error::NotFound),
        Saved::Changed => {}
    }
    let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let is_conflict = details.is_some();
    let page = ShowPage::new(&visit, referral, "", errors).noted(form.notes, is_conflict);
    Ok(if is_conflict { Page::conflict(page).into_response() } else { Page::unprocessable(page).into_response() })
}
