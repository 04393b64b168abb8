//! Which document the referrer was sent.

use axum::response::{IntoResponse, Response};

use super::queries::whole;
use super::show::ShowPage;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::documents::form::SentForm;
use crate::documents::queries::sent::{self, For, Sent};
use crate::error::{Error, Result};
use crate::ids::ReferralId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// `POST /referrals/{id}/documents`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<SentForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let errors = match form.parse(visit.today()) {
        Ok(sent) => match sent::note(visit.db(), by, sent, For::Referral(id), now).await? {
            Some(version) => {
                let done = Done::to(format!("/referrals/{id}")).saying(Sent::said(&version));
                return Ok(done.undo(sent.undo()).into_response());
            }
            None => Errors::of("document", "Choose one from the list"),
        },
        Err(errors) => errors,
    };
    let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::unprocessable(ShowPage::new(&visit, referral, "", errors).with_sent(form)).into_response())
}
