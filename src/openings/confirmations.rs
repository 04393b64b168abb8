//! Someone there said that the opening is real and open.

use axum::response::{IntoResponse, Response};

use super::form::{ConfirmationForm, past_date};
use super::{queries, show};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::choosing::settle;
use crate::error::{Error, Result};
use crate::ids::{ContactId, OpeningId};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// `POST /openings/{id}/confirmations`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<OpeningId>,
    Form(mut form): Form<ConfirmationForm>,
) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let mut errors = Errors::default();
    let words = (&mut form.contact, &mut form.contact_words, form.contact_seen.as_str());
    let settled = settle(visit.db(), by, words, None).await?;
    let contact = errors
        .optional::<ContactId, _>("contact", &form.contact, |t| t.parse().map_err(|_| "Choose one from the list"));
    settled.note(&mut errors, "contact");
    let on = past_date(&mut errors, "confirmed_on", &form.confirmed_on, today).unwrap_or(today);
    if errors.is_empty() {
        let confirmed = contact.map(|contact| (contact, on));
        if let Some(title) = queries::confirm(visit.db(), by, id, confirmed).await? {
            let text = match confirmed {
                Some(_) => format!("{title} is confirmed open."),
                None => format!("{title} isn't confirmed any more."),
            };
            return Ok(Done::to(format!("/openings/{id}")).saying(text).into_response());
        }
        errors.add("contact", "Choose someone who works there");
    }
    let opening = queries::show::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let page = show::ShowPage::new(&visit, opening, errors).with_confirmation(form, settled);
    Ok(Page::unprocessable(page).into_response())
}
