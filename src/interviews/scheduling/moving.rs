//! How a talk is moved, or held otherwise, by a form of a page or by a program.

use sqlx::Connection;

use crate::accounts::acting::Acting;
use crate::accounts::reminding;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self, Recorded};
use crate::ids::InterviewId;
use crate::interviews::queries::changes::{self, Appointment, Before};
use crate::playbook::event::Kind;
use crate::playbook::talk::{Medium, Status};

/// What came of it.
pub enum Moved {
    /// It is saved.
    Yes {
        /// With whom the talk is.
        name: String,
        /// It is at another time than before.
        is_moved: bool,
    },
    /// Someone saved in between: this.
    Changed(Before),
    /// There is no such talk.
    Gone,
}

/// Saves what was agreed on for a talk, if nobody saved since `version`; one that is moved has a line in the history.
///
/// # Errors
/// Only the database's.
pub async fn move_to(acting: &mut Acting<'_>, id: InterviewId, version: i32, new: &Appointment) -> sqlx::Result<Moved> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let until = acting.zone.to_datetime(new.starts_at).date();
    let mut transaction = acting.db.begin().await?;
    let Some(before) = changes::lock(&mut *transaction, by, id).await? else { return Ok(Moved::Gone) };
    if before.version != version {
        return Ok(Moved::Changed(before));
    }
    changes::move_to(&mut *transaction, by, id, new, now).await?;
    reminding::talks_changed(&mut *transaction, by, now).await?;
    let is_moved = before.starts_at.0 != new.starts_at;
    if is_moved && before.status == Status::Scheduled {
        let touchpoint = NewTouchpoint {
            until: Some(until),
            interview: Some(id),
            ..NewTouchpoint::new(Kind::Rescheduled, today, now)
        };
        let contact = before.contact_id;
        if let Recorded::NoContact = record::record(&mut transaction, by, contact, &touchpoint, cadence, now).await? {
            return Ok(Moved::Gone);
        }
    } else if (before.way == Medium::InWriting) != (new.way == Medium::InWriting) {
        // Questions are sent at once, a talk is prepared on its eve.
        record::replan(&mut transaction, by, before.contact_id, cadence).await?;
    }
    transaction.commit().await?;
    Ok(Moved::Yes { name: before.name, is_moved })
}
