//! How near a contact's work is to the role, said in one press on their page.

use serde::{Deserialize, Serialize};

use super::queries::edit as queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::warmth::Closeness;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::list::address;
use crate::web::path::Id;

/// How near it is, or was.
#[derive(Debug, Deserialize, Serialize)]
pub struct ClosenessForm {
    closeness: Closeness,
}

/// `POST /contacts/{id}/closenesses`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<ClosenessForm>,
) -> Result<Done> {
    let by = visit.by;
    let was = queries::set_closeness(visit.db(), by, contact, form.closeness).await?.ok_or(Error::NotFound)?;
    let undo = address(&format!("/contacts/{contact}/closenesses/undos"), &ClosenessForm { closeness: was });
    Ok(Done::to(format!("/contacts/{contact}")).saying(format!("{}.", form.closeness.label())).undo(undo))
}

/// `POST /contacts/{id}/closenesses/undos`: as it was before; the address says how.
pub async fn undo(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Query(was): Query<ClosenessForm>,
) -> Result<Done> {
    let by = visit.by;
    queries::set_closeness(visit.db(), by, contact, was.closeness).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/contacts/{contact}")).saying("As before."))
}
