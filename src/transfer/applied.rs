//! Openings that were watched, and for which an archive says that the user applied.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::plan::jobs::Applied;
use super::report::Marked;
use crate::access::Owner;
use crate::ids::OpeningChangeId;
use crate::openings::imports::ON_LINKEDIN;
use crate::openings::queries::{self as openings, Change};
use crate::playbook::cadence::Cadence;
use crate::playbook::opening::Status;
use crate::referrals::opening_changes::{Moved, change, change_back};
use crate::text::Line;

/// Marks them as applied for, with what follows for whoever referred the user. Returns those that were still watched.
pub async fn mark(
    db: &mut PgConnection,
    by: Owner,
    applied: &[Applied],
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Vec<Marked>> {
    let how = Line::parse(ON_LINKEDIN).ok();
    let mut marked = Vec::new();
    for Applied { id, on, .. } in applied {
        let held = openings::lock(&mut *db, by, *id).await?;
        if held.is_none_or(|held| held.status != Status::Watching) {
            continue;
        }
        let new = Change { id: OpeningChangeId::new(), status: Status::Applied, on: *on, note: None };
        if let Moved::Yes { .. } = change(&mut *db, by, *id, &new, how.as_ref(), cadence, now).await? {
            marked.push(Marked { opening: *id, change: new.id });
        }
    }
    Ok(marked)
}

/// Takes that back where nothing else happened with the opening since. Returns of how many.
pub async fn take_back(db: &mut PgConnection, by: Owner, marked: &[Marked], cadence: &Cadence) -> sqlx::Result<i64> {
    let mut back = 0;
    for Marked { opening, change } in marked {
        back += i64::from(change_back(&mut *db, by, *opening, *change, cadence).await?.is_some());
    }
    Ok(back)
}
