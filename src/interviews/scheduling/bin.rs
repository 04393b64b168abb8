//! A talk into the bin and out of it again.
//!
//! Nothing is struck from the history: what the talk had added is taken back by lines of its own, and comes back as copies that
//! stand right behind what they copy.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{InterviewId, TouchpointId};
use crate::interviews::queries::changes;
use crate::interviews::queries::changes::Before;
use crate::playbook::cadence::Cadence;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /interviews/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    put_away(&mut transaction, by, id, &before, &cadence, today, now).await?;
    transaction.commit().await?;
    let text = format!("The talk with {} is in the bin.", before.name);
    Ok(Done::to("/interviews").saying(text).undo(format!("/interviews/{id}/restorations")))
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

/// `POST /interviews/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now) = (visit.by, visit.now);
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let binned = changes::lock_binned(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    for line in changes::taken_back(&mut *transaction, by, id, binned.deleted_at).await? {
        let copy = NewTouchpoint {
            id: following(line.id),
            until: line.until.map(|day| day.0),
            interview: Some(id),
            ..NewTouchpoint::new(line.kind, line.on.0, line.at.0)
        };
        record::record(&mut transaction, by, binned.contact_id, &copy, &cadence, now).await?;
    }
    changes::restore(&mut transaction, by, id, binned.deleted_at).await?;
    transaction.commit().await?;
    Ok(Done::to(format!("/interviews/{id}")).saying(format!("The talk with {} is back.", binned.name)))
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
