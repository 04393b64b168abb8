//! How a contact goes into the bin and comes out of it, by a button or by a program.

use sqlx::Connection;

use super::queries::edit::{self as queries, Back};
use super::record;
use crate::accounts::acting::Acting;
use crate::database::Restored;
use crate::ids::ContactId;

/// Puts a contact in the bin: those who wait at their company have one colleague less who was asked. Returns the name.
///
/// # Errors
/// Only the database's.
pub async fn delete(acting: &mut Acting<'_>, id: ContactId) -> sqlx::Result<Option<String>> {
    let (by, now, cadence) = (acting.by, acting.now, acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let Some(name) = queries::delete(&mut *transaction, by, id, now).await? else { return Ok(None) };
    record::replan_waiting_there(&mut transaction, by, id, cadence).await?;
    transaction.commit().await?;
    Ok(Some(name))
}

/// Takes a contact out of the bin.
///
/// # Errors
/// Only the database's.
pub async fn restore(acting: &mut Acting<'_>, id: ContactId) -> sqlx::Result<Restored<Back>> {
    let (by, cadence) = (acting.by, acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let restored = queries::restore(&mut *transaction, by, id).await?;
    if matches!(restored, Restored::Yes(_)) {
        record::replan_waiting_there(&mut transaction, by, id, cadence).await?;
    }
    transaction.commit().await?;
    Ok(restored)
}
