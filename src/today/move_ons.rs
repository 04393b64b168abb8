//! Moved on from several contacts with one press, with the door open, and taken back with one.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::bulk;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::event::Kind;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::words;

/// The contacts ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MoveOnForm {
    contact: Vec<ContactId>,
}

/// `POST /review/move-ons`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<MoveOnForm>) -> Result<Done> {
    let to = Done::to("/review");
    if form.contact.is_empty() {
        return Ok(to.saying("Tick the people first."));
    }
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let count = bulk::move_on(&mut transaction, by, &form.contact, &cadence, today, now).await?;
    transaction.commit().await?;
    if count == 0 {
        return Ok(to);
    }
    let said = format!("Moved on from {}.", words::count(count as i64, "person", "people"));
    Ok(to.saying(said).undo(format!("/review/move-ons/undos?at={}", now.as_microsecond())))
}

/// The instant of the press that is taken back, in microseconds since 1970.
#[derive(Debug, Deserialize)]
pub struct Taken {
    at: i64,
}

/// `POST /review/move-ons/undos`
pub async fn undo(mut visit: Visit<Owner>, Query(taken): Query<Taken>) -> Result<Done> {
    let at = Timestamp::from_microsecond(taken.at).map_err(|_| Error::NotFound)?;
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let count = bulk::take_back(&mut transaction, by, Kind::MovedOn, at, &cadence, today, now).await?;
    transaction.commit().await?;
    let to = Done::to("/review");
    Ok(match count {
        0 => to,
        n => to.saying(format!("{} back where they were.", words::count(n as i64, "person is", "people are"))),
    })
}
