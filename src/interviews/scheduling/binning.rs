//! How a talk goes into the bin and comes out of it, by a button or by a program.
//!
//! Nothing is struck from the history: what the talk had added is taken back by lines of its own, and comes back as copies that
//! stand right behind what they copy.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::access::Owner;
use crate::accounts::acting::Acting;
use crate::accounts::reminding;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{InterviewId, TouchpointId};
use crate::interviews::queries::changes;
use crate::interviews::queries::changes::Before;
use crate::playbook::cadence::Cadence;

/// Puts a talk in the bin. Returns with whom it was to be, or was.
///
/// # Errors
/// Where there is no such talk, and the database's.
pub async fn delete(acting: &mut Acting<'_>, id: InterviewId) -> Result<String> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    put_away(&mut transaction, by, id, &before, cadence, today, now).await?;
    transaction.commit().await?;
    Ok(before.name)
}

/// Takes back what the talk had added to the history, and puts it in the bin; `before` holds it.
pub async fn put_away(
    db: &mut PgConnection,
    by: Owner,
    id: InterviewId,
    before: &Before,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> Result<()> {
    for line in changes::happened(&mut *db, by, id).await?.iter().rev() {
        let undo = NewTouchpoint { interview: Some(id), ..NewTouchpoint::undoing(line.id, today, now) };
        record::record(db, by, before.contact_id, &undo, cadence, now).await?;
    }
    changes::delete(db, by, id, now).await?;
    Ok(())
}

/// Takes a talk out of the bin. Returns with whom it is.
///
/// # Errors
/// Where it is not there, and the database's.
pub async fn restore(acting: &mut Acting<'_>, id: InterviewId) -> Result<String> {
    let (by, now, cadence) = (acting.by, acting.now, acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let binned = changes::lock_binned(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    for line in changes::taken_back(&mut *transaction, by, id, binned.deleted_at).await? {
        let copy = NewTouchpoint {
            id: following(line.id),
            until: line.until.map(|day| day.0),
            interview: Some(id),
            ..NewTouchpoint::new(line.kind, line.on.0, line.at.0)
        };
        record::record(&mut transaction, by, binned.contact_id, &copy, cadence, now).await?;
    }
    changes::restore(&mut transaction, by, id, binned.deleted_at).await?;
    reminding::talks_changed(&mut *transaction, by, now).await?;
    transaction.commit().await?;
    Ok(binned.name)
}

/// The id right behind another: within a day the history is read in the order of ids, and a copy belongs where the line was.
fn following(id: TouchpointId) -> TouchpointId {
    TouchpointId(Uuid::from_u128(id.0.as_u128().wrapping_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stands_behind_its_line_and_before_every_later_one() {
        let first = TouchpointId::new();
        let copy = following(first);
        let later = TouchpointId::new();
        assert!(first < copy && copy < later);
        assert_eq!(copy.0.get_version_num(), 7);
    }
}
