//! How a contact is added, by a form of a page or by a program.

use sqlx::Connection;

use super::contact::{NewContact, NewTouchpoint, Start};
use super::employer::company_named;
use super::form::{ContactForm, NOBODY};
use super::queries::edit::{self as queries, ContactDetails, Named};
use super::queries::{captures, forgotten};
use super::record;
use crate::accounts::acting::Acting;
use crate::ids::ContactId;
use crate::playbook::event::Kind;
use crate::web::form::Errors;

/// What came of adding a contact.
pub enum Added {
    /// They are on the list.
    Yes,
    /// They were added by the same form before.
    Before,
    /// What is wrong, and whose profile it is already.
    No(Errors, Option<Named>),
    /// The user asked to forget them.
    Forgotten,
}

/// Adds a contact that was not forgotten, or comes back by the user's word.
///
/// # Errors
/// Only the database's.
pub async fn add(
    acting: &mut Acting<'_>,
    id: ContactId,
    filled: &ContactDetails,
    form: &ContactForm,
) -> sqlx::Result<Added> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let no = |field, problem: String, taken| Ok(Added::No(Errors::of(field, problem), taken));
    if queries::is_taken(&mut *acting.db, by, id).await? {
        return Ok(Added::Before);
    }
    if let Some(introducer) = filled.introduced_by
        && queries::name_of(&mut *acting.db, by, introducer).await?.is_none()
    {
        return no("introduced_by", NOBODY.into(), None);
    }
    let mut transaction = acting.db.begin().await?;
    let (company_id, employer) = match &filled.company {
        Some(name) => {
            let (company, name) = company_named(&mut transaction, by, name, now).await?;
            (company, Some(name))
        }
        None => (None, None),
    };
    let contact = NewContact {
        company_id,
        employer,
        job_title: filled.job_title.clone(),
        profile: filled.profile.clone(),
        email: filled.email.clone(),
        closeness: filled.closeness,
        warmth: filled.warmth,
        why: filled.why.clone(),
        introduced_by: filled.introduced_by,
        phone: filled.phone.clone(),
        notes: filled.notes.clone(),
        start: if form.connected.is_empty() { Start::Found } else { Start::AlreadyConnected },
        ..NewContact::named(id, filled.name.clone(), today)
    };
    let marks = forgotten::left_by(&mut *transaction, by, &contact).await?;
    if !marks.is_empty() && form.anyway.is_empty() {
        transaction.rollback().await?;
        return Ok(Added::Forgotten);
    }
    forgotten::lift(&mut *transaction, by, &marks).await?;
    if record::add(&mut transaction, by, &[contact], cadence, now).await?.is_empty() {
        // The company that was made for it goes with the transaction.
        transaction.rollback().await?;
        let holder = match &filled.profile {
            Some(profile) => queries::holder(&mut *acting.db, by, profile.key()).await?,
            None => None,
        };
        return match holder {
            Some(holder) if holder.id != id => {
                no("profile", format!("This is the profile of {}, who is in your contacts", holder.name), Some(holder))
            }
            _ => Ok(Added::Before),
        };
    }
    if !form.pick.is_empty() {
        let picked = NewTouchpoint::new(Kind::Picked, today, now);
        record::record(&mut transaction, by, id, &picked, cadence, now).await?;
    }
    if let Ok(capture) = form.capture.parse() {
        captures::finish(&mut *transaction, by, capture, now).await?;
    }
    transaction.commit().await?;
    Ok(Added::Yes)
}
