//! What is done to several contacts at once, from the list.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::bin::join_path;
use super::contact::NewTouchpoint;
use super::list::Contacts;
use super::queries::several::{self as queries, AllBack};
use super::queries::suggestions;
use super::record::{record, replan_beside};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::database::large::take_time;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::list::{List, ListQuery};
use crate::web::words;

/// People that are picked for one week at most: a page of the list.
const MOST_PICKED: usize = 50;

/// The contacts ticked or, where that is ticked, all of a list; and where to return to.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct SelectionForm {
    /// The ticked ones.
    pub id: Vec<ContactId>,
    /// Everyone the list shows, ticked or not.
    #[serde(deserialize_with = "ticked")]
    pub all: bool,
    /// What the list's address says, but for the page.
    pub list: String,
    /// Where to return to.
    pub back: String,
}

/// What a box says that was ticked, or not sent at all.
pub(super) fn ticked<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<bool, D::Error> {
    Ok(String::deserialize(from)? == "true")
}

impl SelectionForm {
    /// Where to return to.
    pub fn back(&self) -> String {
        own_path_or(&self.back, Contacts::PATH)
    }

    /// What to answer where nobody is chosen.
    pub fn nobody(&self) -> Option<Done> {
        let is_nobody = self.id.is_empty() && !self.all;
        is_nobody.then(|| Done::to(self.back()).saying("Tick the people first."))
    }

    /// Who is chosen.
    ///
    /// # Errors
    /// A list that cannot be read, and those of the database.
    pub async fn contacts(&self, db: &mut PgConnection, by: impl Into<Viewer>, today: Date) -> Result<Vec<ContactId>> {
        if !self.all {
            return Ok(self.id.clone());
        }
        let query: ListQuery<Contacts> = serde_html_form::from_str(&self.list)
            .map_err(|_| Error::Invalid("This list can't be read. Load it again, and choose once more.".into()))?;
        Ok(queries::matching(db, by, &query.wanted(), query.also.narrowed(), today).await?)
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
    let chosen = form.contacts(&mut transaction, by, today).await?;
    let picked = queries::to_pick(&mut *transaction, by, &chosen, today).await?;
    if picked.len() > MOST_PICKED {
        let n = picked.len();
        return Ok(
            Done::to(form.back()).saying(format!("{n} people are more than a week holds. Tick up to {MOST_PICKED}."))
        );
    }
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
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    take_time(&mut *transaction).await?;
    let chosen = form.contacts(&mut transaction, by, today).await?;
    let gone = queries::delete_all(&mut *transaction, by, &chosen, now).await?;
    replan_beside(&mut transaction, by, &gone, &cadence).await?;
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
    take_time(&mut *transaction).await?;
    let AllBack { back, of_undone_imports, added_again } = queries::restore_all(&mut *transaction, by, at).await?;
    replan_beside(&mut transaction, by, &back, &cadence).await?;
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
