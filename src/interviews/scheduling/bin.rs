//! A talk into the bin and out of it again.

use super::binning;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::InterviewId;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /interviews/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    let name = binning::delete(&mut visit.acting(), id).await?;
    let text = format!("The talk with {name} is in the bin.");
    Ok(Done::to("/interviews").saying(text).undo(format!("/interviews/{id}/restorations")))
}

/// `POST /interviews/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    let name = binning::restore(&mut visit.acting(), id).await?;
    Ok(Done::to(format!("/interviews/{id}")).saying(format!("The talk with {name} is back.")))
}
