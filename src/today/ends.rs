//! The end of a day: the rest is put away until tomorrow, and keeps its dates.

use crate::access::Owner;
use crate::accounts::queries::days;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::web::flash::Done;

/// `POST /today/ends`
pub async fn create(mut visit: Visit<Owner>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    days::set_done_for_today(visit.db(), by, Some(today)).await?;
    Ok(Done::to("/").saying("Done for today. The rest waits until tomorrow.").undo("/today/ends/undos"))
}

/// `POST /today/ends/undos`
pub async fn undo(mut visit: Visit<Owner>) -> Result<Done> {
    let by = visit.by;
    days::set_done_for_today(visit.db(), by, None).await?;
    Ok(Done::to("/"))
}
