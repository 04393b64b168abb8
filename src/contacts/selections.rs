//! What is done to several contacts at once, from the list.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Connection;

use super::bin::join_path;
use super::contact::NewTouchpoint;
use super::queries::several::{self as queries, AllBack};
use super::queries::suggestions;
use super::record::{record, replan_waiting_there};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::words;

/// The contacts ticked, and where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SelectionForm {
    id: Vec<ContactId>,
    back: String,
}

impl SelectionForm {
    fn back(&self) -> String {
        own_path_or(&self.back, "/contacts")
    }

    fn nobody(&self) -> Option<Done> {
        self.id.is_empty().then(|| Done::to(self.back()).saying("Tick the people first."))
    }
}

/// `POST /contacts/picks`: picked for this week, due on this business day.
pub async fn pick(mut visit: Visit<Owner>, Form(form): Form<SelectionForm>) -> Result<Done> {
    if let Some(done) = form.nobody() {
        return Ok(done);
    }
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let picked = queries::to_pick(&mut *transaction, by, &form.id, today).await?;
    for contact in &picked {
        record(&mut transaction, by, *contact, &NewTouchpoint::new(Kind::Picked, today, now), &cadence, now).await?;
    }
    transaction.commit().await?;
    Ok(match picked.len() as i64 {
        0 => Done::to(form.back()).saying("No one to pick: their next steps have their days already."),
        n => Done::to(form.back())
            .saying(format!("{} picked for this week.", words::count(n, "person", "people")))
            .undo(undo_path(now, &form.back())),
    })
}

/// Where what was picked at that moment is taken back.
pub(super) fn undo_path(at: Timestamp, back: &str) -> String {
    with_query("/contacts/picks/undos", &[("at", &at.as_microsecond().to_string()), ("back", back)])
}

/// The moment of picking, in microseconds since 1970, and where to return to.
#[derive(Debug, Deserialize)]
pub struct Picking {
    at: i64,
    #[serde(default)]
    back: String,
}

/// `POST /contacts/picks/undos`: takes back everyone picked at that moment.
pub async fn undo_picks(mut visit: Visit<Owner>, Query(picking): Query<Picking>) -> Result<Done> {
    let at = Timestamp::from_microsecond(picking.at).map_err(|_| Error::NotFound)?;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let picked = suggestions::picked_at(&mut *transaction, by, at).await?;
    for (contact, touchpoint) in &picked {
        let undoing = NewTouchpoint::undoing(*touchpoint, today, now);
        record(&mut transaction, by, *contact, &undoing, &cadence, now).await?;
    }
    transaction.commit().await?;
    let done = Done::to(own_path_or(&picking.back, "/contacts"));
    Ok(if picked.is_empty() { done } else { done.saying("Undone.") })
}

/// `POST /contacts/deletions`
pub async fn delete(mut visit: Visit<Owner>, Form(form): Form<SelectionForm>) -> Result<Done> {
    if let Some(done) = form.nobody() {
        return Ok(done);
    }
    let (by, now, cadence) = (visit.by, visit.now, visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let gone = queries::delete_all(&mut *transaction, by, &form.id, now).await?;
    for contact in &gone {
        replan_waiting_there(&mut transaction, by, *contact, &cadence).await?;
    }
    transaction.commit().await?;
    Ok(match gone.len() as i64 {
        0 => Done::to(form.back()),
        n => Done::to(form.back())
            .saying(format!("{} in the bin.", words::count(n, "contact is", "contacts are")))
            .undo(format!("/contacts/restorations?at={}", now.as_microsecond())),
    })
}

/// The moment at which the contacts went into the bin, in microseconds since 1970.
#[derive(Debug, Deserialize)]
pub struct Moment {
    at: i64,
}

/// `POST /contacts/restorations`
pub async fn restore(mut visit: Visit<Owner>, Query(moment): Query<Moment>) -> Result<Done> {
    let at = Timestamp::from_microsecond(moment.at).map_err(|_| Error::NotFound)?;
    let (by, cadence) = (visit.by, visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let AllBack { back, of_undone_imports, added_again } = queries::restore_all(&mut *transaction, by, at).await?;
    for contact in &back {
        replan_waiting_there(&mut transaction, by, *contact, &cadence).await?;
    }
    transaction.commit().await?;
    let mut said = Vec::new();
    if !back.is_empty() {
        said.push(format!("{} back.", words::count(back.len() as i64, "contact is", "contacts are")));
    }
    if of_undone_imports > 0 {
        said.push(format!("{of_undone_imports} of them came with an import that you took back since."));
    }
    let to = match added_again[..] {
        [] if back.is_empty() => return Err(Error::NotFound),
        [] => "/contacts".into(),
        [only] => join_path(only),
        _ => {
            let n = added_again.len();
            said.push(format!("{n} people were added again meanwhile: bring each of them back, to join the two."));
            "/bin".into()
        }
    };
    let done = Done::to(to);
    Ok(if said.is_empty() { done } else { done.saying(said.join(" ")) })
}
