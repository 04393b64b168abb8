//! Asking a second person at the company of someone who has not answered: noted with the one, picked with the other.

use serde::Deserialize;
use sqlx::Connection;

use super::contact::NewTouchpoint;
use super::queries::suggestions::pair;
use super::record::{Recorded, record};
use super::selections::undo_path;
use super::touchpoints::touchpoint_id;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::event::Kind;
use crate::playbook::step::Step;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// Who is asked second.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SecondPersonForm {
    /// The touchpoint of the first person to be: sent twice, the form adds it once.
    id: String,
    /// The touchpoint of the second person to be.
    picked: String,
    second: String,
}

/// `POST /contacts/{id}/second-people`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(first): Id<ContactId>,
    Form(form): Form<SecondPersonForm>,
) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let second: ContactId =
        form.second.parse().map_err(|_| Error::Invalid("This form names no one. Load the page again.".into()))?;
    let cadence = visit.person.preferences.cadence.clone();
    let asked =
        NewTouchpoint { id: touchpoint_id(&form.id)?, ..NewTouchpoint::new(Kind::SecondPersonAsked, today, now) };
    let picked = NewTouchpoint { id: touchpoint_id(&form.picked)?, ..NewTouchpoint::new(Kind::Picked, today, now) };
    let to = format!("/contacts/{second}");

    let mut transaction = visit.db().begin().await?;
    let pair = pair(&mut *transaction, by, first, second, asked.id, today).await?.ok_or(Error::NotFound)?;
    if pair.again {
        return Ok(Done::to(to));
    }
    if !pair.same_company || first == second {
        return Err(Error::Invalid("A second person has to work at the same company.".into()));
    }
    if pair.step != Some(Step::AskSecondPerson) {
        return Err(Error::Invalid("There is no request here that waits for an answer.".into()));
    }
    let recorded = record(&mut transaction, by, first, &asked, &cadence, now).await?;
    if pair.can_be_picked {
        record(&mut transaction, by, second, &picked, &cadence, now).await?;
    }
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(_) => Ok(Done::to(to)
            .saying(format!("{} is next there. It's in the history of {}, too.", pair.second, pair.first))
            .undo(undo_path(now, &format!("/contacts/{first}")))),
        Recorded::Again => Ok(Done::to(to)),
        Recorded::NoContact | Recorded::NothingToUndo => Err(Error::NotFound),
    }
}
