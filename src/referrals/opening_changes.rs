//! An opening's status changed, with what follows for whoever referred the user.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::record;
use crate::access::Owner;
use crate::ids::{OpeningChangeId, OpeningId};
use crate::openings::queries as openings;
use crate::openings::queries::Change;
use crate::playbook::cadence::Cadence;
use crate::playbook::opening::Status;
use crate::text::Line;

/// What came of a change.
pub enum Moved {
    /// There is no such opening.
    Gone,
    /// It was there already, or the same form was sent before. The opening's title.
    Not(String),
    /// It moved.
    Yes {
        /// The opening's title.
        title: String,
        /// Referrers who have news to hear.
        to_tell: usize,
    },
}

/// Changes an opening's status, and what follows from it. Run it inside a transaction.
pub async fn change(
    db: &mut PgConnection,
    by: Owner,
    id: OpeningId,
    change: &Change,
    how: Option<&Line<500>>,
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Moved> {
    let Some(held) = openings::lock(&mut *db, by, id).await? else { return Ok(Moved::Gone) };
    let (status, on) = (change.status, change.on);
    if held.status == status || !openings::insert_change(&mut *db, by, id, change, now).await? {
        return Ok(Moved::Not(held.title));
    }
    openings::set_status(&mut *db, by, id, status, on).await?;
    if status == Status::Applied {
        openings::set_applied(&mut *db, by, id, on, how.map(Line::as_str)).await?;
    }
    let to_tell = record::opening_changed(db, by, id, status, false, on, cadence).await?;
    Ok(Moved::Yes { title: held.title, to_tell })
}

/// Takes the latest change of an opening back, and what followed from it; returns title and status, nothing if another change is
/// the latest. Run it inside a transaction.
pub async fn change_back(
    db: &mut PgConnection,
    by: Owner,
    id: OpeningId,
    change: OpeningChangeId,
    cadence: &Cadence,
) -> sqlx::Result<Option<(String, Status)>> {
    let Some(held) = openings::lock(&mut *db, by, id).await? else { return Ok(None) };
    let Some(taken_back) = openings::take_back_change(&mut *db, by, id, change).await? else { return Ok(None) };
    let (status, since) =
        openings::latest_change(&mut *db, by, id).await?.unwrap_or((Status::Watching, held.seen_on.0));
    openings::set_status(&mut *db, by, id, status, since).await?;
    if taken_back == Status::Applied {
        openings::unset_applied(&mut *db, by, id).await?;
    }
    // A line that only says what was done changed no status.
    if status != taken_back {
        record::opening_changed(db, by, id, status, true, since, cadence).await?;
    }
    Ok(Some((held.title, status)))
}
