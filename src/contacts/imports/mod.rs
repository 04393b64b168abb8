//! What an import does to contacts that are known already, and how it is taken back.
//!
//! New people go through `contacts::record::add`; which row of a file is whom is decided by `transfer::plan`.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::contact::NewTouchpoint;
use super::record::{Recorded, record};
use crate::access::Owner;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::ids::{ContactId, ImportId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::text::Line;

pub mod queries;

/// What a file knows anew about one contact; what is `None` stays as it is.
#[derive(Debug, Default)]
pub struct News {
    /// Where they work now.
    pub employer: Option<CompanyName>,
    /// As what.
    pub job_title: Option<Line<200>>,
    /// The address they show.
    pub email: Option<EmailAddress>,
    /// Their profile, where none was known.
    pub profile: Option<ProfileAddress>,
    /// Since when the two are connected, where it was not known.
    pub connected_on: Option<Date>,
}

/// The news of one contact, to be written.
#[derive(Debug)]
pub struct Change {
    /// Whose.
    pub contact: ContactId,
    /// What is new.
    pub news: News,
    /// The day on which they accepted the user's request, if the file is the first to say so.
    pub accepted_on: Option<Date>,
}

/// Writes what a file knows anew, notes what it was before, and adds acceptances to the histories. Run it inside a transaction.
/// Returns how many contacts were changed.
pub async fn apply(
    db: &mut PgConnection,
    by: Owner,
    import: ImportId,
    changes: &[Change],
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let mut acceptances: Vec<Option<TouchpointId>> = Vec::with_capacity(changes.len());
    for change in changes {
        acceptances.push(match change.accepted_on {
            Some(on) => accept(db, by, change.contact, on, cadence, now).await?,
            None => None,
        });
    }
    queries::update(db, by, import, changes, &acceptances).await
}

async fn accept(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    on: Date,
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Option<TouchpointId>> {
    let touchpoint = NewTouchpoint::new(Kind::Accepted, on, now);
    let recorded = record(db, by, contact, &touchpoint, cadence, now).await?;
    Ok(matches!(recorded, Recorded::Yes(_)).then_some(touchpoint.id))
}

/// Takes back what an import did to contacts that were known: those that still have what it wrote have their former values.
/// Returns how many. Run it inside a transaction.
pub async fn take_back_changes(
    db: &mut PgConnection,
    by: Owner,
    import: ImportId,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<i64> {
    for (contact, acceptance) in queries::acceptances(&mut *db, by, import).await? {
        record(db, by, contact, &NewTouchpoint::undoing(acceptance, today, now), cadence, now).await?;
    }
    queries::restore(db, by, import).await
}
