//! Into the bin and out of it again.

use sqlx::Connection;

use super::queries::edit as queries;
use super::record;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::database::Restored;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /contacts/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let (by, now, cadence) = (visit.by, visit.now, visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let name = queries::delete(&mut *transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    record::replan_waiting_there(&mut transaction, by, id, &cadence).await?;
    transaction.commit().await?;
    Ok(Done::to("/contacts").saying(format!("{name} is in the bin.")).undo(format!("/contacts/{id}/restorations")))
}

/// `POST /contacts/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let (by, cadence) = (visit.by, visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let restored = queries::restore(&mut *transaction, by, id).await?;
    if matches!(restored, Restored::Yes(_)) {
        record::replan_waiting_there(&mut transaction, by, id, &cadence).await?;
    }
    transaction.commit().await?;
    match restored {
        Restored::Yes(back) => Ok(Done::to(format!("/contacts/{id}")).saying(said(&back.name, back.import_is_undone))),
        Restored::Taken => Ok(Done::to(join_path(id))),
        Restored::Gone => Err(Error::NotFound),
    }
}

/// Where someone in the bin is joined with whoever was added since under the same profile.
pub(super) fn join_path(id: ContactId) -> String {
    format!("/contacts/{id}/join")
}

fn said(name: &str, import_is_undone: bool) -> String {
    let import = if import_is_undone { " They came with an import that you took back since." } else { "" };
    format!("{name} is back.{import}")
}
