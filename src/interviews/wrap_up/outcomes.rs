//! That a talk is prepared, and taken back.

use super::outcome::told;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::queries::{changes, talks};
use crate::playbook::event::Kind;
use crate::playbook::talk::Status;
use crate::web::flash::Done;
use crate::web::path::Id;

/// `POST /interviews/{id}/preparations`
pub async fn prepare(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let talk = talks::find(&mut *transaction, by, id, false).await?.ok_or(Error::NotFound)?;
    let done = Done::to(format!("/interviews/{id}"));
    if talk.status != Status::Scheduled {
        return Ok(done.saying("This talk is over: there is nothing left to prepare."));
    }
    if !talk.prepared {
        let touchpoint = NewTouchpoint { interview: Some(id), ..NewTouchpoint::new(Kind::Prepared, today, now) };
        told(record::record(&mut transaction, by, talk.contact_id, &touchpoint, &cadence, now).await?)?;
        transaction.commit().await?;
    }
    Ok(done.saying("You are prepared.").undo(format!("/interviews/{id}/preparations/undos")))
}

/// `POST /interviews/{id}/preparations/undos`
pub async fn undo_preparation(mut visit: Visit<Owner>, Id(id): Id<InterviewId>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let happened = changes::happened(&mut *transaction, by, id).await?;
    if let Some(line) = happened.iter().rev().find(|line| line.kind == Kind::Prepared) {
        let undo = NewTouchpoint { interview: Some(id), ..NewTouchpoint::undoing(line.id, today, now) };
        record::record(&mut transaction, by, before.contact_id, &undo, &cadence, now).await?;
        transaction.commit().await?;
    }
    Ok(Done::to(format!("/interviews/{id}/prepare")).saying("Undone: not prepared yet."))
}
