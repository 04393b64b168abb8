//! How the user knows someone, said in one press on their page: that they may be a former colleague is a guess before.

use serde::{Deserialize, Serialize};

use super::queries::edit as queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::warmth::Warmth;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::list::address;
use crate::web::path::Id;

/// How they are known.
#[derive(Debug, Deserialize)]
pub struct WarmthForm {
    warmth: Warmth,
}

/// How they were known, and whether the user had said so.
#[derive(Debug, Deserialize, Serialize)]
pub struct Was {
    warmth: Warmth,
    said: bool,
}

/// `POST /contacts/{id}/warmths`
pub async fn create(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Form(form): Form<WarmthForm>) -> Result<Done> {
    let by = visit.by;
    let was = queries::set_warmth(visit.db(), by, contact, form.warmth, true).await?.ok_or(Error::NotFound)?;
    let was = Was { warmth: was.warmth, said: was.said };
    let undo = address(&format!("/contacts/{contact}/warmths/undos"), &was);
    Ok(Done::to(format!("/contacts/{contact}")).saying(format!("{}.", form.warmth.label())).undo(undo))
}

/// `POST /contacts/{id}/warmths/undos`: as it was before; the address says how.
pub async fn undo(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Query(was): Query<Was>) -> Result<Done> {
    let by = visit.by;
    queries::set_warmth(visit.db(), by, contact, was.warmth, was.said).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/contacts/{contact}")).saying("As before."))
}
