//! The gentle reminder of something they offered, written on the contact's page.

use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::forms::touchpoint::TouchpointForm;
use crate::contacts::queries::templates;
use crate::contacts::record::{self, Recorded};
use crate::contacts::show;
use crate::contacts::touchpoints::{done, touchpoint_id};
use crate::error::{Error, Result};
use crate::ids::ActionItemId;
use crate::interviews::kinds::Whose;
use crate::interviews::queries::{learned, reminders};
use crate::playbook::event::Kind;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;
use crate::web::words;

/// Business days until they are reminded again, as with a referral that was agreed to (product.md, Referrals).
const AGAIN_AFTER: u8 = 5;

/// `POST /action-items/{id}/reminders`: what was written is in the history, and the promise comes up again a week later.
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<ActionItemId>,
    Form(mut form): Form<TouchpointForm>,
) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let promise = reminders::promise(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    if promise.whose == Whose::Mine {
        return Err(Error::Invalid("This is your own promise, so there's no one to remind.".into()));
    }
    let contact = promise.contact_id;
    let touchpoint = touchpoint_id(&form.id)?;
    (form.kind, form.promise, form.from) = (Kind::Wrote.to_string(), id.to_string(), "reminder".into());
    let mut new = match form.clone().read(touchpoint, &visit.person.zone, now, today) {
        Ok(new) => new,
        Err(faults) => return show::again(&mut visit, contact, *faults).await,
    };
    new.template = templates::sent_with(visit.db(), by, &new, &form.template, &form.wording).await?;
    let cadence = visit.person.preferences.cadence.clone();
    let until = cadence.add_business_days(today, AGAIN_AFTER);
    let mut transaction = visit.db().begin().await?;
    let recorded = record::record(&mut transaction, by, contact, &new, &cadence, now).await?;
    if matches!(recorded, Recorded::Yes(_)) {
        learned::put_off(&mut *transaction, by, id, Some(until)).await?;
    }
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(_) => {
            let text =
                format!("Marked as sent. If nothing comes, it's due again on {}.", words::full_day(until, today));
            Ok(done(contact, touchpoint, "", text).into_response())
        }
        Recorded::Again => Ok(Done::to(format!("/contacts/{contact}")).into_response()),
        Recorded::NoContact | Recorded::NothingToUndo => Err(Error::NotFound),
    }
}
