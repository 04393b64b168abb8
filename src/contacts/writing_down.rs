//! How a line comes into a contact's history by hand, and is taken back, on a page or by a program.

use sqlx::Connection;

use super::contact::NewTouchpoint;
use super::forms::touchpoint::TouchpointForm;
use super::queries::{before, reasons, templates};
use super::record::{self, Recorded};
use super::wording::next_in_words;
use crate::accounts::acting::Acting;
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::text::lower_first;

/// Writes down what the form means, with the template it was made of and the reason it used up.
///
/// # Errors
/// Only the database's.
pub async fn write_down(
    acting: &mut Acting<'_>,
    contact: ContactId,
    mut new: NewTouchpoint,
    form: &TouchpointForm,
) -> sqlx::Result<Recorded> {
    let (by, now, cadence) = (acting.by, acting.now, acting.cadence());
    new.template = templates::sent_with(&mut *acting.db, by, &new, &form.template, &form.wording).await?;
    let mut transaction = acting.db.begin().await?;
    let recorded = record::record(&mut transaction, by, contact, &new, cadence, now).await?;
    if let (Recorded::Yes(_), Ok(reason)) = (&recorded, form.reason.parse()) {
        reasons::mark_used(&mut *transaction, by, contact, reason, new.id).await?;
    }
    transaction.commit().await?;
    Ok(recorded)
}

/// Takes a line of the history back by another. Returns what was done, in words; nothing where it was taken back before.
///
/// # Errors
/// Where there is no such line, where it belongs to something else or cannot be taken back, and the database's.
pub async fn take_back(
    acting: &mut Acting<'_>,
    contact: ContactId,
    touchpoint: TouchpointId,
) -> Result<Option<String>> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let line = before::to_undo(&mut *transaction, by, contact, touchpoint).await?.ok_or(Error::NotFound)?;
    if line.elsewhere {
        return Err(Error::Invalid(
            "This belongs to a talk, a referral or an introduction. Undo it there, so that both agree.".into(),
        ));
    }
    if !line.kind.is_undoable() {
        return Err(Error::Invalid("The history starts here; it can't be undone.".into()));
    }
    if line.undone {
        return Ok(None);
    }
    let new = NewTouchpoint::undoing(touchpoint, today, now);
    let recorded = record::record(&mut transaction, by, contact, &new, cadence, now).await?;
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(standing) => {
            Ok(Some(format!("Undone: {}. {}", lower_first(line.kind.label()), next_in_words(&standing, today))))
        }
        Recorded::Again | Recorded::NothingToUndo => Ok(None),
        Recorded::NoContact => Err(Error::NotFound),
    }
}
